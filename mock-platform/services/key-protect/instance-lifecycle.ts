/** What Key Protect has to say when an instance of it is made, deleted, or gone for good. */
import type { Session } from '../../kernel/operation';
import type { InstanceDocument } from '../resource-controller/instances';
import type { InstanceLifecycle } from '../resource-controller/lifecycle';
import { instanceHoldsKeys, invalidField } from './errors';
import { toKeyInstance } from './instance';
import { setInstancePolicy } from './instance-policy-change';
import { keysOf, purge, stateAt } from './keys';
import { aliases, importTokens, instancePolicies, keyServiceNames, rings } from './model';

const networks = ['public-and-private', 'private-only'] as const;

function isNetwork(value: unknown): value is (typeof networks)[number] {
  return (networks as readonly unknown[]).includes(value);
}

const networkOf = ({ parameters }: InstanceDocument): unknown => parameters['allowed_network'];

function checkNetwork(instance: InstanceDocument): void {
  const network = networkOf(instance);
  if (network !== undefined && !isNetwork(network)) {
    throw invalidField('allowed_network', `must be one of ${networks.join(', ')}`);
  }
}

/** The parameter `allowed_network` is the policy of that name (ibm-control-plane.md 6.4.4). */
async function applyNetwork(session: Session, instance: InstanceDocument): Promise<void> {
  const network = networkOf(instance);
  if (!isNetwork(network)) return;
  await setInstancePolicy(session, toKeyInstance(instance), {
    policy_type: 'allowedNetwork',
    policy_data: { enabled: true, attributes: { allowed_network: network } },
  });
}

export const keyInstanceLifecycle: InstanceLifecycle = {
  services: keyServiceNames,

  async validateCreate(_session: Session, draft: InstanceDocument): Promise<void> {
    checkNetwork(draft);
  },

  afterCreate: applyNetwork,

  async validateUpdate(_session: Session, _before: InstanceDocument, draft: InstanceDocument): Promise<void> {
    checkNetwork(draft);
  },

  /** A policy that was set since is not overruled by a parameter that stays what it was. */
  async afterUpdate(session: Session, before: InstanceDocument, after: InstanceDocument): Promise<void> {
    if (networkOf(before) !== networkOf(after)) await applyNetwork(session, after);
  },

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
