/**
 * Who exists in the platform's account besides its owner: users, service ids, trusted profiles and access groups, with
 * their API keys and what they may do. Configuration, not state: a reset keeps them, and API keys are never stored.
 */
import type * as schema from './gen/identities';
import type { Wire } from './wire';

export type SeededIdentities = Wire<schema.SeededIdentities>;
export type SeededUser = Wire<schema.SeededUser>;
export type SeededServiceId = Wire<schema.SeededServiceId>;
export type SeededProfile = Wire<schema.SeededProfile>;
export type SeededAccessGroup = Wire<schema.SeededAccessGroup>;
export type SeededAccess = Wire<schema.SeededAccess>;
