import { setTimeout as delay } from 'node:timers/promises';
import { keyStateNumber, keyStateOf } from '../../../domain/keys/states';
import { enableAfterDisable } from '../../../domain/keys/timing';
import { DiagnosticError } from '../../core/diagnostics';
import { attributePath } from '../../core/path';
import { defineResource } from '../../core/resource';
import type { Observed } from '../../core/state';
import { step, unlessGone } from '../../ibm/client/failures';
import { ApiError } from '../../ibm/client/http';
import { destroyedState, instanceGuid, type Key, KeyProtectClient } from '../../ibm/client/key-protect';
import type { IbmSession } from '../../ibm/client/session';
import type { KeyquakeClient } from '../client';
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

interface KeyWithDates extends Key {
  readonly lastUpdateDate?: string;
  readonly creationDate?: string;
}

/** What brings a key into the state. */
const actions = { active: 'enable', suspended: 'disable' } as const;

function wishOf(state: string): keyof typeof actions {
  return state === 'suspended' ? 'suspended' : 'active';
}

function open(
  session: IbmSession,
  state: Pick<RootKeyState, 'instance_id'>,
  signal: AbortSignal,
): Promise<KeyProtectClient> {
  const guid = instanceGuid(state.instance_id);
  return step(`find instance ${guid}`, KeyProtectClient.of(session, { guid }, signal), 'instance_id');
}

function stateOf(instance_id: string, key: KeyWithDates): Observed<RootKeyState> {
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

/** A key may be enabled again 30 seconds after it was disabled (ibm-control-plane.md 6.1.5): waits once, then tries again. */
async function actPatiently(
  client: KeyProtectClient,
  id: string,
  action: 'enable' | 'disable',
  signal: AbortSignal,
): Promise<void> {
  try {
    await client.act(id, action);
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'REQ_TOO_EARLY_ERR') throw error;
    await delay(enableAfterDisable, undefined, { signal });
    await client.act(id, action);
  }
}

async function bring(
  client: KeyProtectClient,
  plan: RootKeyState,
  signal: AbortSignal,
): Promise<Observed<RootKeyState>> {
  const key = await step(`read key ${plan.key_id}`, client.getKey(plan.key_id), 'key_id');
  const wish = wishOf(plan.state);
  if (key.extractable) {
    throw new DiagnosticError({
      summary: 'Not a root key',
      detail: `Key ${plan.key_id} is a standard key; only root keys are disabled and enabled.`,
      attribute: attributePath('key_id'),
    });
  }
  if (key.state !== keyStateNumber(wish)) {
    await step(
      `make key ${plan.key_id} ${wish}`,
      actPatiently(client, key.id, actions[wish], signal),
      'state',
    );
  }
  return stateOf(plan.instance_id, await client.getKey(key.id));
}

export const rootKeyState = defineResource<RootKeyState, KeyquakeClient>({
  facts,
  diffSuppress: {
    instance_id: ({ prior, planned }) =>
      typeof prior === 'string' &&
      typeof planned === 'string' &&
      instanceGuid(prior) === instanceGuid(planned),
  },
  async create({ client: { session }, plan, signal }) {
    return { state: await bring(await open(session, plan, signal), plan, signal) };
  },
  async read({ client: { session }, state, signal }) {
    const client = await open(session, state, signal);
    const key = await step(`read key ${state.key_id}`, unlessGone(client.getKey(state.key_id)));
    return {
      state: key === undefined || key.state === destroyedState ? null : stateOf(state.instance_id, key),
    };
  },
  async update({ client: { session }, plan, signal }) {
    return { state: await bring(await open(session, plan, signal), plan, signal) };
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
    const segments = id.split(':');
    if (segments.length !== 10) throw new Error(`'${id}' is not the CRN of a key`);
    return { state: { id, instance_id: segments[7] ?? '', key_id: segments[9] ?? '' } };
  },
});
