import { attributePath } from '../../core/path';
import { defineResource, type UpdateRequest } from '../../core/resource';
import type { Observed } from '../../core/state';
import { seconds } from '../client/dates';
import { step, unlessGone } from '../client/failures';
import { flatten } from '../client/flatten';
import {
  compositeId,
  parseCompositeId,
  type Secret,
  SecretsManagerClient,
  type SecretVersion,
} from '../client/secrets-manager';
import type { IbmSession } from '../client/session';
import facts from '../schema/resources/ibm_sm_arbitrary_secret.json';

/** Source: ibm-control-plane.md 5.0, 5.2. */
export interface ArbitrarySecretState {
  readonly id: string;
  readonly instance_id: string;
  readonly region: string | null;
  readonly endpoint_type: string | null;
  readonly name: string;
  readonly description: string | null;
  readonly secret_group_id: string | null;
  readonly labels: readonly string[] | null;
  readonly custom_metadata: Readonly<Record<string, string>> | null;
  readonly version_custom_metadata: Readonly<Record<string, string>> | null;
  readonly payload: string;
  readonly expiration_date: string | null;
  readonly secret_id: string | null;
  readonly secret_type: string | null;
  readonly crn: string | null;
  readonly created_at: string | null;
  readonly created_by: string | null;
  readonly updated_at: string | null;
  readonly retrieved_at: string | null;
  readonly downloaded: boolean | null;
  readonly locks_total: number | null;
  readonly state: number | null;
  readonly state_description: string | null;
  readonly versions_total: number | null;
}

function draftOf(plan: ArbitrarySecretState): object {
  const { name, payload, description, expiration_date, labels, secret_group_id, custom_metadata } = plan;
  const { version_custom_metadata } = plan;
  return {
    secret_type: 'arbitrary',
    name,
    payload,
    ...(description ? { description } : {}),
    ...(expiration_date ? { expiration_date } : {}),
    ...(labels?.length ? { labels } : {}),
    ...(secret_group_id ? { secret_group_id } : {}),
    ...(custom_metadata ? { custom_metadata } : {}),
    ...(version_custom_metadata ? { version_custom_metadata } : {}),
  };
}

async function stateOf(
  client: SecretsManagerClient,
  secret: Secret,
): Promise<Observed<ArbitrarySecretState>> {
  const path = `secrets/${secret.id}/versions/current/metadata`;
  const version = await client.send<SecretVersion>('GET', path);
  return {
    id: compositeId(client, secret.id),
    instance_id: client.guid,
    region: client.region,
    secret_id: secret.id,
    secret_type: secret.secret_type,
    secret_group_id: secret.secret_group_id,
    name: secret.name,
    description: secret.description ?? null,
    labels: secret.labels ?? [],
    custom_metadata: flatten(secret.custom_metadata ?? {}),
    version_custom_metadata: version.version_custom_metadata
      ? flatten(version.version_custom_metadata)
      : null,
    payload: secret.payload ?? '',
    crn: secret.crn,
    created_at: seconds(secret.created_at),
    created_by: secret.created_by,
    updated_at: seconds(secret.updated_at),
    // Not when it was read: the vendor's provider fills it so (5.2).
    retrieved_at: seconds(secret.updated_at),
    expiration_date: seconds(secret.expiration_date),
    downloaded: secret.downloaded ?? false,
    locks_total: secret.locks_total,
    state: secret.state,
    state_description: secret.state_description,
    versions_total: secret.versions_total,
  };
}

function clientOf(
  session: IbmSession,
  state: ArbitrarySecretState,
  signal: AbortSignal,
): { client: SecretsManagerClient; id: string } {
  const { region, guid, id } = parseCompositeId(state.id);
  const address = { region, instance_id: guid, endpoint_type: state.endpoint_type };
  return { client: new SecretsManagerClient(session, address, signal), id };
}

async function observe(
  client: SecretsManagerClient,
  id: string,
): Promise<Observed<ArbitrarySecretState> | null> {
  const secret = await unlessGone(client.send<Secret>('GET', `secrets/${id}`));
  return secret === undefined ? null : stateOf(client, secret);
}

type Update = UpdateRequest<ArbitrarySecretState, IbmSession>;

const metadataMembers = ['name', 'description', 'labels', 'custom_metadata', 'expiration_date'] as const;

function metadataPatch({ plan, changed }: Update): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    metadataMembers.filter((name) => changed(name)).map((name) => [name, plan[name]]),
  );
}

/** A new payload is a new version; metadata of the current one changes only without a new one (5.0, update). */
async function changeVersion(
  client: SecretsManagerClient,
  id: string,
  { plan, changed }: Update,
): Promise<void> {
  const { version_custom_metadata, custom_metadata, payload } = plan;
  if (changed('payload')) {
    const version = {
      payload,
      ...(version_custom_metadata ? { version_custom_metadata } : {}),
      ...(custom_metadata ? { custom_metadata } : {}),
    };
    await step(
      `rotate secret ${plan.name}`,
      client.send('POST', `secrets/${id}/versions`, version),
      'payload',
    );
  } else if (changed('version_custom_metadata')) {
    const patch = { version_custom_metadata: version_custom_metadata ?? {} };
    const path = `secrets/${id}/versions/current/metadata`;
    await step(
      `change the version of secret ${plan.name}`,
      client.send('PATCH', path, patch),
      'version_custom_metadata',
    );
  }
}

export const smArbitrarySecret = defineResource<ArbitrarySecretState, IbmSession>({
  facts,
  async modifyPlan({ prior, plan, diagnostics }) {
    if (prior?.expiration_date && !plan.expiration_date) {
      diagnostics.error(
        'An expiration date cannot be removed',
        `The secret expires on ${prior.expiration_date}. Set another expiration_date, or replace the secret.`,
        attributePath('expiration_date'),
      );
    }
    return {};
  },
  async create({ client: session, plan, signal, saveState }) {
    const client = new SecretsManagerClient(session, plan, signal);
    const secret = await step(
      `create secret ${plan.name}`,
      client.send<Secret>('POST', 'secrets', draftOf(plan)),
    );
    saveState({ id: compositeId(client, secret.id), secret_id: secret.id, region: client.region });
    return { state: (await step(`read secret ${plan.name}`, observe(client, secret.id))) ?? {} };
  },
  async read({ client: session, state, signal }) {
    const { client, id } = clientOf(session, state, signal);
    return { state: await step(`read secret ${state.id}`, observe(client, id)) };
  },
  async update(request) {
    const { client: session, prior, plan, signal, saveState } = request;
    const { client, id } = clientOf(session, prior, signal);
    const patch = metadataPatch(request);
    if (Object.keys(patch).length > 0) {
      await step(`change secret ${plan.name}`, client.send('PATCH', `secrets/${id}/metadata`, patch));
      // When the version is refused afterwards, state still tells what did change.
      saveState({ ...prior, ...(patch as Observed<ArbitrarySecretState>) });
    }
    await changeVersion(client, id, request);
    return { state: (await step(`read secret ${plan.name}`, observe(client, id))) ?? {} };
  },
  async delete({ client: session, state, signal }) {
    const { client, id } = clientOf(session, state, signal);
    await step(`delete secret ${state.name}`, client.send('DELETE', `secrets/${id}`));
  },
  import: async ({ id }) => {
    const { region, guid } = parseCompositeId(id);
    return { state: { id, region, instance_id: guid } };
  },
});
