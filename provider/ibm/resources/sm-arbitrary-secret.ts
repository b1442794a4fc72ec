import { attributePath } from '../../core/path';
import { defineResource, type UpdateRequest } from '../../core/resource';
import type { Observed } from '../../core/state';
import { type AttributeOf, step, unlessGone } from '../client/failures';
import {
  compositeId,
  parseCompositeId,
  type Secret,
  SecretsManagerClient,
  type SecretVersion,
} from '../client/secrets-manager';
import type { IbmSession } from '../client/session';
import facts from '../schema/resources/ibm_sm_arbitrary_secret.json';
import { rfc3339, seconds } from '../state/dates';
import { flatten } from '../state/flatten';

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
    description: secret.description ?? '',
    // What the API does not name keeps its value, as by the vendor.
    ...(secret.labels ? { labels: secret.labels } : {}),
    ...(secret.custom_metadata ? { custom_metadata: flatten(secret.custom_metadata) } : {}),
    ...(version.version_custom_metadata
      ? { version_custom_metadata: flatten(version.version_custom_metadata) }
      : {}),
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
  const reading = async () => {
    const secret = await unlessGone(client.send<Secret>('GET', `secrets/${id}`));
    return secret === undefined ? null : stateOf(client, secret);
  };
  return step(`read secret ${id}`, reading());
}

/** Attributes that a refusal is about: members of the request, and codes that come without one. */
const attributeOf: AttributeOf = {
  name: 'name',
  description: 'description',
  labels: 'labels',
  payload: 'payload',
  expiration_date: 'expiration_date',
  secret_group_id: 'secret_group_id',
  custom_metadata: 'custom_metadata',
  version_custom_metadata: 'version_custom_metadata',
  conflict: 'name',
};

type Update = UpdateRequest<ArbitrarySecretState, IbmSession>;

const metadataMembers = ['name', 'description', 'labels', 'custom_metadata', 'expiration_date'] as const;

function metadataPatch({ plan, changed }: Update): Observed<ArbitrarySecretState> {
  const members = metadataMembers.filter((name) => changed(name));
  return Object.fromEntries(
    members.map((name) => [name, name === 'description' ? (plan[name] ?? '') : plan[name]]),
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
  validators: { expiration_date: rfc3339 },
  async modifyPlan({ prior, plan, diagnostics }) {
    const isSame = prior?.instance_id === plan.instance_id && prior?.secret_group_id === plan.secret_group_id;
    if (prior?.expiration_date && !plan.expiration_date && isSame) {
      diagnostics.error(
        'An expiration date cannot be removed',
        `The secret expires on ${prior.expiration_date}. Set another expiration_date, far in the future for none, or replace the secret.`,
        attributePath('expiration_date'),
      );
    }
    return {};
  },
  async create({ client: session, plan, signal, saveState }) {
    const client = new SecretsManagerClient(session, plan, signal);
    const creating = client.send<Secret>('POST', 'secrets', draftOf(plan));
    const codes = { not_found: 'secret_group_id' };
    const secret = await step(`create secret ${plan.name}`, creating, { ...attributeOf, ...codes });
    saveState({ id: compositeId(client, secret.id), secret_id: secret.id, region: client.region });
    return { state: (await observe(client, secret.id)) ?? {} };
  },
  async read({ client: session, state, signal }) {
    const { client, id } = clientOf(session, state, signal);
    return { state: await observe(client, id) };
  },
  async update(request) {
    const { client: session, prior, plan, signal, saveState } = request;
    const { client, id } = clientOf(session, { ...plan, id: prior.id }, signal);
    const patch = metadataPatch(request);
    if (Object.keys(patch).length > 0) {
      const patching = client.send('PATCH', `secrets/${id}/metadata`, patch);
      await step(`change secret ${plan.name}`, patching, attributeOf);
      // When the version is refused afterwards, state still tells what did change.
      saveState({ ...prior, ...patch });
    }
    await changeVersion(client, id, request);
    return { state: (await observe(client, id)) ?? {} };
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
