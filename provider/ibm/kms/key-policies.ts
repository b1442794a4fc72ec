/** Policies of a key: from configured blocks to requests, from answers to blocks (ibm-control-plane.md 4.4, 6.1.6). */
import { parseCrn } from '../../../domain/crn';
import { allowedRange } from '../../core/vendor-validators';
import type { KeyPolicy, KeyPolicyDraft } from '../client/key-protect-policies';
import { goTime } from '../state/dates';

/** Of `interval_month`. */
export const months = allowedRange(1, 12);

interface PolicyRecord {
  readonly id: string | null;
  readonly crn: string | null;
  readonly created_by: string | null;
  readonly creation_date: string | null;
  readonly updated_by: string | null;
  readonly last_update_date: string | null;
}

export interface RotationBlock extends PolicyRecord {
  readonly enabled: boolean | null;
  readonly interval_month: number | null;
}

export interface DualAuthBlock extends PolicyRecord {
  readonly enabled: boolean | null;
}

export interface KeyPolicyBlocks {
  readonly rotation: readonly RotationBlock[];
  readonly dual_auth_delete: readonly DualAuthBlock[];
}

/** What can be configured of either block. */
export interface WishedKeyPolicies {
  readonly rotation: readonly Pick<RotationBlock, 'enabled' | 'interval_month'>[];
  readonly dual_auth_delete: readonly Pick<DualAuthBlock, 'enabled'>[];
}

/**
 * The vendor's client sends this for an interval that is not set when policies are created; the API answers what it
 * takes.
 */
const noInterval = -1;

/** For a new set of policies: a rotation policy must have an interval. */
export function newKeyPolicies(wish: WishedKeyPolicies): KeyPolicyDraft {
  const [rotation] = wish.rotation;
  const { dualAuthDelete } = changedKeyPolicies({ ...wish, rotation: [] });
  return {
    ...(rotation && {
      rotation: { enabled: rotation.enabled ?? false, interval_month: rotation.interval_month || noInterval },
    }),
    ...(dualAuthDelete && { dualAuthDelete }),
  };
}

/** For policies that exist: without an interval a rotation policy is only switched on or off. */
export function changedKeyPolicies({
  rotation: [rotation],
  dual_auth_delete: [dual],
}: WishedKeyPolicies): KeyPolicyDraft {
  return {
    ...(rotation && {
      rotation: {
        enabled: rotation.enabled ?? false,
        ...(rotation.interval_month ? { interval_month: rotation.interval_month } : {}),
      },
    }),
    ...(dual && { dualAuthDelete: { enabled: dual.enabled ?? false } }),
  };
}

function record(policy: KeyPolicy): PolicyRecord {
  return {
    id: parseCrn(policy.crn).resource,
    crn: policy.crn,
    created_by: policy.createdBy,
    creation_date: goTime(policy.creationDate),
    updated_by: policy.updatedBy,
    last_update_date: goTime(policy.lastUpdateDate),
  };
}

/** Undefined when the key has no policy at all: the vendor then leaves the blocks as they are. */
export function keyPolicyBlocks(policies: readonly KeyPolicy[]): KeyPolicyBlocks | undefined {
  if (policies.length === 0) return undefined;
  return {
    rotation: policies.flatMap((policy) =>
      policy.rotation
        ? [
            {
              ...record(policy),
              enabled: policy.rotation.enabled ?? false,
              interval_month: policy.rotation.interval_month ?? 0,
            },
          ]
        : [],
    ),
    dual_auth_delete: policies.flatMap((policy) =>
      policy.dualAuthDelete ? [{ ...record(policy), enabled: policy.dualAuthDelete.enabled }] : [],
    ),
  };
}
