import { setTimeout as delay } from 'node:timers/promises';
import { keyStateNumber, keyStateOf } from '../../../domain/keys/states';
import { type Duration, second } from '../../../domain/time';
import { type CreateRequest, defineResource } from '../../core/resource';
import type { Observed } from '../../core/state';
import { step, unlessGone } from '../../ibm/client/failures';
import { ApiError } from '../../ibm/client/http';
import {
  destroyedState,
  instanceGuid,
  type Key,
  KeyProtectClient,
  keyAddress,
} from '../../ibm/client/key-protect';
import { openInstance, sameInstance } from '../../ibm/kms/instance';
import type { KeyquakeClient } from '../client';
import { checkKeyId, refuseKey } from '../root-key';
import facts from '../schema/resources/keyquake_root_key_state.json';

/** The desired state of a root key, as a change that can be reviewed. */
export interface RootKeyState {
  readonly id: string;
  readonly instance_id: string;
  readonly key_id: string;
  readonly state: string;
  readonly key_crn: string | null;
  readonly state_number: number | null;
  readonly changed_at: string | null;
}

/** What brings a key into the state. */
const actions = { active: 'enable', suspended: 'disable' } as const;

type WishedState = keyof typeof actions;

/** The schema lets nothing else through. */
function isWished(state: string): state is WishedState {
  return state in actions;
}

function stateOf(instance_id: string, key: Key): Observed<RootKeyState> {
  return {
    id: key.crn,
    instance_id,
    key_id: key.id,
    key_crn: key.crn,
    state: keyStateOf(key.state) ?? String(key.state),
    state_number: key.state,
    changed_at: key.lastUpdateDate ?? key.creationDate ?? null,
  };
}

/** Between two attempts; together they last as long as a key has to wait before it can be enabled again. */
const pauses: readonly Duration[] = [1 * second, 2 * second, 4 * second, 8 * second, 15 * second];

/** A key may be enabled again 30 seconds after it was disabled (ibm-control-plane.md 6.1.5): asks again until then. */
async function actWhenPermitted(
  client: KeyProtectClient,
  id: string,
  action: 'enable' | 'disable',
  signal: AbortSignal,
): Promise<void> {
  for (const pause of pauses) {
    try {
      return await client.act(id, action);
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'REQ_TOO_EARLY_ERR') throw error;
      await delay(pause, undefined, { signal });
    }
  }
  return client.act(id, action);
}

function checkRootKey(key: Key, { key_id }: RootKeyState): void {
  checkKeyId(key, key_id);
  if (key.extractable) {
    throw refuseKey(
      'Not a root key',
      `Key ${key_id} is a standard key; only root keys are disabled and enabled.`,
    );
  }
}

async function bring({
  client: { session },
  plan,
  signal,
  saveState,
}: CreateRequest<RootKeyState, KeyquakeClient>): Promise<Observed<RootKeyState>> {
  const client = await openInstance(session, { id: plan.instance_id }, signal);
  const key = await step(`read key ${plan.key_id}`, client.getKey(plan.key_id), 'key_id');
  checkRootKey(key, plan);
  const wish = plan.state;
  if (!isWished(wish)) throw new Error(`'${wish}' is no state that a key can be brought into`);
  if (key.state !== keyStateNumber(wish)) {
    await step(
      `make key ${plan.key_id} ${wish}`,
      actWhenPermitted(client, key.id, actions[wish], signal),
      'state',
    );
    saveState({ id: key.crn, key_crn: key.crn });
  }
  return stateOf(plan.instance_id, await step(`read key ${key.id}`, client.getKey(key.id)));
}

export const rootKeyState = defineResource<RootKeyState, KeyquakeClient>({
  facts,
  diffSuppress: { instance_id: sameInstance },
  async create(request) {
    return { state: await bring(request) };
  },
  async read({ client: { session }, state, signal }) {
    const reading = async (): Promise<Key> => {
      const guid = instanceGuid(state.instance_id);
      return (await KeyProtectClient.of(session, { guid }, signal)).getKey(state.key_id);
    };
    const key = await step(`read key ${state.key_id}`, unlessGone(reading()));
    return {
      state: key === undefined || key.state === destroyedState ? null : stateOf(state.instance_id, key),
    };
  },
  async update(request) {
    return { state: await bring(request) };
  },
  // The key keeps the state that it has: what Terraform stops managing, it does not change.
  async delete({ state, diagnostics }) {
    if (state.state === 'suspended') {
      diagnostics.warning(
        'The key stays suspended',
        `Terraform no longer manages the state of key ${state.key_id}. Enable it by hand if it is to be used again.`,
      );
    }
  },
  import: async ({ id }) => {
    const { guid, keyId } = keyAddress(id);
    return { state: { id, instance_id: guid, key_id: keyId } };
  },
});
