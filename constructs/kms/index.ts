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
  AllowedNetwork,
  IKeyManagementInstance,
  KeyManagementInstanceAttributes,
  KeyManagementService,
} from './key-management-instance';
export type { EncryptedKeyMaterial } from './key-material';
export { KeyPolicies, type KeyPoliciesProps, type KeyPolicySettings } from './key-policies';
export {
  type IKeyProtectInstance,
  KeyProtectInstance,
  type KeyProtectInstanceProps,
} from './key-protect-instance';
export { KeyRegistrations, type KeyRegistrationsProps, type RegistrationFilter } from './key-registrations';
export { type IKeyRing, KeyRing, type KeyRingProps } from './key-ring';
export { RootKey, type RootKeyAttributes, type RootKeyProps } from './root-key';
export type { IRootKey } from './root-key-base';
