/** What a kind of resource says about itself when its root key is in question. One file per kind implements this. */
import type { DependentKind } from '../../domain/effects';
import type { KeyConsumer } from '../../domain/iam/consumers';
import type { NodeKind } from '../../domain/world';
import type { IndexedWorld, NodeOf } from './indexed-world';

export interface DependantRule<Kind extends NodeKind> {
  readonly kind: Kind;
  /** Its row in the effects tables. */
  row(node: NodeOf<Kind>): DependentKind;
  /** Who is registered on the key and asks the key management service for it. */
  readonly consumer: KeyConsumer;
  /** The node that is registered: the node itself, or what holds it. */
  registered(node: NodeOf<Kind>, indexed: IndexedWorld): string | undefined;
  /** The service instance that asks, when the service has instances. */
  instance(node: NodeOf<Kind>, indexed: IndexedWorld): string | undefined;
  /** Who is known to use it. */
  consumers(node: NodeOf<Kind>, indexed: IndexedWorld): readonly string[];
}
