/**
 * The end of instances: deletion opens a reclamation of seven days; until it ends, by request or by the clock, the
 * instance can be restored with all that is in it. (behaviour.md B5, B6)
 */
import { formatInstant, parseInstant } from '../../../domain/time';
import type { Session } from '../../kernel/operation';
import { recordByService } from '../../kernel/service-events';
import type { Settler } from '../../kernel/settling';
import type { Stored } from '../../kernel/store/store';
import { removeAuthorizationsOf } from '../iam/policies';
import { policyCrn } from '../iam/present';
import { detachAll, tagTypes } from '../search-tags/model';
import { type InstanceDocument, instances } from './instances';
import { type InstanceLifecycle, lifecycleOf } from './lifecycle';
import { type ReclamationDocument, reclamationPeriod, reclamations } from './model';
import { asBroker, operationNow, type StoredInstance } from './provisioning';

const resourceController = { name: 'resource-controller', title: 'Resource Controller' };
const iam = { name: 'iam-access-management', title: 'IAM Access Management' };

/** Deletes the instance, which can be restored until its reclamation is due. */
export async function scheduleReclamation(session: Session, stored: StoredInstance): Promise<StoredInstance> {
  const { guid, crn, resourceGroupId, account, name } = stored.doc;
  const now = formatInstant(session.now);
  const { iamId } = session.identity;
  const doc: ReclamationDocument = {
    id: session.context.ids.hex(32),
    instanceGuid: guid,
    instanceCrn: crn,
    resourceGroupId,
    account,
    targetTime: formatInstant(session.now + reclamationPeriod),
    createdAt: now,
    createdBy: iamId,
  };
  await session.tx.insert(reclamations, { id: doc.id, scope: account, name: guid, doc });
  return session.tx.update(stored, {
    name,
    doc: {
      ...stored.doc,
      state: 'pending_reclamation',
      scheduledReclaimAt: now,
      scheduledReclaimBy: iamId,
      updatedAt: now,
      updatedBy: iamId,
      lastOperation: operationNow(session, 'reclamation'),
    },
  });
}

async function instanceOf(session: Session, { doc }: Stored<ReclamationDocument>): Promise<StoredInstance> {
  const found = await session.tx.get(instances, doc.instanceGuid);
  if (found === undefined) throw new Error(`reclamation ${doc.id} has no instance`);
  return found;
}

/** The service first lets go of what it holds elsewhere, using its authorization; only then does that one go too. */
async function forget(
  session: Session,
  removed: InstanceDocument,
  lifecycles: readonly InstanceLifecycle[],
): Promise<void> {
  await asBroker(lifecycleOf(lifecycles, removed).afterReclaim?.(session, removed));
  for (const id of await removeAuthorizationsOf(session, removed.guid)) {
    await recordByService(session, iam, session.now, {
      action: 'iam-am.policy.delete',
      target: policyCrn({ account: removed.account, id }),
      after: { state: 'deleted', because: `${removed.crn} was removed` },
    });
  }
  for (const type of tagTypes) await detachAll(session, type, removed.crn);
}

/** Removes the instance for good, as of `session.now`. Answers it as it is left. */
export async function reclaim(
  session: Session,
  reclamation: Stored<ReclamationDocument>,
  lifecycles: readonly InstanceLifecycle[],
): Promise<InstanceDocument> {
  const stored = await instanceOf(session, reclamation);
  const now = formatInstant(session.now);
  const { iamId } = session.identity;
  const doc: InstanceDocument = {
    ...stored.doc,
    state: 'removed',
    deletedAt: now,
    deletedBy: iamId,
    updatedAt: now,
    updatedBy: iamId,
    lastOperation: operationNow(session, 'reclamation'),
  };
  await session.tx.update(stored, { doc });
  await session.tx.remove(reclamation);
  await forget(session, doc, lifecycles);
  return doc;
}

/** Brings the instance back; its secrets, keys and authorizations were kept and work again. */
export async function restore(
  session: Session,
  reclamation: Stored<ReclamationDocument>,
  lifecycles: readonly InstanceLifecycle[],
): Promise<InstanceDocument> {
  const stored = await instanceOf(session, reclamation);
  const now = formatInstant(session.now);
  const { iamId } = session.identity;
  const { scheduledReclaimAt: _at, scheduledReclaimBy: _by, ...kept } = stored.doc;
  const doc: InstanceDocument = {
    ...kept,
    state: 'active',
    restoredAt: now,
    restoredBy: iamId,
    updatedAt: now,
    updatedBy: iamId,
    lastOperation: operationNow(session, 'reclamation'),
  };
  await session.tx.update(stored, { doc });
  await session.tx.remove(reclamation);
  await asBroker(lifecycleOf(lifecycles, doc).afterRestore?.(session, doc));
  return doc;
}

/** Removes the instances whose seven days are over, each as of the moment that they were. */
export function settleReclamations(lifecycles: readonly InstanceLifecycle[]): Settler {
  return async (session) => {
    const pending = await session.tx.list(reclamations, { scope: session.options.account });
    for (const reclamation of pending) {
      const due = parseInstant(reclamation.doc.targetTime);
      if (due > session.now) continue;
      const removed = await reclaim(asOf(session, due, reclamation.doc), reclamation, lifecycles);
      await recordByService(session, resourceController, due, {
        action: 'resource-controller.instance.reclaim',
        target: removed.crn,
        before: { state: 'pending_reclamation' },
        after: { state: removed.state },
      });
    }
  };
}

/** The same transaction at an earlier moment; it acts for whoever deleted the instance. */
function asOf(session: Session, now: number, { createdBy }: ReclamationDocument): Session {
  return { ...session, now, identity: { ...session.identity, iamId: createdBy } };
}
