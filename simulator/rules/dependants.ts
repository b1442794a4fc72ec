/** Every kind of resource that depends on a root key, with what its rule makes of one node. */
import type { DependentKind } from '../../domain/effects';
import type { NodeKind, WorldNode } from '../../domain/world';
import type { KeyUse } from './authorized';
import type { DependantRule } from './dependant';
import type { IndexedWorld, NodeOf } from './indexed-world';
import { secretRule } from './secret';
import { secretsManagerInstanceRule } from './secrets-manager-instance';
import { volumeRule } from './volume';

export interface Dependant {
  readonly node: WorldNode;
  readonly row: DependentKind;
  /** Undefined when the provider manages the key, or nobody knows who does. */
  readonly use: KeyUse | undefined;
  /** Its key is gone for good, and no node is left of it. */
  readonly keyPurged: boolean;
  /** Node id of the service instance whose deletion takes it along. */
  readonly instance: string | undefined;
  readonly consumers: readonly string[];
}

/** The node as something that depends on a key; undefined for kinds that do not and for what has nothing to lose. */
export function dependantOf(node: WorldNode, indexed: IndexedWorld): Dependant | undefined {
  switch (node.kind) {
    case 'volume':
      return apply(volumeRule, node, indexed);
    case 'secrets-manager-instance':
      return apply(secretsManagerInstanceRule, node, indexed);
    case 'secret':
      return node.destroyed ? undefined : apply(secretRule, node, indexed);
    case 'authorization':
    case 'kms-instance':
    case 'root-key':
    case 'secret-lock':
      return undefined;
  }
}

function apply<Kind extends NodeKind>(
  rule: DependantRule<Kind>,
  node: NodeOf<Kind>,
  indexed: IndexedWorld,
): Dependant {
  const registered = rule.registered(node, indexed);
  const key = registered === undefined ? undefined : indexed.behind(registered, 'protects', 'root-key');
  const instance = rule.instance(node, indexed);
  return {
    node,
    row: rule.row(node),
    use: key && { consumer: rule.consumer, instance, key },
    keyPurged: key === undefined && isKeyPurged(registered, indexed),
    instance,
    consumers: rule.consumers(node, indexed),
  };
}

function isKeyPurged(registered: string | undefined, indexed: IndexedWorld): boolean {
  const node = registered === undefined ? undefined : indexed.node(registered);
  return node !== undefined && 'keyPurged' in node && node.keyPurged === true;
}
