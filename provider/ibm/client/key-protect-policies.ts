/** Policies of Key Protect keys and instances on the wire (ibm-control-plane.md 6.1.6, 6.1.7). */

export interface RotationPolicy {
  /** Left out when a policy is only switched on or off, or only its interval changes. */
  readonly enabled?: boolean;
  /** 1 to 12 months. */
  readonly interval_month?: number;
}

export interface KeyPolicyDraft {
  readonly rotation?: RotationPolicy;
  readonly dualAuthDelete?: { readonly enabled: boolean };
}

export interface KeyPolicy extends KeyPolicyDraft {
  readonly crn: string;
  readonly creationDate: string;
  readonly createdBy: string;
  readonly lastUpdateDate: string;
  readonly updatedBy: string;
}

export const instancePolicyTypes = [
  'dualAuthDelete',
  'keyCreateImportAccess',
  'metrics',
  'rotation',
] as const;

export type InstancePolicyType = (typeof instancePolicyTypes)[number];

/** Attributes of `keyCreateImportAccess` and of `rotation`. */
export interface InstancePolicyAttributes {
  readonly create_root_key?: boolean;
  readonly create_standard_key?: boolean;
  readonly import_root_key?: boolean;
  readonly import_standard_key?: boolean;
  readonly enforce_token?: boolean;
  readonly interval_month?: number;
}

export interface InstancePolicy {
  /** One of {@link instancePolicyTypes}, or one for which the provider has no block. */
  readonly policy_type: string;
  readonly policy_data: { readonly enabled: boolean; readonly attributes?: InstancePolicyAttributes };
  readonly creationDate?: string;
  readonly createdBy?: string;
  readonly lastUpdated?: string;
  readonly updatedBy?: string;
}
