export { IdentitiesError, identitiesSchema, parseIdentities } from './identities-file';
export { type Clock, ClockError, frozenClock, systemClock } from './kernel/clock';
export type { ListenOptions } from './kernel/http/listening';
export type {
  SeededAccess,
  SeededAccessGroup,
  SeededIdentities,
  SeededProfile,
  SeededServiceId,
  SeededUser,
} from './kernel/identities';
export { type Logger, silentLogger, streamLogger } from './kernel/logger';
export { type AuthMode, defaultOptions, type PlatformOptions, PlatformOptionsError } from './kernel/options';
export type { StoreDump } from './kernel/store/store';
export { type CreatePlatformOptions, createPlatform, type Platform, ProxyStateError } from './platform';
export type { InterceptingProxy, ProxyOptions } from './proxy/proxy';
export type { RefusedHost } from './proxy/refusals';
