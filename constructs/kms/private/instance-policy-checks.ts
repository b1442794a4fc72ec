import type { Construct } from 'constructs';
import { keyLimits } from '../../../domain/limits';
import { ConstructError } from '../../construct-error';
import { identityOf } from '../../private/identity';
import { ownAlone } from '../../private/sole-owner';
import { checkInteger } from '../../private/text';
import type { KeyInstancePolicySettings } from '../key-instance-policies';
import type { IKeyManagementInstance } from '../key-management-instance';

/** Throws {@link ConstructError} for the first setting that Key Protect would refuse (ibm-control-plane.md 6.1.7). */
export function checkInstancePolicies(
  construct: Construct,
  settings: KeyInstancePolicySettings,
  instance: IKeyManagementInstance,
): void {
  if (Object.values(settings).every((setting) => setting === undefined)) {
    throw new ConstructError(
      construct,
      `sets no policy of ${instance.node.path}`,
      'give one, or leave the policies out',
    );
  }
  checkRotation(construct, settings);
  checkAccess(construct, settings);
}

function checkRotation(
  construct: Construct,
  { rotationIntervalMonths, rotationEnabled }: KeyInstancePolicySettings,
): void {
  checkInteger(construct, 'rotationIntervalMonths', rotationIntervalMonths, keyLimits.rotationIntervalMonths);
  if (rotationEnabled === true && rotationIntervalMonths === undefined) {
    throw new ConstructError(
      construct,
      'rotationEnabled is true without rotationIntervalMonths, but keys cannot rotate without an interval',
      'give the interval too',
    );
  }
  if (rotationEnabled === false && rotationIntervalMonths !== undefined) {
    throw new ConstructError(
      construct,
      `rotationEnabled is false together with rotationIntervalMonths ${rotationIntervalMonths}, but a policy that is off has no interval`,
      'leave the interval out',
    );
  }
}

function checkAccess(construct: Construct, { keyCreateImportAccess = {} }: KeyInstancePolicySettings): void {
  const { enabled, ...restrictions } = keyCreateImportAccess;
  const [given] = Object.entries(restrictions).find(([, value]) => value !== undefined) ?? [];
  if (enabled === false && given !== undefined) {
    throw new ConstructError(
      construct,
      `keyCreateImportAccess is not enabled but gives ${given}, and a policy that is off has no restrictions`,
      'leave the restrictions out, or enable it',
    );
  }
}

/** Two resources would undo each other's settings at every apply. */
export function ownInstancePolicies(construct: Construct, instance: IKeyManagementInstance): void {
  ownAlone(construct, {
    identity: ['instance policies', identityOf(instance, instance.instanceGuid)],
    description: `the policies of ${instance.node.path}`,
    remedy: 'name all of them in one of the two',
  });
}
