/**
 * What services that encrypt with root keys call: may a consumer use a key, register on it, wrap a data key under it.
 * (behaviour.md A2, A3; ibm-control-plane.md 6.1.8)
 */

import { accountOf, type Crn, isKeyCrn, regionOf, tryParseCrn } from '../../../domain/crn';
import { type Condition, conditionOf } from '../../../domain/effects';
import type { AuthorizationRequest } from '../../../domain/iam/authorization';
import { reader } from '../../../domain/iam/roles';
import { type KeyOperation, permits } from '../../../domain/keys/operations';
import type { KeyState } from '../../../domain/keys/states';
import { formatInstant, type Instant, parseInstant } from '../../../domain/time';
import type { Session } from '../../kernel/operation';
import { authorizedFrom, isAuthorized, wouldBeAuthorized } from '../iam/authorizations';
import { findInstance } from '../resource-controller/instances';
import { type KeyInstance, toKeyInstance } from './instance';
import { findKey, type StoredKey, seenRing, stateAt } from './keys';
import { generatedMaterial, unwrap, wrap } from './material';
import type { KeyDocument, KeyServiceName } from './model';
import { remedyOf } from './refusals';
import { findRegistration, leaveDangling, register, release } from './registrations';

/** Who encrypts: a service, and what is known of the resource that it acts for. */
export interface KeyConsumer {
  /** `server-protect`, `is`, `secrets-manager`. */
  readonly sourceService: string;
  /** GUID. */
  readonly sourceInstance?: string;
  readonly sourceResourceType?: string;
  readonly sourceResourceGroup?: string;
}

export interface KeyView {
  readonly crn: string;
  readonly id: string;
  readonly name: string;
  /** GUID. */
  readonly instance: string;
  readonly service: KeyServiceName;
  readonly region: string;
  readonly state: KeyState | 'purged';
  readonly imported: boolean;
  /** Id of the version that encrypts. */
  readonly keyVersion: string;
}

export type KeyAccessRefusal =
  | 'crn-invalid'
  | 'foreign-account'
  | 'foreign-region'
  | 'instance-unknown'
  | 'key-unknown'
  | 'not-authorized'
  | 'not-root'
  | 'not-active';

export type KeyAccess =
  | { readonly usable: true; readonly key: KeyView }
  | {
      readonly usable: false;
      readonly reason: KeyAccessRefusal;
      readonly state?: KeyState | 'purged';
      /** From when on the consumer is authorized, by an authorization that it has not noticed yet. */
      readonly authorizedFrom?: Instant;
      readonly cause: string;
      readonly remedy: string;
    };

/** A service used a key without asking {@link checkKey} first, or after the key changed. */
export class KeyUnusable extends Error {
  override readonly name = 'KeyUnusable';
  constructor(
    readonly keyCrn: string,
    readonly reason: 'key-unknown' | 'not-root' | 'not-active',
    readonly state?: KeyState | 'purged',
  ) {
    super(`root key ${keyCrn} cannot be used: ${state ?? reason}`);
  }
}

type Refusal = Extract<KeyAccess, { usable: false }>;

function refused(
  reason: KeyAccessRefusal,
  cause: string,
  remedy: string,
  state?: KeyState | 'purged',
): Refusal {
  return { usable: false, reason, cause, remedy, ...(state && { state }) };
}

interface Located {
  readonly instance: KeyInstance;
  /** Whether the instance answers requests: it is not deleted. */
  readonly active: boolean;
  readonly key: StoredKey | undefined;
}

/** The instance that a key's CRN names, whatever its state, and the key when there is one of exactly that CRN. */
async function locate(session: Session, keyCrn: string): Promise<Located | undefined> {
  const crn = tryParseCrn(keyCrn);
  const found = crn && (await findInstance(session, crn.serviceInstance));
  if (found === undefined || found.doc.service !== crn?.serviceName) return undefined;
  const key = await findKey(session, { instance: found.id, idOrAlias: crn.resource });
  return {
    instance: toKeyInstance(found.doc),
    active: found.doc.state === 'active',
    key: key?.doc.crn === keyCrn ? key : undefined,
  };
}

/** What the consumer asks IAM for: to read the key, which need not be there. */
function requestFor(
  session: Session,
  { instance, key }: Located,
  keyId: string,
  consumer: KeyConsumer,
): AuthorizationRequest {
  return {
    account: session.options.account,
    sourceService: consumer.sourceService,
    sourceInstance: consumer.sourceInstance,
    sourceResourceType: consumer.sourceResourceType,
    sourceResourceGroup: consumer.sourceResourceGroup,
    targetService: instance.service,
    targetInstance: instance.guid,
    targetResourceType: 'key',
    targetResource: keyId,
    targetKeyRing: key && seenRing(session, key.doc),
    targetResourceGroup: instance.resourceGroup,
    targetRegion: instance.region,
    role: reader,
  };
}

/** `from` is when an authorization that exists already will be noticed. */
function notAuthorized(instance: KeyInstance, consumer: KeyConsumer, from: Instant | undefined): Refusal {
  const { sourceService, sourceResourceType } = consumer;
  const source =
    sourceResourceType === undefined ? sourceService : `${sourceService} (${sourceResourceType})`;
  const target = `${instance.service} instance ${instance.guid}`;
  if (from === undefined) {
    return refused(
      'not-authorized',
      `no authorization lets ${source} read keys of ${target}`,
      `create one: source ${source}, target ${target}, role Reader`,
    );
  }
  const visible = formatInstant(from);
  const cause = `the authorization that lets ${source} read keys of ${target} is not visible to it before ${visible}`;
  const remedy = `try again from ${visible} on; in Terraform, let a time_sleep stand between the authorization and what needs it`;
  return { ...refused('not-authorized', cause, remedy), authorizedFrom: from };
}

export interface CheckKey {
  readonly keyCrn: string;
  readonly consumer: KeyConsumer;
  /** Region of the resource that is to be encrypted; the key has to be in the same one. */
  readonly region?: string;
}

/** Whether the consumer may encrypt something new with the key now. */
export async function checkKey(session: Session, { keyCrn, consumer, region }: CheckKey): Promise<KeyAccess> {
  const crn = tryParseCrn(keyCrn);
  if (crn === undefined || !isKeyCrn(crn)) {
    return refused(
      'crn-invalid',
      `'${keyCrn}' is not the CRN of a key`,
      'give the CRN of a root key of Key Protect or Hyper Protect Crypto Services',
    );
  }
  const { account } = session.options;
  if (accountOf(crn) !== account) {
    return refused(
      'foreign-account',
      `the key belongs to account ${accountOf(crn) ?? '(none)'}, not to ${account}`,
      'use a key of the same account',
    );
  }
  if (region !== undefined && regionOf(crn.location) !== regionOf(region)) {
    return refused(
      'foreign-region',
      `the key is in region ${crn.location}, the resource in ${regionOf(region)}`,
      `use a key of an instance in ${regionOf(region)}`,
    );
  }
  return access(session, keyCrn, crn, consumer);
}

async function access(session: Session, keyCrn: string, crn: Crn, consumer: KeyConsumer): Promise<KeyAccess> {
  const located = await locate(session, keyCrn);
  if (located === undefined || !located.active) {
    return refused(
      'instance-unknown',
      `there is no active ${crn.serviceName} instance ${crn.serviceInstance}`,
      'use a key of an instance that exists',
    );
  }
  const { instance, key } = located;
  const request = requestFor(session, located, crn.resource, consumer);
  if (!(await isAuthorized(session, request))) {
    return notAuthorized(instance, consumer, await authorizedFrom(session, request));
  }
  if (key === undefined) {
    return refused(
      'key-unknown',
      `instance ${instance.guid} has no key ${crn.resource}`,
      'use the CRN of a key that exists',
    );
  }
  return usability(session, instance, key.doc);
}

function usability(session: Session, instance: KeyInstance, key: KeyDocument): KeyAccess {
  if (key.extractable) {
    return refused('not-root', 'the key is a standard (extractable) key', 'use a root key');
  }
  const state = stateAt(key, session.now);
  if (!permits(state, 'register')) {
    return refused('not-active', `the key is ${state}`, remedyOf(state), state);
  }
  const { crn, id, name, service, imported } = key;
  return {
    usable: true,
    key: {
      crn,
      id,
      name,
      instance: key.instance,
      service,
      region: instance.region,
      state,
      imported,
      keyVersion: key.version.id,
    },
  };
}

/**
 * What things that are already encrypted see of the key. A change of the key's state is noticed when
 * `options.propagation` has passed, or at once when the key was synchronized after it.
 */
export async function conditionOfKey(
  session: Session,
  { keyCrn, consumer }: { readonly keyCrn: string; readonly consumer: KeyConsumer },
): Promise<Condition> {
  const located = await locate(session, keyCrn);
  if (located?.key === undefined) return 'purged';
  const { key } = located;
  return conditionOf({
    keyState: noticedState(session, key.doc),
    authorized: await wouldBeAuthorized(session, requestFor(session, located, key.id, consumer)),
  });
}

function noticedState(session: Session, key: KeyDocument): KeyState | 'purged' {
  const synced = key.syncedAt === undefined ? Number.NEGATIVE_INFINITY : parseInstant(key.syncedAt);
  return stateAt(key, Math.max(session.now - session.options.propagation, synced));
}

async function rootKey(session: Session, keyCrn: string): Promise<KeyDocument> {
  const located = await locate(session, keyCrn);
  if (located?.key === undefined) throw new KeyUnusable(keyCrn, 'key-unknown');
  if (located.key.doc.extractable) throw new KeyUnusable(keyCrn, 'not-root');
  return located.key.doc;
}

/** Throws {@link KeyUnusable} when the state does not permit the operation. */
function mustPermit(key: KeyDocument, state: KeyState | 'purged', operation: KeyOperation): void {
  if (!permits(state, operation)) throw new KeyUnusable(key.crn, 'not-active', state);
}

export interface RegisterResource {
  readonly keyCrn: string;
  readonly resourceCrn: string;
  readonly description?: string;
  /** A retention policy: the key cannot be deleted while the resource is registered, not even with force. */
  readonly preventKeyDeletion?: boolean;
}

/** Registers a resource on an active root key; renews the registration when there is one. */
export async function registerResource(session: Session, wanted: RegisterResource): Promise<void> {
  const { resourceCrn, description = '', preventKeyDeletion = false } = wanted;
  const key = await rootKey(session, wanted.keyCrn);
  mustPermit(key, stateAt(key, session.now), 'register');
  await register(session, key, { resourceCrn, description, preventKeyDeletion });
}

export interface ReleaseResource {
  readonly keyCrn: string;
  readonly resourceCrn: string;
  readonly consumer: KeyConsumer;
}

/**
 * Takes the registration of a resource that is gone from its key. It stays behind (`dangling`) when the consumer is no
 * longer authorized, or the instance of the key cannot be reached. (behaviour.md A2, B6)
 */
export async function releaseResource(
  session: Session,
  { keyCrn, resourceCrn, consumer }: ReleaseResource,
): Promise<'released' | 'dangling'> {
  const crn = tryParseCrn(keyCrn);
  const registration = crn && (await findRegistration(session, crn.resource, resourceCrn));
  if (crn === undefined || registration === undefined) return 'released';
  const located = await locate(session, keyCrn);
  const reached =
    located?.active === true &&
    (await isAuthorized(session, requestFor(session, located, crn.resource, consumer)));
  if (!reached) {
    await leaveDangling(session, registration);
    return 'dangling';
  }
  await release(session, registration);
  return 'released';
}

/** A new 256-bit data key and its wrapped form under the newest version of the root key. */
export async function wrapDataKey(
  session: Session,
  { keyCrn, associated }: { readonly keyCrn: string; readonly associated: string },
): Promise<{ readonly dataKey: Buffer; readonly wrapped: string; readonly keyVersion: string }> {
  const key = await rootKey(session, keyCrn);
  mustPermit(key, stateAt(key, session.now), 'wrap');
  const dataKey = generatedMaterial(session);
  return { dataKey, wrapped: await wrap(session, key, dataKey, [associated]), keyVersion: key.version.id };
}

/**
 * The data key again. Services keep data keys at hand until they notice a change of the root key, so it is the noticed
 * state that decides (see {@link conditionOfKey}). Throws {@link KeyUnusable} when that state forbids unwrapping.
 */
export async function unwrapDataKey(
  session: Session,
  request: { readonly keyCrn: string; readonly wrapped: string; readonly associated: string },
): Promise<Buffer> {
  const key = await rootKey(session, request.keyCrn);
  mustPermit(key, noticedState(session, key), 'unwrap');
  const ciphertext = Buffer.from(request.wrapped, 'base64');
  return (await unwrap(session, key, ciphertext, [request.associated])).plaintext;
}
