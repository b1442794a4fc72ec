import type { Instant } from '../time';
import type { KeyState } from './states';

/** Service names of the two key management services: Key Protect and Hyper Protect Crypto Services. */
export type KeyService = 'kms' | 'hs-crypto';

/** What moves a key from state to state; `expire` is the passing of its date, the others are requests. */
export const keyActions = [
  'disable',
  'enable',
  'expire',
  'delete',
  'force-delete',
  'restore',
  'rotate',
  'purge',
] as const;

export type KeyAction = (typeof keyActions)[number];

/** All that the rules of a key's life look at. Instants are stored facts, never computed ones. */
export interface KeyFacts {
  readonly service: KeyService;
  /** The state last written; what holds now follows from it and the time (see `effectiveState`). */
  readonly state: KeyState;
  /** Material brought by the user. */
  readonly imported: boolean;
  /** A standard key; a root key is not extractable. */
  readonly extractable: boolean;
  /** How many resources are registered on the key. */
  readonly registrations: number;
  /** Some registration forbids the deletion (`preventKeyDeletion`, a retention policy). */
  readonly preventsDeletion?: boolean | undefined;
  readonly disabledAt?: Instant | undefined;
  readonly deletedAt?: Instant | undefined;
  readonly lastRotatedAt?: Instant | undefined;
  readonly expiresAt?: Instant | undefined;
  /** Present when the deletion needs two people; `authorizedUntil` and `authorizedBy` once the first one agreed. */
  readonly dualAuthDelete?:
    | { readonly authorizedUntil?: Instant | undefined; readonly authorizedBy?: string | undefined }
    | undefined;
}
