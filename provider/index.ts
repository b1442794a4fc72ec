/** The provider framework: what a Terraform provider in TypeScript is made of. */
export * from './core/complaint';
export * from './core/context';
export * from './core/data-source';
export * from './core/diagnostics';
export * from './core/ephemeral';
export * from './core/facts';
export * from './core/function';
export * from './core/numbers';
export * from './core/path';
export * from './core/provider';
export * from './core/resource';
export * from './core/state';
export * from './core/types';
export * from './core/validators';
export * from './core/values';
export { HandshakeError, type ManagedOptions, serveManaged } from './protocol/handshake';
export { type Log, type LogLevel, pluginLog } from './protocol/log';
export {
  type ReattachEntry,
  type ReattachedProvider,
  type ReattachOptions,
  reattachVariable,
  serveReattached,
} from './protocol/reattach';
