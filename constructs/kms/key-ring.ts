import { Construct, type IConstruct } from 'constructs';
import { keyLimits } from '../../domain/limits';
import { KmsKeyRings } from '../bindings/ibm/kms-key-rings';
import { ConstructError } from '../construct-error';
import { nameFromPath } from '../private/names';
import { checkName } from '../private/text';
import type { IKeyManagementInstance } from './key-management-instance';

/** A key ring, of this stack or from elsewhere. */
export interface IKeyRing extends IConstruct {
  /** Id of the ring, unique in its instance. */
  readonly keyRingId: string;
}

export interface KeyRingProps {
  /** Instance that the ring is in. Changing it replaces the ring. */
  readonly instance: IKeyManagementInstance;

  /**
   * Id of the ring, unique in the instance. Changing it replaces the ring.
   * @default - the path of the construct
   */
  readonly keyRingId?: string;
}

/** A group of keys that access can be granted on together (`ibm_kms_key_rings`). */
export class KeyRing extends Construct implements IKeyRing {
  /** A ring that exists already. */
  static fromKeyRingId(scope: Construct, id: string, keyRingId: string): IKeyRing {
    return new ExistingKeyRing(scope, id, keyRingId);
  }

  /** The Terraform resource, for what this class does not offer. */
  readonly resource: KmsKeyRings;
  readonly keyRingId: string;

  constructor(scope: Construct, id: string, props: KeyRingProps) {
    super(scope, id);
    const keyRingId = props.keyRingId ?? nameFromPath(this);
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
    this.resource = new KmsKeyRings(this, 'Default', { instanceId: props.instance.instanceGuid, keyRingId });
    // Read from the resource, so that a key in the ring waits for it.
    this.keyRingId = this.resource.keyRingId;
  }
}

class ExistingKeyRing extends Construct implements IKeyRing {
  constructor(
    scope: Construct,
    id: string,
    readonly keyRingId: string,
  ) {
    super(scope, id);
  }
}
