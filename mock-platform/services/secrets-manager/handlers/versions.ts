/** Versions of secrets (ibm-control-plane.md 6.2.1, 6.2.4; behaviour.md C2, C4). */
import { deleteVersionData, findVersion } from '../../../../domain/secrets/locks';
import { rotateSecret } from '../../../../domain/secrets/versions';
import { formatInstant } from '../../../../domain/time';
import { created, noContent, ok, type Session } from '../../../kernel/operation';
import type { Stored } from '../../../kernel/store/store';
import type { Wire } from '../../../kernel/wire';
import { openPayload, sealPayload } from '../envelope';
import { refusedBySecret, secretDestroyed } from '../errors';
import type { CreateSecretVersion } from '../gen/create-secret-version';
import type { SecretVersionList } from '../gen/secret-version-list';
import type { UpdateVersionMetadata } from '../gen/update-version-metadata';
import type { InstanceHandler, OpenInstance } from '../instance';
import { type VersionDocument, versions } from '../model';
import { presentVersion } from '../present';
import { checkMetadata, checkPayload } from '../rules';
import { applyChanges, loadSecret, lockable, type Secret, summaryOf, updateSecret } from '../secret';

type Handler<Body = undefined> = InstanceHandler<Body>;

/** By UUID, `current` or `previous`. */
function versionOf(secret: Secret, name: string): Stored<VersionDocument> {
  const found = findVersion(lockable(secret), name);
  const stored = secret.versions.find(({ id }) => id === found?.id);
  if (stored === undefined)
    throw refusedBySecret({ allowed: false, refusal: 'version-not-found', locks: [] });
  return stored;
}

/** The new version becomes the current one; what becomes of the others is for `rotateSecret`. */
export const createSecretVersion: Handler<CreateSecretVersion> = async (
  session,
  instance,
  { params, body },
) => {
  const secret = await loadSecret(session, instance, params['secret_id']);
  const { doc } = secret.stored;
  if (doc.state === 'destroyed') throw secretDestroyed(doc.id);
  checkPayload(body.payload);
  const rotation = rotateSecret(lockable(secret));
  if (!rotation.allowed) throw refusedBySecret(rotation);
  await applyChanges(session, secret, rotation.changes, { rotating: true });
  for (const version of secret.versions.filter(({ id }) => rotation.forgotten.includes(id)))
    await session.tx.remove(version);
  const version = await insertVersion(session, instance, doc.id, body);
  const updated = await updateSecret(session, secret, {
    versionsTotal: doc.versionsTotal + 1,
    ...(body.custom_metadata !== undefined && {
      customMetadata: checkMetadata('custom_metadata', body.custom_metadata),
    }),
  });
  session.describe({
    before: summaryOf(secret.stored),
    after: { ...summaryOf(updated.stored), version: version.id },
  });
  return created(presentVersion(updated, version, body.payload));
};

async function insertVersion(
  session: Session,
  instance: OpenInstance,
  secretId: string,
  body: CreateSecretVersion,
): Promise<Stored<VersionDocument>> {
  const id = session.context.ids.uuid();
  return session.tx.insert(versions, {
    id,
    scope: secretId,
    doc: {
      id,
      secretId,
      alias: 'current',
      customMetadata: checkMetadata('version_custom_metadata', body.version_custom_metadata),
      downloaded: false,
      payload: await sealPayload(session, instance, id, body.payload),
      createdBy: session.identity.iamId,
      createdAt: formatInstant(session.now),
    },
  });
}

export const listSecretVersions: Handler = async (session, instance, { params }) => {
  const secret = await loadSecret(session, instance, params['secret_id']);
  const items = secret.versions.map((version) => presentVersion(secret, version));
  return ok<Wire<SecretVersionList>>({ versions: items, total_count: items.length });
};

export const getSecretVersion: Handler = async (session, instance, { params }) => {
  const secret = await loadSecret(session, instance, params['secret_id']);
  const version = versionOf(secret, params['id'] ?? '');
  if (version.doc.payload === undefined) return ok(presentVersion(secret, version));
  const payload = await openPayload(session, instance, version.id, version.doc.payload);
  const read = await session.tx.update(version, { doc: { ...version.doc, downloaded: true } });
  const { stored } = secret;
  await session.tx.update(stored, { doc: { ...stored.doc, retrievedAt: formatInstant(session.now) } });
  return ok(presentVersion(secret, read, payload));
};

export const getSecretVersionMetadata: Handler = async (session, instance, { params }) => {
  const secret = await loadSecret(session, instance, params['secret_id']);
  return ok(presentVersion(secret, versionOf(secret, params['id'] ?? '')));
};

export const updateSecretVersionMetadata: Handler<UpdateVersionMetadata> = async (
  session,
  instance,
  { params, body },
) => {
  const secret = await loadSecret(session, instance, params['secret_id']);
  const version = versionOf(secret, params['id'] ?? '');
  const customMetadata =
    body.version_custom_metadata === undefined
      ? version.doc.customMetadata
      : checkMetadata('version_custom_metadata', body.version_custom_metadata);
  const updated = await session.tx.update(version, { doc: { ...version.doc, customMetadata } });
  session.describe({ after: { version: version.id } });
  return ok(presentVersion(secret, updated));
};

/**
 * Data of any version without locks. Disputed: the comments of the vendor's newest SDK offer it for credentials only,
 * ibm-control-plane.md 6.2.4 for every type; the table is used.
 */
export const deleteSecretVersionData: Handler = async (session, instance, { params }) => {
  const secret = await loadSecret(session, instance, params['secret_id']);
  const permission = deleteVersionData(lockable(secret), params['id'] ?? '');
  if (!permission.allowed) throw refusedBySecret(permission);
  const { versionId } = permission;
  await applyChanges(session, secret, [{ versionId, locks: [], payloadAvailable: false }]);
  await updateSecret(session, secret, {});
  session.describe({ after: { version: versionId, payloadAvailable: false } });
  return noContent;
};
