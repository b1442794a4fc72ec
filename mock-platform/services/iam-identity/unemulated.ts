/** The vendor's other operations on identities, answered 501 by name: identities come from configuration here. */
import type { UnemulatedOperation } from '../../kernel/operation';

export const unemulated: readonly UnemulatedOperation[] = [
  { operation: 'listServiceIds', method: 'GET', path: '/v1/serviceids' },
  { operation: 'createServiceId', method: 'POST', path: '/v1/serviceids' },
  { operation: 'getServiceId', method: 'GET', path: '/v1/serviceids/:id' },
  { operation: 'updateServiceId', method: 'PUT', path: '/v1/serviceids/:id' },
  { operation: 'deleteServiceId', method: 'DELETE', path: '/v1/serviceids/:id' },
  { operation: 'lockServiceId', method: 'POST', path: '/v1/serviceids/:id/lock' },
  { operation: 'unlockServiceId', method: 'DELETE', path: '/v1/serviceids/:id/lock' },
  { operation: 'listApiKeys', method: 'GET', path: '/v1/apikeys' },
  { operation: 'createApiKey', method: 'POST', path: '/v1/apikeys' },
  { operation: 'getApiKeysDetails', method: 'GET', path: '/v1/apikeys/details' },
  { operation: 'getApiKey', method: 'GET', path: '/v1/apikeys/:id' },
  { operation: 'updateApiKey', method: 'PUT', path: '/v1/apikeys/:id' },
  { operation: 'deleteApiKey', method: 'DELETE', path: '/v1/apikeys/:id' },
  { operation: 'lockApiKey', method: 'POST', path: '/v1/apikeys/:id/lock' },
  { operation: 'unlockApiKey', method: 'DELETE', path: '/v1/apikeys/:id/lock' },
  { operation: 'disableApiKey', method: 'POST', path: '/v1/apikeys/:id/disable' },
  { operation: 'enableApiKey', method: 'DELETE', path: '/v1/apikeys/:id/disable' },
  { operation: 'createProfile', method: 'POST', path: '/v1/profiles' },
  { operation: 'listProfiles', method: 'GET', path: '/v1/profiles' },
  { operation: 'getProfile', method: 'GET', path: '/v1/profiles/:profile_id' },
  { operation: 'updateProfile', method: 'PUT', path: '/v1/profiles/:profile_id' },
  { operation: 'deleteProfile', method: 'DELETE', path: '/v1/profiles/:profile_id' },
];
