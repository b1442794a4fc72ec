import { Token } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { vpcLimits } from '../../domain/limits';
import {
  checkVolumeSize,
  defaultCapacity,
  isVolumeProfile,
  type VolumeProfileName,
  type VolumeSize,
  type VolumeSizeObjection,
  volumeProfileNames,
} from '../../domain/vpc/profiles';
import { IsVolume } from '../bindings/ibm/is-volume';
import { ConstructError } from '../construct-error';
import type { IKeyConsumer } from '../iam/key-consumer';
import { checkKeyRegion } from '../kms/private/key-region';
import type { IRootKey } from '../kms/root-key-base';
import { nameFromPath } from '../private/names';
import { checkName, checkOneOf, checkText } from '../private/text';
import type { IResourceGroup } from '../resources/resource-group';

/** A block storage volume, of this stack or from elsewhere. */
export interface IVolume extends IConstruct {
  /** Id of the volume. */
  readonly volumeId: string;
}

export interface EncryptedVolumeProps {
  /** Root key that the volume is encrypted with. Changing it replaces the volume. */
  readonly encryptionKey: IRootKey;

  /** Zone, such as `us-south-1`. Changing it replaces the volume. */
  readonly zone: string;

  /**
   * Name of the volume, 1 to 63 characters, unique in the region.
   * @default - the path of the construct
   */
  readonly name?: string;

  /**
   * Profile, which decides performance and possible sizes. Changing to or from `custom` replaces the volume.
   * @default 'general-purpose'
   */
  readonly profile?: VolumeProfileName;

  /**
   * Size in gigabytes. It can grow, not shrink.
   * @default - 100, or the size of the snapshot
   */
  readonly capacity?: number;

  /**
   * Input and output operations per second. For the profiles `custom` and `sdp`.
   * @default - the least that the profile allows for the capacity
   */
  readonly iops?: number;

  /**
   * Id of the snapshot that the volume is made from. Changing it replaces the volume.
   * @default - an empty volume
   */
  readonly sourceSnapshotId?: string;

  /**
   * Resource group of the volume. Changing it replaces the volume.
   * @default - the account's default group
   */
  readonly resourceGroup?: IResourceGroup;

  /**
   * Tags of the volume.
   * @default - none
   */
  readonly tags?: readonly string[];
}

/** A block storage volume encrypted with a root key (`ibm_is_volume`). */
export class EncryptedVolume extends Construct implements IVolume, IKeyConsumer {
  /** A volume that exists already. */
  static fromVolumeId(scope: Construct, id: string, volumeId: string): IVolume {
    return new ExistingVolume(scope, id, volumeId);
  }

  readonly keyConsumer = 'volume';
  /** The Terraform resource, for what this class does not offer. */
  readonly resource: IsVolume;
  readonly volumeId: string;
  /** CRN of the volume. */
  readonly volumeCrn: string;

  constructor(scope: Construct, id: string, props: EncryptedVolumeProps) {
    super(scope, id);
    const { encryptionKey, zone, profile = 'general-purpose', capacity, iops, tags } = props;
    const name = props.name ?? nameFromPath(this, vpcLimits.name);
    this.check(name, profile, props);
    this.resource = new IsVolume(this, 'Default', {
      name,
      zone,
      profile,
      capacity,
      iops,
      encryptionKey: encryptionKey.keyCrn,
      sourceSnapshot: props.sourceSnapshotId,
      resourceGroup: props.resourceGroup?.resourceGroupId,
      tags: tags && [...tags],
    });
    this.volumeId = this.resource.id;
    this.volumeCrn = this.resource.crn;
    encryptionKey.grantEncrypt(this);
  }

  private check(name: string, profile: string, props: EncryptedVolumeProps): void {
    checkName(this, 'name', name, {
      ...vpcLimits.name,
      characters:
        'lower-case letters, digits and hyphens, starting with a letter and not ending with a hyphen',
    });
    checkOneOf(this, 'profile', profile, volumeProfileNames);
    for (const tag of props.tags ?? []) {
      checkText(this, 'tag', tag, {
        ...vpcLimits.tag,
        characters: 'letters, digits, spaces and the characters : _ . -',
      });
    }
    checkKeyRegion(this, 'zone', props.zone, props.encryptionKey);
    this.checkSize(profile, props);
  }

  /** Without a capacity the size of a snapshot is not known here, so only a volume without one is checked then. */
  private checkSize(profile: string, props: EncryptedVolumeProps): void {
    if (!isVolumeProfile(profile)) return;
    const fromSnapshot = props.sourceSnapshotId !== undefined && props.capacity === undefined;
    const { capacity = defaultCapacity, iops } = props;
    if (fromSnapshot || Token.isUnresolved(capacity) || Token.isUnresolved(iops)) return;
    const objection = checkVolumeSize({ profile, capacity, iops });
    if (!objection) return;
    throw new ConstructError(this, ...explain({ profile, capacity, iops }, objection));
  }
}

/** What is wrong with the size, and what to do about it. */
function explain(
  size: VolumeSize,
  objection: VolumeSizeObjection,
): readonly [problem: string, remedy: string] {
  const { profile, capacity, iops } = size;
  switch (objection.refusal) {
    case 'capacity-out-of-range':
      return [
        `capacity ${capacity} is outside of the ${objection.min} to ${objection.max} gigabytes that profile ${profile} allows`,
        'choose a size in that range or another profile',
      ];
    case 'iops-not-settable':
      return [
        `iops ${iops} is given, but profile ${profile} derives it from the capacity`,
        "leave iops out, or choose profile 'custom' or 'sdp'",
      ];
    case 'iops-out-of-range':
      return [
        `iops ${iops} is outside of the ${objection.min} to ${objection.max} that profile ${profile} allows for ${capacity} gigabytes`,
        'choose a value in that range or another capacity',
      ];
  }
}

class ExistingVolume extends Construct implements IVolume {
  constructor(
    scope: Construct,
    id: string,
    readonly volumeId: string,
  ) {
    super(scope, id);
  }
}
