/** Secrets: making, reading, listing and deleting them (ibm-control-plane.md 6.2.1, 6.2.3, 6.2.8). */
import { secretListLimits } from '../../../../domain/secrets/limits';
import { deleteSecret as mayDelete, readSecret } from '../../../../domain/secrets/locks';
import { secretTypes } from '../../../../domain/secrets/types';
import { formatInstant } from '../../../../domain/time';
import { type Answer, created, noContent, ok, type Session } from '../../../kernel/operation';
import type { Wire } from '../../../kernel/wire';
import { openPayload, sealPayload } from '../envelope';
import { invalid, notEmulated, refusedBySecret, secretNotFound } from '../errors';
import type { CreateSecret } from '../gen/create-secret';
import type { SecretList, SecretMetadata } from '../gen/secret-list';
import type { InstanceHandler, OpenInstance } from '../instance';
import { defaultGroup, type SecretDocument, secretGroups, secrets, uniqueName, versions } from '../model';
import { listOf, pageOf, sorted } from '../paging';
import { presentMetadata, presentSecret } from '../present';
import { checkExpiration, checkGroup, checkMetadata, checkPayload, checkSecretName } from '../rules';
import {
  listSecretsOf,
  loadSecret,
  lockable,
  removeSecret,
  type Secret,
  secretCrn,
  settled,
  summaryOf,
  versionByAlias,
} from '../secret';

type Handler<Body = undefined> = InstanceHandler<Body>;

type ArbitrarySecret = CreateSecret & Required<Pick<CreateSecret, 'name' | 'payload'>>;

/** The schema demands these members of an arbitrary secret; other types are refused by name. */
function arbitrary(body: CreateSecret): ArbitrarySecret {
  if (body.secret_type !== 'arbitrary')
    throw notEmulated(`createSecret with secret_type ${body.secret_type}`);
  return body as ArbitrarySecret;
}

async function newSecret(
  session: Session,
  instance: OpenInstance,
  body: ArbitrarySecret,
): Promise<SecretDocument> {
  checkPayload(body.payload);
  await checkSecretName(session, instance, 'arbitrary', body.name);
  const id = session.context.ids.uuid();
  const now = formatInstant(session.now);
  return {
    id,
    crn: secretCrn(session, instance, id),
    instance: instance.guid,
    groupId: await checkGroup(session, instance, body.secret_group_id ?? defaultGroup),
    secretType: 'arbitrary',
    name: body.name,
    ...(body.description !== undefined && { description: body.description }),
    labels: body.labels ?? [],
    customMetadata: checkMetadata('custom_metadata', body.custom_metadata),
    ...(body.expiration_date !== undefined && { expiresAt: checkExpiration(session, body.expiration_date) }),
    state: 'active',
    versionsTotal: 1,
    createdBy: session.identity.iamId,
    createdAt: now,
    updatedAt: now,
  };
}

export const createSecret: Handler<CreateSecret> = async (session, instance, input) => {
  const body = arbitrary(input.body);
  const doc = await newSecret(session, instance, body);
  const { id, createdAt, createdBy } = doc;
  const stored = await session.tx.insert(secrets, {
    id,
    scope: instance.guid,
    name: uniqueName(doc.secretType, doc.name),
    doc,
  });
  const versionId = session.context.ids.uuid();
  await session.tx.insert(versions, {
    id: versionId,
    scope: id,
    doc: {
      id: versionId,
      secretId: id,
      alias: 'current',
      customMetadata: checkMetadata('version_custom_metadata', body.version_custom_metadata),
      downloaded: false,
      payload: await sealPayload(session, instance, versionId, body.payload),
      createdBy,
      createdAt,
    },
  });
  session.describe({ target: doc.crn, after: summaryOf(stored) });
  return created(presentSecret(await settled(session, stored), body.payload));
};

/** Reads the payload of the current version and writes down that it was read. */
async function retrieve(session: Session, instance: OpenInstance, secret: Secret): Promise<Answer> {
  const permission = readSecret(lockable(secret));
  if (!permission.allowed) throw refusedBySecret(permission);
  const version = versionByAlias(secret, 'current');
  if (version?.doc.payload === undefined) return ok(presentSecret(secret, undefined));
  const payload = await openPayload(session, instance, version.id, version.doc.payload);
  await session.tx.update(version, { doc: { ...version.doc, downloaded: true } });
  const { stored } = secret;
  const doc = { ...stored.doc, retrievedAt: formatInstant(session.now) };
  const read = await settled(session, await session.tx.update(stored, { doc }));
  return ok(presentSecret(read, payload));
}

export const getSecret: Handler = async (session, instance, { params }) => {
  return retrieve(session, instance, await loadSecret(session, instance, params['id']));
};

export const getSecretByNameType: Handler = async (session, instance, { params }) => {
  const { group_name: groupName = '', secret_type: type = '', name = '' } = params;
  if (!(secretTypes as readonly string[]).includes(type))
    throw invalid('secret_type', `must be one of ${secretTypes.join(', ')}`);
  if (type !== 'arbitrary') throw notEmulated(`getSecretByNameType with secret_type ${type}`);
  const [group] = await session.tx.list(secretGroups, { scope: instance.guid, name: groupName });
  const groupId = groupName === defaultGroup ? defaultGroup : group?.id;
  const [stored] = await session.tx.list(secrets, { scope: instance.guid, name: uniqueName(type, name) });
  if (stored === undefined || stored.doc.groupId !== groupId)
    throw secretNotFound(`${groupName}/${type}/${name}`);
  return retrieve(session, instance, await loadSecret(session, instance, stored.id));
};

export const listSecrets: Handler = async (session, instance, { query }) => {
  const all = await listSecretsOf(session, instance.guid);
  const found = sorted(
    all.filter((secret) => agrees(secret.stored.doc, query)),
    query.get('sort'),
    (secret, field) => String(presentMetadata(secret)[field as keyof SecretMetadata] ?? ''),
  );
  const { items, links } = pageOf(found, `${instance.href}/secrets`, query, secretListLimits);
  return ok<Wire<SecretList>>({ ...links, secrets: items.map(presentMetadata) });
};

/** `search` looks at id, name, description, labels and type, whatever the case (ibm-control-plane.md 6.2.1). */
function agrees(doc: SecretDocument, query: URLSearchParams): boolean {
  const search = query.get('search')?.toLowerCase();
  const searched = [doc.id, doc.name, doc.description ?? '', doc.secretType, ...doc.labels];
  const labels = listOf(query, 'match_all_labels') ?? [];
  return (
    (listOf(query, 'groups')?.includes(doc.groupId) ?? true) &&
    (listOf(query, 'secret_types')?.includes(doc.secretType) ?? true) &&
    labels.every((label) => doc.labels.includes(label)) &&
    (search === undefined || searched.some((text) => text.toLowerCase().includes(search)))
  );
}

export const deleteSecret: Handler = async (session, instance, { params }) => {
  const secret = await loadSecret(session, instance, params['id']);
  const permission = mayDelete(lockable(secret));
  if (!permission.allowed) throw refusedBySecret(permission);
  await removeSecret(session, secret);
  session.describe({ before: summaryOf(secret.stored) });
  return noContent;
};
