export type { LockMode } from '../../domain/secrets/locks';
export { type ISecret, Secret, type SecretAttributes, type SecretProps } from './secret';
export { type ISecretGroup, SecretGroup, type SecretGroupProps } from './secret-group';
export { SecretLock, type SecretLockProps } from './secret-lock';
export { SecretValue, type SecretVariableProps } from './secret-value';
export {
  type ISecretsManagerInstance,
  SecretsManagerInstance,
  type SecretsManagerInstanceAttributes,
  type SecretsManagerInstanceProps,
} from './secrets-manager-instance';
