/**
 * A secret with its versions and locks: loading, settling what its expiration date has made of it, and applying the
 * changes that the rules of `domain/secrets` answer.
 */
import { formatCrn } from '../../../domain/crn';
import { effectiveSecretState, type VersionChange } from '../../../domain/secrets/locks';
import type { LockableSecret, LockableVersion, VersionAlias } from '../../../domain/secrets/types';
import { formatInstant, parseInstant } from '../../../domain/time';
import type { Session } from '../../kernel/operation';
import type { Stored } from '../../kernel/store/store';
import { secretNotFound } from './errors';
import type { OpenInstance } from './instance';
import {
  type LockDocument,
  lockId,
  locks,
  type SecretDocument,
  secrets,
  type VersionDocument,
  versions,
} from './model';

export interface Secret {
  readonly stored: Stored<SecretDocument>;
  /** Oldest first. */
  readonly versions: readonly Stored<VersionDocument>[];
  readonly locks: readonly Stored<LockDocument>[];
}

export function secretCrn(session: Session, instance: OpenInstance, id: string): string {
  return formatCrn({
    serviceName: 'secrets-manager',
    location: instance.region,
    scope: `a/${session.options.account}`,
    serviceInstance: instance.guid,
    resourceType: 'secret',
    resource: id,
  });
}

/** What the rules of locks and rotation look at. */
export function lockable(secret: Secret): LockableSecret<LockDocument> {
  return {
    secretType: secret.stored.doc.secretType,
    versions: secret.versions.map(({ doc }): LockableVersion<LockDocument> => {
      const { id, alias, payload } = doc;
      return { id, alias, payloadAvailable: payload !== undefined, locks: locksOn(secret, id) };
    }),
  };
}

function locksOn(secret: Secret, versionId: string): LockDocument[] {
  return secret.locks.filter(({ doc }) => doc.versionId === versionId).map(({ doc }) => doc);
}

export function versionByAlias(secret: Secret, alias: VersionAlias): Stored<VersionDocument> | undefined {
  return secret.versions.find(({ doc }) => doc.alias === alias);
}

/** What the audit event says of a secret. */
export function summaryOf({ doc }: Stored<SecretDocument>): Readonly<Record<string, unknown>> {
  const { name, secretType, groupId, state, expiresAt, versionsTotal } = doc;
  return { name, secretType, groupId, state, expiresAt, versionsTotal };
}

/** The secret that a request is about. Throws when the instance has no such secret. */
export async function loadSecret(
  session: Session,
  instance: OpenInstance,
  id: string | undefined,
): Promise<Secret> {
  const stored = id === undefined ? undefined : await session.tx.get(secrets, id);
  if (stored === undefined || stored.scope !== instance.guid) throw secretNotFound(id ?? '');
  session.describe({ target: stored.doc.crn });
  return settled(session, stored);
}

/** Every secret of an instance. */
export async function listSecretsOf(session: Session, guid: string): Promise<Secret[]> {
  const stored = await session.tx.list(secrets, { scope: guid });
  return Promise.all(stored.map((secret) => settled(session, secret)));
}

async function read(session: Session, stored: Stored<SecretDocument>): Promise<Secret> {
  return {
    stored,
    versions: await session.tx.list(versions, { scope: stored.id }),
    locks: await session.tx.list(locks, { scope: stored.id }),
  };
}

/**
 * The secret as of now. One that reached its expiration date is destroyed and its data deleted, unless a lock holds it
 * (behaviour.md C5); that is written down the first time somebody looks.
 */
export async function settled(session: Session, stored: Stored<SecretDocument>): Promise<Secret> {
  const secret = await read(session, stored);
  const { doc } = stored;
  const state = effectiveSecretState(
    {
      state: doc.state,
      secretType: doc.secretType,
      expiresAt: doc.expiresAt === undefined ? undefined : parseInstant(doc.expiresAt),
      locked: secret.locks.length > 0,
    },
    session.now,
  );
  if (state === doc.state) return secret;
  for (const version of secret.versions) await forgetPayload(session, version);
  return read(session, await session.tx.update(stored, { doc: { ...doc, state } }));
}

async function forgetPayload(session: Session, version: Stored<VersionDocument>): Promise<void> {
  if (version.doc.payload === undefined) return;
  const { payload: _, ...kept } = version.doc;
  await session.tx.update(version, { doc: kept });
}

/** Changes of versions as the rules answer them; a rotation also moves the aliases. */
export type Change = VersionChange<LockDocument> & {
  readonly alias?: VersionAlias;
};

/** Writes the locks and the loss of data that `changes` say; the alias too when `rotating`. */
export async function applyChanges(
  session: Session,
  secret: Secret,
  changes: readonly Change[],
  options: { readonly rotating: boolean } = { rotating: false },
): Promise<void> {
  for (const change of changes) {
    const version = secret.versions.find(({ id }) => id === change.versionId);
    if (version === undefined) continue;
    await applyToVersion(session, version, change, options.rotating);
    await applyLocks(session, secret, change);
  }
}

async function applyToVersion(
  session: Session,
  version: Stored<VersionDocument>,
  { alias, payloadAvailable }: Change,
  rotating: boolean,
): Promise<void> {
  const { payload, alias: before, ...rest } = version.doc;
  const after = rotating ? alias : before;
  const doc: VersionDocument = {
    ...rest,
    ...(after !== undefined && { alias: after }),
    ...(payload !== undefined && payloadAvailable && { payload }),
  };
  if (after !== before || doc.payload !== payload) await session.tx.update(version, { doc });
}

/** Of a lock that was there already, creation time and creator stay. */
async function applyLocks(session: Session, secret: Secret, change: Change): Promise<void> {
  const { tx } = session;
  const present = new Map(
    secret.locks.filter(({ doc }) => doc.versionId === change.versionId).map((lock) => [lock.doc.name, lock]),
  );
  for (const lock of change.locks) {
    const held = present.get(lock.name);
    present.delete(lock.name);
    const id = lockId(change.versionId, lock.name);
    if (held === undefined)
      await tx.insert(locks, { id, scope: secret.stored.id, name: lock.name, doc: lock });
    else if (held.doc !== lock) {
      const { createdAt, createdBy } = held.doc;
      await tx.update(held, { doc: { ...lock, createdAt, createdBy } });
    }
  }
  for (const gone of present.values()) await tx.remove(gone);
}

/** Replaces members of the secret's document and stamps it as updated. */
export async function updateSecret(
  session: Session,
  { stored }: Secret,
  change: Partial<SecretDocument>,
): Promise<Secret> {
  const doc = { ...stored.doc, ...change, updatedAt: formatInstant(session.now) };
  return settled(session, await session.tx.update(stored, { doc }));
}

export async function removeSecret(session: Session, secret: Secret): Promise<void> {
  for (const lock of secret.locks) await session.tx.remove(lock);
  for (const version of secret.versions) await session.tx.remove(version);
  await session.tx.remove(secret.stored);
}
