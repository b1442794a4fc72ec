/** Locks on versions of secrets (ibm-control-plane.md 6.2.1, 6.2.6; behaviour.md C1, C3, C8 to C11). */
import { lockLimits, lockListLimits, secretListLimits } from '../../../../domain/secrets/limits';
import { createLocks, deleteLocks, findVersion, type LockMode } from '../../../../domain/secrets/locks';
import { formatInstant } from '../../../../domain/time';
import { type Answer, created, type Input, ok, type Session } from '../../../kernel/operation';
import type { Wire } from '../../../kernel/wire';
import { invalid, refusedBySecret } from '../errors';
import type { CreateLocks } from '../gen/create-locks';
import type { DeleteLocks } from '../gen/delete-locks';
import type { LockedSecretList } from '../gen/locked-secret-list';
import type { SecretLockList } from '../gen/secret-lock-list';
import type { InstanceHandler } from '../instance';
import type { LockDocument } from '../model';
import { listOf, pageOf, sorted } from '../paging';
import { presentLock, presentLocks } from '../present';
import {
  applyChanges,
  type Change,
  listSecretsOf,
  loadSecret,
  lockable,
  type Secret,
  settled,
} from '../secret';

type Handler<Body = undefined> = InstanceHandler<Body>;

/** Locks of a secret go on its current version where the path names none. */
const onSecret = 'current';

/** Writes the changes; a secret whose expiration date has come loses its data with its last lock (C5). */
async function write(session: Session, secret: Secret, changes: readonly Change[]): Promise<Secret> {
  await applyChanges(session, secret, changes);
  const after = await settled(session, secret.stored);
  const held = ({ locks }: Secret) => locks.map(({ doc }) => ({ name: doc.name, version: doc.versionId }));
  session.describe({
    before: { locks: held(secret) },
    after: { locks: held(after), state: after.stored.doc.state },
  });
  return after;
}

function newLocks(session: Session, secret: Secret, versionId: string, body: CreateLocks): LockDocument[] {
  const now = formatInstant(session.now);
  return body.locks.map(({ name, description, attributes = {} }, index) => {
    if (Buffer.byteLength(JSON.stringify(attributes)) > lockLimits.attributes)
      throw invalid(
        `locks.${index}.attributes`,
        `must not be larger than ${lockLimits.attributes} bytes of JSON`,
      );
    return {
      name,
      ...(description !== undefined && { description }),
      attributes,
      secretId: secret.stored.id,
      versionId,
      createdBy: session.identity.iamId,
      createdAt: now,
      updatedAt: now,
    };
  });
}

async function create(
  session: Session,
  secret: Secret,
  version: string,
  { body, query }: Input<CreateLocks>,
): Promise<Answer> {
  const found = findVersion(lockable(secret), version);
  const change = createLocks(lockable(secret), {
    version,
    locks: newLocks(session, secret, found?.id ?? '', body),
    mode: (query.get('mode') ?? undefined) as LockMode | undefined,
  });
  if (!change.allowed) throw refusedBySecret(change);
  return created(presentLocks(await write(session, secret, change.changes)));
}

export const createSecretLocksBulk: Handler<CreateLocks> = async (session, instance, input) => {
  return create(session, await loadSecret(session, instance, input.params['id']), onSecret, input);
};

export const createSecretVersionLocksBulk: Handler<CreateLocks> = async (session, instance, input) => {
  const { secret_id: secretId, id = '' } = input.params;
  return create(session, await loadSecret(session, instance, secretId), id, input);
};

/** Names as a list, repeated, in JSON brackets, or in the body; `*` and no names at all mean every lock. */
function namesToDelete({ query, body }: Input<DeleteLocks | undefined>): readonly string[] | '*' {
  const named = listOf(query, 'name')?.map((name) => name.replace(/^[\s["]+|[\s\]"]+$/g, ''));
  const names = named ?? body?.locks;
  return names === undefined || names.includes('*') ? '*' : names;
}

async function remove(
  session: Session,
  secret: Secret,
  version: string,
  input: Input<DeleteLocks | undefined>,
): Promise<Answer> {
  const change = deleteLocks(lockable(secret), { version, names: namesToDelete(input) });
  if (!change.allowed) throw refusedBySecret(change);
  return ok(presentLocks(await write(session, secret, change.changes)));
}

export const deleteSecretLocksBulk: Handler<DeleteLocks | undefined> = async (session, instance, input) => {
  return remove(session, await loadSecret(session, instance, input.params['id']), onSecret, input);
};

export const deleteSecretVersionLocksBulk: Handler<DeleteLocks | undefined> = async (
  session,
  instance,
  input,
) => {
  const { secret_id: secretId, id = '' } = input.params;
  return remove(session, await loadSecret(session, instance, secretId), id, input);
};

function listed(
  secret: Secret,
  locks: readonly LockDocument[],
  href: string,
  query: URLSearchParams,
): Answer {
  const search = query.get('search');
  const found = sorted(
    locks.filter(({ name }) => search === null || name.includes(search)),
    query.get('sort'),
    (lock, field) =>
      ({ name: lock.name, created_at: lock.createdAt, updated_at: lock.updatedAt })[field] ?? '',
  );
  const { items, links } = pageOf(found, href, query, lockListLimits);
  return ok<Wire<SecretLockList>>({ ...links, locks: items.map((lock) => presentLock(secret, lock)) });
}

export const listSecretLocks: Handler = async (session, instance, { params, query }) => {
  const secret = await loadSecret(session, instance, params['id']);
  const locks = secret.locks.map(({ doc }) => doc);
  return listed(secret, locks, `${instance.href}/secrets/${secret.stored.id}/locks`, query);
};

export const listSecretVersionLocks: Handler = async (session, instance, { params, query }) => {
  const { secret_id: secretId, id = '' } = params;
  const secret = await loadSecret(session, instance, secretId);
  const version = findVersion(lockable(secret), id);
  if (version === undefined)
    throw refusedBySecret({ allowed: false, refusal: 'version-not-found', locks: [] });
  const href = `${instance.href}/secrets/${secret.stored.id}/versions/${id}/locks`;
  return listed(secret, version.locks, href, query);
};

/** The secrets that hold a lock, with the names of those that `search` finds. */
export const listSecretsLocks: Handler = async (session, instance, { query }) => {
  const groups = listOf(query, 'groups');
  const search = query.get('search');
  const shows = (name: string): boolean => search === null || name.includes(search);
  const found = (await listSecretsOf(session, instance.guid)).filter(
    ({ stored, locks }) =>
      locks.some(({ doc }) => shows(doc.name)) && (groups?.includes(stored.doc.groupId) ?? true),
  );
  const { items, links } = pageOf(found, `${instance.href}/secrets_locks`, query, secretListLimits);
  return ok<Wire<LockedSecretList>>({
    ...links,
    secrets_locks: items.map((secret) => presentLocks(secret, shows)),
  });
};
