/** What a service has to say when an instance of it is made, changed, deleted, reclaimed or restored. */
import type { Session } from '../../kernel/operation';
import type { InstanceDocument } from './instances';

/** An instance that is about to be made: its document as it would be stored. */
export type InstanceDraft = InstanceDocument;

export interface InstanceLifecycle {
  /** Catalog names of the services that it speaks for. */
  readonly services: readonly string[];
  /** Throws a ServiceError to refuse the creation; nothing is stored then. */
  validateCreate?(session: Session, draft: InstanceDraft): Promise<void>;
  afterCreate?(session: Session, instance: InstanceDocument): Promise<void>;
  /** Throws a ServiceError to refuse the change: of a parameter that is settled at creation, for one. */
  validateUpdate?(session: Session, before: InstanceDocument, after: InstanceDraft): Promise<void>;
  afterUpdate?(session: Session, before: InstanceDocument, after: InstanceDocument): Promise<void>;
  /** Throws a ServiceError to refuse the deletion: keys that are still alive, for one. */
  beforeDelete?(session: Session, instance: InstanceDocument): Promise<void>;
  /** The instance is gone for good, by request or because its reclamation fell due; `session.now` is that moment. */
  afterReclaim?(session: Session, instance: InstanceDocument): Promise<void>;
  afterRestore?(session: Session, instance: InstanceDocument): Promise<void>;
}

/** The lifecycle of the instance's service; services without one have nothing to say. */
export function lifecycleOf(
  lifecycles: readonly InstanceLifecycle[],
  { service }: Pick<InstanceDocument, 'service'>,
): InstanceLifecycle {
  return lifecycles.find(({ services }) => services.includes(service)) ?? { services: [] };
}
