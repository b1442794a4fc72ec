import { defineResource } from '../../core/resource';
import type { Observed } from '../../core/state';
import { seconds } from '../client/dates';
import { step, unlessGone } from '../client/failures';
import {
  compositeId,
  parseCompositeId,
  type SecretGroup,
  SecretsManagerClient,
} from '../client/secrets-manager';
import type { IbmSession } from '../client/session';
import facts from '../schema/resources/ibm_sm_secret_group.json';

/** Source: ibm-control-plane.md 5.1. */
export interface SecretGroupState {
  readonly id: string;
  readonly instance_id: string;
  readonly region: string | null;
  readonly endpoint_type: string | null;
  readonly name: string;
  readonly description: string | null;
  readonly secret_group_id: string | null;
  readonly created_at: string | null;
  readonly updated_at: string | null;
}

function stateOf({ guid, region }: SecretsManagerClient, group: SecretGroup): Observed<SecretGroupState> {
  return {
    id: compositeId({ region, guid }, group.id),
    instance_id: guid,
    region,
    secret_group_id: group.id,
    name: group.name,
    description: group.description ?? null,
    created_at: seconds(group.created_at),
    updated_at: seconds(group.updated_at),
  };
}

function address(state: { readonly id: string; readonly endpoint_type?: string | null }) {
  const { region, guid, id } = parseCompositeId(state.id);
  return { region, instance_id: guid, endpoint_type: state.endpoint_type ?? null, group: id };
}

export const smSecretGroup = defineResource<SecretGroupState, IbmSession>({
  facts,
  async create({ client: session, plan, signal }) {
    const client = new SecretsManagerClient(session, plan, signal);
    const { name, description } = plan;
    const draft = { name, ...(description ? { description } : {}) };
    const group = await step(
      `create secret group ${name}`,
      client.send<SecretGroup>('POST', 'secret_groups', draft),
      'name',
    );
    return { state: stateOf(client, group) };
  },
  async read({ client: session, state, signal }) {
    const where = address(state);
    const client = new SecretsManagerClient(session, where, signal);
    const reading = unlessGone(client.send<SecretGroup>('GET', `secret_groups/${where.group}`));
    const group = await step(`read secret group ${state.id}`, reading);
    return { state: group === undefined ? null : stateOf(client, group) };
  },
  async update({ client: session, plan, prior, signal }) {
    const where = address(prior);
    const client = new SecretsManagerClient(session, where, signal);
    const change = { name: plan.name, description: plan.description ?? '' };
    const patching = client.send<SecretGroup>('PATCH', `secret_groups/${where.group}`, change);
    return { state: stateOf(client, await step(`update secret group ${plan.name}`, patching)) };
  },
  async delete({ client: session, state, signal }) {
    const where = address(state);
    const client = new SecretsManagerClient(session, where, signal);
    await step(`delete secret group ${state.name}`, client.send('DELETE', `secret_groups/${where.group}`));
  },
  import: async ({ id }) => {
    const { region, guid } = parseCompositeId(id);
    return { state: { id, region, instance_id: guid } };
  },
});
