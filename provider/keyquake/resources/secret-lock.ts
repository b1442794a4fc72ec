import { invalidValue } from '../../core/complaint';
import { DiagnosticError } from '../../core/diagnostics';
import { defineResource } from '../../core/resource';
import type { Observed } from '../../core/state';
import type { Validator } from '../../core/validators';
import { type AttributeOf, step, unlessGone } from '../../ibm/client/failures';
import { type SecretLock, SecretsManagerClient } from '../../ibm/client/secrets-manager';
import { flatten } from '../../ibm/state/flatten';
import type { KeyquakeClient } from '../client';
import facts from '../schema/resources/keyquake_secret_lock.json';

/** A lock on one version of a secret. Source: ibm-control-plane.md 6.2.6; behaviour.md C. */
export interface SecretLockState {
  readonly id: string;
  readonly instance_id: string;
  readonly region: string | null;
  readonly secret_id: string;
  readonly name: string;
  readonly version: string;
  readonly description: string | null;
  readonly attributes: Readonly<Record<string, string>> | null;
  readonly mode: string | null;
  readonly secret_version_id: string | null;
  readonly secret_version_alias: string | null;
  readonly created_at: string | null;
  readonly updated_at: string | null;
  readonly created_by: string | null;
}

interface LockPage {
  readonly locks: readonly SecretLock[];
}

/** Locks live on the current and the previous version only, which is why one page with this bound holds those of a name. */
const pageLimit = '1000';

function idOf(
  { region, guid }: SecretsManagerClient,
  secret: string,
  lock: Pick<SecretLock, 'secret_version_id' | 'name'>,
): string {
  return [region, guid, secret, lock.secret_version_id, lock.name].join('/');
}

/** Attributes that a refusal is about: members of the request, and what stands in its path. */
const attributeOf: AttributeOf = {
  description: 'description',
  attributes: 'attributes',
  name: 'name',
  mode: 'mode',
  not_found: 'secret_id',
  bad_request: 'version',
  precondition_failed: 'version',
};

/** The API takes several names at a time, separated by commas, and `*` for all: neither can be part of one. */
const single: Validator = (value, { name, shown }) =>
  /[,*]/.test(String(value))
    ? invalidValue(`${name} must hold neither a comma nor an asterisk; got ${shown}`)
    : undefined;

async function find(
  client: SecretsManagerClient,
  secret: string,
  name: string,
  version: string,
): Promise<SecretLock | undefined> {
  const page = await unlessGone(
    client.send<LockPage>('GET', `secrets/${secret}/locks`, undefined, { limit: pageLimit, search: name }),
  );
  return page?.locks.find(
    (lock) => lock.name === name && [lock.secret_version_id, lock.secret_version_alias].includes(version),
  );
}

function stateOf(client: SecretsManagerClient, secret: string, lock: SecretLock): Observed<SecretLockState> {
  return {
    id: idOf(client, secret, lock),
    region: client.region,
    description: lock.description ?? null,
    attributes:
      lock.attributes === undefined || Object.keys(lock.attributes).length === 0
        ? null
        : flatten(lock.attributes),
    secret_version_id: lock.secret_version_id,
    secret_version_alias: lock.secret_version_alias,
    created_at: lock.created_at,
    updated_at: lock.updated_at,
    created_by: lock.created_by,
  };
}

/** What a change of locks is answered with: the versions that can be locked, and the names of their locks. */
interface LockedSecret {
  readonly versions: readonly {
    readonly version_id: string;
    readonly version_alias: string;
    readonly locks: readonly string[];
  }[];
}

interface Put {
  /** Id or alias. */
  readonly version: string;
  /** Called once the lock is there. */
  readonly locked?: (versionId: string) => void;
}

/** Creates the lock, or replaces the one of the same name on that version. */
async function put(
  client: SecretsManagerClient,
  plan: SecretLockState,
  { version, locked }: Put,
): Promise<Observed<SecretLockState>> {
  const { name, description, attributes, mode, secret_id: secret } = plan;
  const lock = { name, ...(description ? { description } : {}), ...(attributes ? { attributes } : {}) };
  const path = `secrets/${secret}/versions/${version}/locks_bulk`;
  const locking = client.send<LockedSecret>('POST', path, { locks: [lock] }, { mode: mode ?? undefined });
  const { versions } = await step(`lock the ${version} version of secret ${secret}`, locking, attributeOf);
  const target = versions.find((each) => [each.version_id, each.version_alias].includes(version));
  if (target) locked?.(target.version_id);
  const finding = find(client, secret, name, version);
  const made = await step(`read lock ${name} of secret ${secret}`, finding);
  if (made === undefined) throw new Error(`lock ${name} was made on secret ${secret} and is not there`);
  return stateOf(client, secret, made);
}

function partsOf(id: string): {
  region: string;
  instance_id: string;
  secret_id: string;
  version: string;
  name: string;
} {
  const [region, instance_id, secret_id, version, ...name] = id.split('/');
  if (!region || !instance_id || !secret_id || !version || name.length === 0) {
    throw new Error(`'${id}' is not of the form {region}/{instance id}/{secret id}/{version id}/{lock name}`);
  }
  return { region, instance_id, secret_id, version, name: name.join('/') };
}

export const secretLock = defineResource<SecretLockState, KeyquakeClient>({
  facts,
  validators: { name: single },
  async create({ client: { session }, plan, signal, saveState }) {
    const client = new SecretsManagerClient(session, plan, signal);
    const { name, secret_id: secret, version } = plan;
    const locked = (secret_version_id: string): void =>
      saveState({ id: idOf(client, secret, { secret_version_id, name }), secret_version_id });
    return { state: await put(client, plan, { version, locked }) };
  },
  // The lock stays with its version: a rotation changes the alias, not the lock.
  async read({ client: { session }, state, signal }) {
    const client = new SecretsManagerClient(session, state, signal);
    const { secret_id: secret, name } = state;
    const version = state.secret_version_id ?? state.version;
    const lock = await step(`read lock ${name} of secret ${secret}`, find(client, secret, name, version));
    return { state: lock === undefined ? null : stateOf(client, secret, lock) };
  },
  async update({ client: { session }, plan, prior, signal }) {
    const version = prior.secret_version_id ?? prior.version;
    return { state: await put(new SecretsManagerClient(session, prior, signal), plan, { version }) };
  },
  async delete({ client: { session }, state, signal }) {
    const client = new SecretsManagerClient(session, state, signal);
    const path = `secrets/${state.secret_id}/versions/${state.secret_version_id}/locks_bulk`;
    const unlocking = unlessGone(client.send('DELETE', path, undefined, { name: state.name }));
    await step(`unlock secret ${state.secret_id}`, unlocking);
  },
  import: async ({ client: { session }, id, signal }) => {
    const { version, ...parts } = partsOf(id);
    const client = new SecretsManagerClient(session, parts, signal);
    const finding = find(client, parts.secret_id, parts.name, version);
    const lock = await step(`read lock ${parts.name} of secret ${parts.secret_id}`, finding);
    if (lock === undefined) {
      throw new DiagnosticError({
        summary: 'No such lock',
        detail: `Version ${version} of secret ${parts.secret_id} holds no lock named '${parts.name}'.`,
      });
    }
    return {
      state: { ...parts, version: lock.secret_version_alias, ...stateOf(client, parts.secret_id, lock) },
    };
  },
});
