import { Construct, type IConstruct } from 'constructs';
import { keyLimits } from '../../domain/limits';
import { KmsKeyRings } from '../bindings/ibm/kms-key-rings';
import { ConstructError } from '../construct-error';
import { identityOf } from '../private/identity';
import { nameFromPath } from '../private/names';
import { ownAlone } from '../private/sole-owner';
import { checkName, quoted } from '../private/text';
import type { IKeyManagementInstance } from './key-management-instance';

/** A key ring, of this stack or from elsewhere. */
export interface IKeyRing extends IConstruct {
  /** Id of the ring, unique in its instance. */
  readonly keyRingId: string;
  /** Instance that the ring is in; undefined when a ring from elsewhere was described without it. */
  readonly keyRingInstance: IKeyManagementInstance | undefined;
}

export interface KeyRingProps {
  /** Instance that the ring is in. Changing it replaces the ring. */
  readonly instance: IKeyManagementInstance;

  /**
   * Id of the ring, 2 to 100 letters, digits and hyphens, unique in the instance and not `default`. Changing it replaces
   * the ring.
   * @default - the path of the construct
   */
  readonly keyRingId?: string;
}

/**
 * A group of keys that access can be granted on together (`ibm_kms_key_rings`; ibm-control-plane.md 4.3, 6.1.8). Throws
 * `ConstructError` for an id that the service would refuse, or that another construct of the app declares in the instance.
 */
export class KeyRing extends Construct implements IKeyRing {
  /** A ring that exists already, by its id. */
  static fromKeyRingId(scope: Construct, id: string, keyRingId: string): IKeyRing {
    return new ExistingKeyRing(scope, id, keyRingId);
  }

  /** The Terraform resource, for what this class does not offer. */
  readonly resource: KmsKeyRings;
  readonly keyRingId: string;
  readonly keyRingInstance: IKeyManagementInstance;

  constructor(scope: Construct, id: string, props: KeyRingProps) {
    super(scope, id);
    const { instance, keyRingId = nameFromPath(this, keyLimits.ring) } = props;
    checkName(this, 'keyRingId', keyRingId, {
      ...keyLimits.ring,
      characters: 'letters, digits and hyphens',
    });
    if (keyRingId === 'default') {
      throw new ConstructError(
        this,
        "keyRingId 'default' is the ring that every instance has",
        'leave keyRing out of the keys that belong there',
      );
    }
    ownAlone(this, {
      identity: ['key ring', identityOf(instance, instance.instanceGuid), identityOf(this, keyRingId)],
      description: `the ring ${quoted(keyRingId)} of ${instance.node.path}`,
      remedy: 'use the one ring for the keys of both',
    });
    this.keyRingInstance = instance;
    this.resource = new KmsKeyRings(this, 'Default', { instanceId: instance.instanceGuid, keyRingId });
    // Read from the resource, so that a key in the ring waits for it.
    this.keyRingId = this.resource.keyRingId;
  }
}

class ExistingKeyRing extends Construct implements IKeyRing {
  readonly keyRingInstance = undefined;

  constructor(
    scope: Construct,
    id: string,
    readonly keyRingId: string,
  ) {
    super(scope, id);
  }
}
