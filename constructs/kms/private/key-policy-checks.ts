import type { Construct } from 'constructs';
import { keyLimits } from '../../../domain/limits';
import { ConstructError } from '../../construct-error';
import { identityOf } from '../../private/identity';
import { ownAlone } from '../../private/sole-owner';
import { checkInteger } from '../../private/text';
import type { KeyPolicySettings } from '../key-policies';
import type { IRootKey } from '../root-key-base';

/** Throws {@link ConstructError} for a rotation that Key Protect would refuse (ibm-control-plane.md 6.1.6). */
export function checkRotation(
  construct: Construct,
  { rotationIntervalMonths, rotationEnabled }: KeyPolicySettings,
): void {
  checkInteger(construct, 'rotationIntervalMonths', rotationIntervalMonths, keyLimits.rotationIntervalMonths);
  if (rotationEnabled !== undefined && rotationIntervalMonths === undefined) {
    throw new ConstructError(
      construct,
      `rotationEnabled is ${rotationEnabled} without rotationIntervalMonths, but the rotation policy of a key has an interval even while it is off`,
      'give the interval too',
    );
  }
}

/** Throws {@link ConstructError} for policies that the key cannot have. */
export function checkKeyPolicies(construct: Construct, settings: KeyPolicySettings, key: IRootKey): void {
  checkRotation(construct, settings);
  const { rotationIntervalMonths, dualAuthorizationDelete } = settings;
  if (rotationIntervalMonths === undefined && dualAuthorizationDelete === undefined) {
    throw new ConstructError(
      construct,
      `sets no policy of ${key.node.path}`,
      'give rotationIntervalMonths or dualAuthorizationDelete, or leave the construct out',
    );
  }
  if (rotationIntervalMonths !== undefined && key.imported === true) {
    throw new ConstructError(
      construct,
      `rotationIntervalMonths is given for ${key.node.path}, whose material is imported, but only generated keys rotate by themselves`,
      'leave it out, and rotate the key with new material of yours',
    );
  }
}

/** The policies of a key have one owner in an app: two resources would undo each other's settings at every apply. */
export function ownKeyPolicies(construct: Construct, key: IRootKey): void {
  const { keyInstance: instance } = key;
  ownAlone(construct, {
    identity: ['key policies', identityOf(instance, instance.instanceGuid), identityOf(key, key.keyId)],
    description: `the policies of ${key.node.path}`,
    remedy: 'name all of them in one of the two',
  });
}
