/**
 * What Secrets Manager has to say when an instance is made, changed or reclaimed: a customer-managed root key is
 * checked and registered, permanent deletion takes the data and the registration with it. (behaviour.md B3, B5, B6)
 */
import { type Crn, formatCrn, isKeyCrn, regionOf, tryParseCrn } from '../../../domain/crn';
import { missingPrerequisites, type Prerequisite } from '../../../domain/secrets/customer-managed-key';
import { formatInstant } from '../../../domain/time';
import { ServiceError } from '../../kernel/errors';
import type { Session } from '../../kernel/operation';
import {
  checkKey,
  type KeyAccess,
  type KeyAccessRefusal,
  registerResource,
  releaseResource,
} from '../key-protect/usage';
import type { InstanceDocument } from '../resource-controller/instances';
import type { InstanceLifecycle } from '../resource-controller/lifecycle';
import { consumerOf, rootKeyOf, secretsManager } from './instance';
import { locks, secretGroups, secrets, versions } from './model';

/** The Resource Controller's code for a refusal by the service behind an instance. */
const brokerRefusal = 'RC-ServiceBrokerErrorResponse';

const cannot = 'The instance cannot be created with the root key of kms_key';

function refused(message: string, cause: string, remedy: string): ServiceError {
  return new ServiceError({ status: 400, code: brokerRefusal, message, cause, remedy });
}

interface Missing {
  readonly what: string;
  readonly remedy: string;
}

const missing: Record<Prerequisite, (key: Crn, region: string) => Missing> = {
  'key-instance': (key) => ({
    what: `the key management instance ${key.serviceInstance}`,
    remedy: 'create the instance, or name a key of one that exists',
  }),
  'root-key': (key) => ({
    what: `an active root key ${key.resource}`,
    remedy: 'create, enable or restore the root key, or name another one',
  }),
  authorization: ({ serviceName, serviceInstance }) => ({
    what: `an authorization that lets ${secretsManager} use ${serviceName} instance ${serviceInstance} with the role Reader`,
    remedy: `create one: source ${secretsManager}, target ${serviceName} instance ${serviceInstance}, role Reader`,
  }),
  'same-region': (key, region) => ({
    what: `a key in the region of the instance (${region}); the key is in ${regionOf(key.location)}`,
    remedy: 'create both in one region',
  }),
};

/** An authorization that is there, and that Secrets Manager has not noticed yet, is missing for a while. */
function missingFor(name: Prerequisite, { key, region, access }: Lack): Missing {
  const plainly = missing[name](key, region);
  if (name !== 'authorization' || access.usable || access.authorizedFrom === undefined) return plainly;
  const visible = formatInstant(access.authorizedFrom);
  return { what: `${plainly.what}, which is not visible before ${visible}`, remedy: access.remedy };
}

interface Lack {
  readonly key: Crn;
  readonly region: string;
  readonly access: KeyAccess;
}

/** Prerequisites that a refusal of the key management service speaks of; it names one at a time. */
const reasons: Partial<Record<KeyAccessRefusal, Prerequisite>> = {
  'instance-unknown': 'key-instance',
  'key-unknown': 'root-key',
  'not-root': 'root-key',
  'not-active': 'root-key',
  'not-authorized': 'authorization',
};

/** The key that the parameter names; undefined when the provider is to manage the key. */
function keyGiven({ parameters }: InstanceDocument): Crn | undefined {
  const given = parameters['kms_key'];
  if (given === undefined || given === '') return undefined;
  const crn = tryParseCrn(String(given));
  if (crn !== undefined && isKeyCrn(crn)) return crn;
  throw refused(
    'The parameter kms_key is not the CRN of a root key',
    `${JSON.stringify(given)} is not the CRN of a key of Key Protect or Hyper Protect Crypto Services`,
    'give the CRN of a root key, or leave kms_key out for a key that the provider manages',
  );
}

async function validateCreate(session: Session, draft: InstanceDocument): Promise<void> {
  const key = keyGiven(draft);
  if (key === undefined) return;
  // The region is left for the prerequisites, so that it is named beside whatever else is missing.
  const access = await checkKey(session, { keyCrn: formatCrn(key), consumer: consumerOf(draft) });
  const objection = access.usable ? undefined : reasons[access.reason];
  const lacking = missingPrerequisites({
    keyInstanceExists: objection !== 'key-instance',
    rootKeyUsable: objection !== 'root-key',
    authorized: objection !== 'authorization',
    region: draft.location,
    keyRegion: regionOf(key.location),
  }).map((name) => missingFor(name, { key, region: draft.location, access }));
  if (lacking.length > 0) {
    const what = `missing ${lacking.map((each) => each.what).join('; ')}`;
    const remedy = lacking.map((each) => each.remedy).join('; ');
    throw refused(`${cannot}: ${what}`, access.usable ? what : access.cause, remedy);
  }
  if (!access.usable) throw refused(cannot, access.cause, access.remedy);
}

async function afterCreate(session: Session, instance: InstanceDocument): Promise<void> {
  const keyCrn = rootKeyOf(instance);
  if (keyCrn === undefined) return;
  await registerResource(session, {
    keyCrn,
    resourceCrn: instance.crn,
    description: `Secrets Manager instance ${instance.name}`,
  });
}

/** The key is chosen when the instance is made (behaviour.md B2); the parameter may only be said again. */
async function validateUpdate(
  _session: Session,
  before: InstanceDocument,
  after: InstanceDocument,
): Promise<void> {
  const given = keyGiven(after);
  if (rootKeyOf(before) === (given && formatCrn(given))) return;
  throw refused(
    'The parameter kms_key of an instance cannot be changed',
    `the root key is chosen when the instance is created; this one has ${rootKeyOf(before) ?? 'the key of the provider'}`,
    'create another instance with the other key and move the secrets, or rotate the key instead',
  );
}

/** All data goes at once, then the registration; that one is left dangling when the authorization is gone already. */
async function afterReclaim(session: Session, instance: InstanceDocument): Promise<void> {
  const { tx } = session;
  for (const secret of await tx.list(secrets, { scope: instance.guid })) {
    for (const lock of await tx.list(locks, { scope: secret.id })) await tx.remove(lock);
    for (const version of await tx.list(versions, { scope: secret.id })) await tx.remove(version);
    await tx.remove(secret);
  }
  for (const group of await tx.list(secretGroups, { scope: instance.guid })) await tx.remove(group);
  const keyCrn = rootKeyOf(instance);
  if (keyCrn === undefined) return;
  await releaseResource(session, { keyCrn, resourceCrn: instance.crn, consumer: consumerOf(instance) });
}

export const secretsManagerLifecycle: InstanceLifecycle = {
  services: [secretsManager],
  validateCreate,
  validateUpdate,
  afterCreate,
  afterReclaim,
};
