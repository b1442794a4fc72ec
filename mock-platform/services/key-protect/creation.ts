/** Making keys: root or standard, generated or imported, with the policies of the instance or their overrides. */
import { formatKeyCrn } from '../../../domain/crn';
import { formatInstant } from '../../../domain/time';
import type { Session } from '../../kernel/operation';
import { addAlias } from './aliases';
import { invalidField } from './errors';
import { futureInstant } from './fields';
import { type ImportedMaterial, readMaterial } from './import-token';
import { checkRootMaterial, checkStandardMaterial, type ImportFields } from './imported-material';
import type { KeyInstance } from './instance';
import { checkCreation, dualAuthByDefault, standardRotation } from './instance-policies';
import type { StoredKey } from './keys';
import { addVersion } from './material';
import { type DualAuthPolicy, defaultRing, type KeyDocument, keys, type RotationPolicy } from './model';
import { checkPolicyRotation, newPolicy } from './policies';
import { requireRing } from './rings';
import { scheduled } from './rotation';
import { expectOf } from './schedule';

/** The resource of a create request. */
export interface KeyRequestResource extends ImportFields {
  readonly name: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  /** As the Go client spells it. */
  readonly Tags?: readonly string[];
  readonly aliases?: readonly string[];
  readonly extractable?: boolean;
  readonly expirationDate?: string;
}

export interface PolicyOverrides {
  readonly rotation?: { readonly enabled: boolean; readonly interval_month?: number };
  readonly dualAuthDelete?: { readonly enabled: boolean };
}

export interface NewKey {
  readonly instance: KeyInstance;
  readonly ring: string | undefined;
  readonly resource: KeyRequestResource;
  readonly overrides?: PolicyOverrides;
}

/** A key is a standard key unless the request says otherwise (the vendor's model of a key: `extractable`, default true). */
function isExtractable({ extractable = true }: KeyRequestResource): boolean {
  return extractable;
}

export async function createKey(session: Session, wanted: NewKey): Promise<StoredKey> {
  const { instance, resource } = wanted;
  const extractable = isExtractable(resource);
  const ring = wanted.ring ?? defaultRing;
  await requireRing(session, instance, ring);
  const imported = await importedMaterial(session, instance, resource, extractable);
  const origin = { extractable, imported: imported !== undefined };
  await checkCreation(session, instance, {
    ...origin,
    withToken: imported?.envelope !== undefined,
  });
  const policies = await policiesOf(session, wanted, origin);
  const stored = await store(session, wanted, { ring, imported, policies });
  for (const alias of resource.aliases ?? []) await addAlias(session, stored.doc, alias);
  await expectOf(session, stored.doc);
  return stored;
}

async function importedMaterial(
  session: Session,
  instance: KeyInstance,
  resource: KeyRequestResource,
  extractable: boolean,
): Promise<ImportedMaterial | undefined> {
  const { payload, encryptedNonce, iv, encryptionAlgorithm } = resource;
  if (payload === undefined) {
    if (encryptedNonce !== undefined || iv !== undefined)
      throw invalidField('payload', 'is required with a nonce');
    return undefined;
  }
  const imported = await readMaterial(session, instance, {
    payload,
    ...(encryptedNonce !== undefined && { encryptedNonce }),
    ...(iv !== undefined && { iv }),
    ...(encryptionAlgorithm !== undefined && { encryptionAlgorithm }),
  });
  if (extractable) checkStandardMaterial(imported.material);
  else checkRootMaterial(imported.material);
  return imported;
}

interface Policies {
  readonly rotation?: RotationPolicy;
  readonly dualAuthDelete?: DualAuthPolicy;
}

type Origin = Pick<KeyDocument, 'extractable' | 'imported'>;

async function policiesOf(
  session: Session,
  { instance, overrides = {} }: NewKey,
  origin: Origin,
): Promise<Policies> {
  const rotation = await rotationPolicy(session, instance, overrides, origin);
  const dualAuth = overrides.dualAuthDelete?.enabled ?? (await dualAuthByDefault(session, instance));
  const dualAuthGiven = dualAuth || overrides.dualAuthDelete !== undefined;
  return {
    ...(rotation && { rotation }),
    ...(dualAuthGiven && { dualAuthDelete: { ...newPolicy(session), enabled: dualAuth } }),
  };
}

/** The override, or what the instance gives to generated root keys. */
async function rotationPolicy(
  session: Session,
  instance: KeyInstance,
  { rotation }: PolicyOverrides,
  origin: Origin,
): Promise<RotationPolicy | undefined> {
  const standard = await standardRotation(session, instance);
  if (rotation) checkPolicyRotation(origin);
  else if (standard === undefined || origin.extractable || origin.imported) return undefined;
  const intervalMonths = rotation?.interval_month ?? standard;
  if (intervalMonths === undefined) {
    throw invalidField('rotation.interval_month', 'is required: the instance has no interval of its own');
  }
  const enabled = rotation?.enabled ?? true;
  return scheduled({ ...newPolicy(session), enabled, intervalMonths }, session.now, session.now);
}

async function store(
  session: Session,
  { instance, resource }: NewKey,
  made: {
    readonly ring: string;
    readonly imported: ImportedMaterial | undefined;
    readonly policies: Policies;
  },
): Promise<StoredKey> {
  const { now, identity, context } = session;
  const id = context.ids.uuid();
  const at = formatInstant(now);
  const { name, description, expirationDate } = resource;
  const tags = resource.tags ?? resource.Tags;
  const material = made.imported?.material;
  const expiresAt = expirationDate && formatInstant(futureInstant('expirationDate', expirationDate, now));
  // The first version has the key's own id (ibm-control-plane.md 6.1.3).
  const version = await addVersion(session, {
    keyId: id,
    versionId: id,
    at: now,
    ...(material && { material }),
  });
  const doc: KeyDocument = {
    id,
    crn: formatKeyCrn({
      serviceName: instance.service,
      region: instance.region,
      account: instance.account,
      instance: instance.guid,
      keyId: id,
    }),
    instance: instance.guid,
    service: instance.service,
    name,
    ...(description !== undefined && { description }),
    ...(tags && { tags }),
    ring: made.ring,
    extractable: isExtractable(resource),
    imported: made.imported !== undefined,
    states: [{ state: 'active', since: at }],
    created: { by: identity.iamId, at },
    updatedAt: at,
    ...(expiresAt && { expiresAt }),
    version,
    ...made.policies,
    ...(made.imported?.envelope && { envelope: made.imported.envelope }),
  };
  return session.tx.insert(keys, { id, scope: instance.guid, doc });
}
