export {
  HyperProtectInstance,
  type HyperProtectInstanceProps,
  type IHyperProtectInstance,
} from './hyper-protect-instance';
export {
  type KeyCreateImportAccess,
  KeyInstancePolicies,
  type KeyInstancePoliciesProps,
  type KeyInstancePolicySettings,
} from './key-instance-policies';
export type {
  IKeyManagementInstance,
  KeyManagementInstanceAttributes,
  KeyManagementService,
} from './key-management-instance';
export { KeyPolicies, type KeyPoliciesProps, type KeyPolicySettings } from './key-policies';
export {
  type IKeyProtectInstance,
  KeyProtectInstance,
  type KeyProtectInstanceProps,
} from './key-protect-instance';
export { type IKeyRing, KeyRing, type KeyRingProps } from './key-ring';
export { RootKey, type RootKeyAttributes, type RootKeyProps } from './root-key';
export type { IRootKey } from './root-key-base';
