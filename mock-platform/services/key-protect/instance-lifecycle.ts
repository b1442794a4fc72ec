/** What happens to keys when their instance is deleted for good, and when it cannot be deleted. */
import type { Session } from '../../kernel/operation';
import type { InstanceDocument } from '../resource-controller/instances';
import type { InstanceLifecycle } from '../resource-controller/lifecycle';
import { instanceHoldsKeys } from './errors';
import { keysOf, purge, stateAt } from './keys';
import { aliases, importTokens, instancePolicies, keyServiceNames, rings } from './model';

export const keyInstanceLifecycle: InstanceLifecycle = {
  services: keyServiceNames,

  /** Every key has to be deleted first, dead ones may remain (ibm-control-plane.md 6.1.5, FAQs row). */
  async beforeDelete(session: Session, instance: InstanceDocument): Promise<void> {
    const keys = await keysOf(session, instance.guid);
    const living = keys.filter(({ doc }) => stateAt(doc, session.now) !== 'destroyed');
    if (living.length > 0) throw instanceHoldsKeys(living.length);
  },

  /** All material goes with the instance. */
  async afterReclaim(session: Session, { guid }: InstanceDocument): Promise<void> {
    for (const key of await keysOf(session, guid)) await purge(session, key);
    for (const kind of [rings, instancePolicies, importTokens, aliases]) {
      for (const stored of await session.tx.list<object>(kind, { scope: guid }))
        await session.tx.remove(stored);
    }
  },
};
