/**
 * What Secrets Manager has to say when an instance is made, reclaimed or restored: a customer-managed root key is
 * checked and registered, permanent deletion takes the data and the registration with it. (behaviour.md B3, B5, B6)
 */
import { isKeyCrn, parseCrn, regionOf, tryParseCrn } from '../../../domain/crn';
import { missingPrerequisites, type Prerequisite } from '../../../domain/secrets/customer-managed-key';
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

interface Missing {
  readonly what: string;
  readonly remedy: string;
}

const missing: Record<Prerequisite, (keyCrn: string) => Missing> = {
  'key-instance': (keyCrn) => ({
    what: `the key management instance ${parseCrn(keyCrn).serviceInstance}`,
    remedy: 'create the instance, or name a key of one that exists',
  }),
  'root-key': (keyCrn) => ({
    what: `an active root key ${parseCrn(keyCrn).resource}`,
    remedy: 'create, enable or restore the root key, or name another one',
  }),
  authorization: (keyCrn) => ({
    what: `an authorization that lets ${secretsManager} use ${parseCrn(keyCrn).serviceName} instance ${parseCrn(keyCrn).serviceInstance} with the role Reader`,
    remedy: `create one: source ${secretsManager}, target ${parseCrn(keyCrn).serviceName} instance ${parseCrn(keyCrn).serviceInstance}, role Reader`,
  }),
  'same-region': (keyCrn) => ({
    what: `a key in the region of the instance; the key is in ${parseCrn(keyCrn).location}`,
    remedy: 'create both in one region',
  }),
};

function refused(
  message: string,
  details: { readonly cause: string; readonly remedy: string },
): ServiceError {
  return new ServiceError({ status: 400, code: brokerRefusal, message, ...details });
}

/** Prerequisites that a refusal of the key management service speaks of; it names one at a time. */
const reasons: Partial<Record<KeyAccessRefusal, Prerequisite>> = {
  'instance-unknown': 'key-instance',
  'key-unknown': 'root-key',
  'not-root': 'root-key',
  'not-active': 'root-key',
  'not-authorized': 'authorization',
  'foreign-region': 'same-region',
};

function prerequisites(keyCrn: string, region: string, access: KeyAccess): readonly Prerequisite[] {
  const reason = access.usable ? undefined : reasons[access.reason];
  return missingPrerequisites({
    keyInstanceExists: reason !== 'key-instance',
    rootKeyUsable: reason !== 'root-key',
    authorized: reason !== 'authorization',
    region,
    keyRegion: regionOf(parseCrn(keyCrn).location),
  });
}

async function validateCreate(session: Session, draft: InstanceDocument): Promise<void> {
  const given = draft.parameters['kms_key'];
  if (given === undefined || given === '') return;
  const keyCrn = String(given);
  const crn = tryParseCrn(keyCrn);
  if (crn === undefined || !isKeyCrn(crn))
    throw refused('The parameter kms_key is not the CRN of a root key', {
      cause: `'${keyCrn}' is not the CRN of a key of Key Protect or Hyper Protect Crypto Services`,
      remedy: 'give the CRN of a root key, or leave kms_key out for a key that the provider manages',
    });
  // The region is compared by `prerequisites`, so that it is named beside whatever else is missing.
  const access = await checkKey(session, { keyCrn, consumer: consumerOf(draft) });
  const lacking = prerequisites(keyCrn, draft.location, access).map((name) => missing[name](keyCrn));
  if (lacking.length > 0)
    throw refused(
      `The instance cannot be created with the root key of kms_key: missing ${lacking.map(({ what }) => what).join('; ')}`,
      {
        cause: access.usable ? `missing ${lacking.map(({ what }) => what).join('; ')}` : access.cause,
        remedy: lacking.map(({ remedy }) => remedy).join('; '),
      },
    );
  if (!access.usable)
    throw refused('The instance cannot be created with the root key of kms_key', {
      cause: access.cause,
      remedy: access.remedy,
    });
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
  afterCreate,
  afterReclaim,
};
