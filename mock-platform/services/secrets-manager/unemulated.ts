/** Operations of Secrets Manager that the platform does not emulate. Source: ibm-control-plane.md 6.2.1, 6.2.9. */
import type { Method, UnemulatedOperation } from '../../kernel/operation';

type Row = readonly [operation: string, method: Method, path: string];

const version2: readonly Row[] = [
  ['createSecretAction', 'POST', '/secrets/:id/actions'],
  ['createSecretVersionAction', 'POST', '/secrets/:secret_id/versions/:id/actions'],
  ['listSecretTasks', 'GET', '/secrets/:secret_id/tasks'],
  ['getSecretTask', 'GET', '/secrets/:secret_id/tasks/:id'],
  ['replaceSecretTask', 'PUT', '/secrets/:secret_id/tasks/:id'],
  ['deleteSecretTask', 'DELETE', '/secrets/:secret_id/tasks/:id'],
  ['createConfiguration', 'POST', '/configurations'],
  ['listConfigurations', 'GET', '/configurations'],
  ['getConfiguration', 'GET', '/configurations/:name'],
  ['updateConfiguration', 'PATCH', '/configurations/:name'],
  ['deleteConfiguration', 'DELETE', '/configurations/:name'],
  ['createConfigurationAction', 'POST', '/configurations/:name/actions'],
  ['createNotificationsRegistration', 'POST', '/notifications/registration'],
  ['getNotificationsRegistration', 'GET', '/notifications/registration'],
  ['deleteNotificationsRegistration', 'DELETE', '/notifications/registration'],
  ['getNotificationsRegistrationTest', 'GET', '/notifications/registration/test'],
];

/** Deprecated since April 2023; npm `@ibm-cloud/secrets-manager` 0.1.1 still speaks it. */
const version1: readonly Row[] = [
  ['putConfig', 'PUT', '/config/:secret_type'],
  ['getConfig', 'GET', '/config/:secret_type'],
  ['putPolicy', 'PUT', '/secrets/:secret_type/:id/policies'],
  ['getPolicy', 'GET', '/secrets/:secret_type/:id/policies'],
  ['createSecretGroup', 'POST', '/secret_groups'],
  ['listSecretGroups', 'GET', '/secret_groups'],
  ['getSecretGroup', 'GET', '/secret_groups/:id'],
  ['updateSecretGroupMetadata', 'PUT', '/secret_groups/:id'],
  ['deleteSecretGroup', 'DELETE', '/secret_groups/:id'],
  ['listAllSecrets', 'GET', '/secrets'],
  ['createSecret', 'POST', '/secrets/:secret_type'],
  ['listSecrets', 'GET', '/secrets/:secret_type'],
  ['getSecret', 'GET', '/secrets/:secret_type/:id'],
  ['deleteSecret', 'DELETE', '/secrets/:secret_type/:id'],
  ['updateSecret', 'POST', '/secrets/:secret_type/:id'],
  ['getSecretMetadata', 'GET', '/secrets/:secret_type/:id/metadata'],
  ['updateSecretMetadata', 'PUT', '/secrets/:secret_type/:id/metadata'],
];

export const unemulated: readonly UnemulatedOperation[] = [
  ...version2.map(([operation, method, path]) => ({ operation, method, path: `/api/v2${path}` })),
  ...version1.map(([operation, method, path]) => ({
    operation: `${operation} of API v1`,
    method,
    path: `/api/v1${path}`,
  })),
];
