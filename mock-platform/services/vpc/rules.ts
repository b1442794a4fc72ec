/** What a volume may be: its name, zone, size, resource group and key. Each check throws the vendor's refusal. */
import { vpcLimits } from '../../../domain/limits';
import { type RegionName, regionNames, regionOfZone, zonesOf } from '../../../domain/regions';
import { isVolumeProfile, type VolumeProfileName, volumeProfileNames } from '../../../domain/vpc/profiles';
import type { Session } from '../../kernel/operation';
import { checkKey, type KeyAccessRefusal } from '../key-protect/usage';
import { defaultResourceGroup, findResourceGroup } from '../resource-controller/instances';
import {
  keyRefused,
  nameDuplicate,
  nameInvalid,
  notPositive,
  profileNameMissing,
  profileNotFound,
  resourceGroupIdInvalid,
  resourceGroupNotFound,
  sizeRefused,
  zoneInconsistent,
  zoneInvalid,
} from './errors';
import { volumeConsumer, volumeNamed } from './model';
import { randomName } from './names';
import { sizeObjection, type VolumeSize } from './performance';

/** A resource named in a request: by name, or by the last part of its href. */
export function identityName(identity: { readonly name?: string; readonly href?: string }): string {
  return identity.name ?? identity.href?.split('/').pop() ?? '';
}

/** The region of the zone; when the request came to the host of a region, it must be that one. */
export function checkZone(zone: string, endpointRegion: string | undefined): RegionName {
  const region = regionOfZone(zone);
  if (region === undefined) throw zoneInvalid(zone, regionNames.flatMap(zonesOf));
  if (endpointRegion !== undefined && endpointRegion !== region) throw zoneInconsistent(zone, endpointRegion);
  return region;
}

export function checkProfile(name: string): VolumeProfileName {
  if (name === '') throw profileNameMissing();
  if (!isVolumeProfile(name)) throw profileNotFound(name, volumeProfileNames);
  return name;
}

/** A name that is well formed and free in its region. */
export async function checkName(session: Session, region: RegionName, name: string): Promise<string> {
  if (name.length > vpcLimits.name.max || !vpcLimits.name.pattern.test(name)) throw nameInvalid(name);
  if ((await volumeNamed(session, region, name)) !== undefined) throw nameDuplicate(name, region);
  return name;
}

export async function freeName(session: Session, region: RegionName): Promise<string> {
  for (;;) {
    const name = randomName(session.context.random);
    if ((await volumeNamed(session, region, name)) === undefined) return name;
  }
}

export function checkSize(size: VolumeSize): VolumeSize {
  if (size.capacity <= 0) throw notPositive('capacity', size.capacity);
  if (size.iops !== undefined && size.iops <= 0) throw notPositive('iops', size.iops);
  const objection = sizeObjection(size);
  if (objection !== undefined) throw sizeRefused(size, objection);
  return size;
}

/** Id of the group that was asked for, or of the account's default one. */
export async function checkResourceGroup(session: Session, id: string | undefined): Promise<string> {
  if (id === undefined) return (await defaultResourceGroup(session)).id;
  if (!/^[0-9a-f]{32}$/.test(id)) throw resourceGroupIdInvalid(id);
  if ((await findResourceGroup(session, id)) === undefined) throw resourceGroupNotFound(id);
  return id;
}

const notUsable = 'the root key given by encryption_key.crn cannot be used for this volume';

/**
 * Codes of ibm-vpc.md 5. A key that cannot be reached, a missing authorization included, is reported as
 * `volume_crn_invalid`: that is what users see (4.10), although an archived list has
 * `volume_encryption_key_not_authorized`.
 */
const keyProblems: Record<KeyAccessRefusal, { readonly code: string; readonly message: string }> = {
  'crn-invalid': {
    code: 'volume_encryption_key_crn_invalid',
    message: 'encryption_key.crn is not the CRN of a root key',
  },
  'not-root': {
    code: 'volume_encryption_key_crn_invalid',
    message: 'encryption_key.crn names a standard key; a root key is needed',
  },
  'foreign-account': {
    code: 'volume_crn_account_id_mismatch',
    message: 'encryption_key.crn names a key of another account',
  },
  'foreign-region': {
    code: 'volume_encryption_key_crn_invalid',
    message: 'encryption_key.crn names a key of another region',
  },
  'instance-unknown': { code: 'volume_crn_invalid', message: notUsable },
  'key-unknown': { code: 'volume_crn_invalid', message: notUsable },
  'not-authorized': { code: 'volume_crn_invalid', message: notUsable },
  'not-active': { code: 'volume_encryption_key_not_active', message: 'the root key is not active' },
};

/** The key may encrypt a new volume of that region now. */
export async function checkEncryptionKey(session: Session, keyCrn: string, region: string): Promise<void> {
  const access = await checkKey(session, { keyCrn, consumer: volumeConsumer, region });
  if (access.usable) return;
  const { code, message } = keyProblems[access.reason];
  throw keyRefused(code, message, { cause: access.cause, remedy: access.remedy });
}
