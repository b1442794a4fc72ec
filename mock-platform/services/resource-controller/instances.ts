/**
 * Service instances as the other services see them: found by GUID or CRN, required to be of a service and in use.
 * (ibm-control-plane.md 6.4.1, 6.4.2)
 */
import type { Session } from '../../kernel/operation';
import { collection, type Stored } from '../../kernel/store/store';

export {
  defaultResourceGroup,
  findResourceGroup,
  type ResourceGroupDocument,
} from '../resource-manager/model';

export type InstanceState = 'active' | 'pending_reclamation' | 'removed';

export interface InstanceOperation {
  readonly type: 'create' | 'update' | 'lock' | 'unlock' | 'reclamation';
  readonly description: string;
  /** RFC 3339. */
  readonly at: string;
}

export interface PlanPeriod {
  readonly planId: string;
  /** RFC 3339. */
  readonly startDate: string;
  /** IAM id. */
  readonly requestedBy: string;
}

export interface InstanceDocument {
  readonly guid: string;
  readonly crn: string;
  readonly name: string;
  /** Catalog name of the service: `kms`, `hs-crypto`, `secrets-manager`, `cloud-object-storage`. */
  readonly service: string;
  /** Catalog id of the service. */
  readonly serviceId: string;
  readonly planId: string;
  /** Catalog CRN of the deployment that it was made from. */
  readonly targetCrn: string;
  /** Region, or `global`. */
  readonly location: string;
  readonly resourceGroupId: string;
  readonly account: string;
  readonly state: InstanceState;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly allowCleanup: boolean;
  readonly locked: boolean;
  readonly planHistory: readonly PlanPeriod[];
  readonly lastOperation: InstanceOperation;
  /** Times are RFC 3339, persons are IAM ids. */
  readonly createdAt: string;
  readonly createdBy: string;
  readonly updatedAt: string;
  readonly updatedBy: string;
  readonly deletedAt?: string;
  readonly deletedBy?: string;
  readonly scheduledReclaimAt?: string;
  readonly scheduledReclaimBy?: string;
  readonly restoredAt?: string;
  readonly restoredBy?: string;
}

/** Scope: the account; name: the instance's name, which need not be unique. */
export const instances = collection<InstanceDocument>('resource-instance');

export type InstanceGoneReason = 'unknown' | 'other-service' | 'pending-reclamation' | 'removed';

/** The instance that a request names cannot be used; the service that was asked says so in its own dialect. */
export class InstanceGone extends Error {
  override readonly name = 'InstanceGone';
  constructor(
    readonly guid: string,
    readonly reason: InstanceGoneReason,
    /** The instance, unless it is unknown. */
    readonly instance?: InstanceDocument,
  ) {
    super(`service instance ${guid}: ${reason}`);
  }
}

/** In whatever state; `undefined` when there never was one. A CRN is known only when all of it agrees. */
export async function findInstance(
  session: Session,
  guidOrCrn: string,
): Promise<Stored<InstanceDocument> | undefined> {
  if (!guidOrCrn.startsWith('crn:')) return session.tx.get(instances, guidOrCrn);
  const guid = guidOrCrn.split(':')[7] ?? '';
  const found = await session.tx.get(instances, guid);
  return found?.doc.crn === guidOrCrn ? found : undefined;
}

function unusable(instance: InstanceDocument, services: readonly string[]): InstanceGoneReason | undefined {
  if (!services.includes(instance.service)) return 'other-service';
  const byState = {
    active: undefined,
    pending_reclamation: 'pending-reclamation',
    removed: 'removed',
  } as const satisfies Record<InstanceState, InstanceGoneReason | undefined>;
  return byState[instance.state];
}

/** The active instance of one of these services. Throws {@link InstanceGone} for any other. */
export async function requireInstance(
  session: Session,
  guid: string,
  services: readonly string[],
): Promise<Stored<InstanceDocument>> {
  const found = await findInstance(session, guid);
  if (found === undefined) throw new InstanceGone(guid, 'unknown');
  const reason = unusable(found.doc, services);
  if (reason !== undefined) throw new InstanceGone(guid, reason, found.doc);
  return found;
}
