/** From a refusal of the key's life (`domain/keys/transitions`) to the vendor's error of ibm-control-plane.md 6.1.10. */

import type { KeyState } from '../../../domain/keys/states';
import {
  explainRefusal,
  type KeyAction,
  type KeyFacts,
  type KeyRefusal,
} from '../../../domain/keys/transitions';
import type { Instant } from '../../../domain/time';
import type { ServiceError } from '../../kernel/errors';
import {
  authorizationsNotMet,
  deletionPrevented,
  importedKeyRequired,
  invalidState,
  keyDeleted,
  keyExpired,
  keyNotFound,
  payloadRequired,
  protectedResource,
  restoreExpired,
  rootKeyRequired,
  rotatedRecently,
  tooEarly,
} from './errors';

/** The way back to a key that can be used. */
export function remedyOf(state: KeyState | 'purged'): string {
  return remedies[state];
}

const remedies: Readonly<Record<KeyState | 'purged', string>> = {
  'pre-active': 'wait until the key is active',
  active: 'the action is for keys in another state',
  suspended: 'enable the key, or use an active one',
  deactivated: 'use another key: an expired one still unwraps, and encrypts nothing new',
  destroyed: 'restore the key, or use an active one',
  purged: 'use another key',
};

interface Refused {
  readonly refusal: KeyRefusal;
  readonly earliest?: Instant | undefined;
}

interface Extra {
  readonly cause: string;
  readonly remedy: string;
  readonly earliest?: number;
}

const notInState = ({ earliest: _, ...extra }: Extra): ServiceError =>
  invalidState('The key is not in a state that permits the action', extra);

type Constructor = (extra: Extra, action: KeyAction, keyId: string) => ServiceError;

const constructors: Record<KeyRefusal, Constructor> = {
  'already-in-state': notInState,
  'invalid-state': notInState,
  'protects-resources': protectedResource,
  'prevented-by-registration': deletionPrevented,
  'already-deleted': keyDeleted,
  'not-restorable': importedKeyRequired,
  'restore-window-over': restoreExpired,
  'too-early': tooEarly,
  'rotated-recently': rotatedRecently,
  // Enabling lists only state errors (6.1.2); the code of expiry is documented for restoring (6.1.10).
  expired: (extra, action) => (action === 'restore' ? keyExpired(extra) : notInState(extra)),
  'needs-second-authorization': authorizationsNotMet,
  'needs-second-identity': authorizationsNotMet,
  'needs-material': payloadRequired,
  'not-a-root-key': rootKeyRequired,
  purged: (_extra, _action, keyId) => keyNotFound(keyId),
};

/** The error of a refused transition, with cause and remedy in plain words. */
export function refusalError(
  key: { readonly id: string; readonly facts: KeyFacts },
  action: KeyAction,
  at: Instant,
  { refusal, earliest }: Refused,
): ServiceError {
  const explained = explainRefusal(refusal, { key: key.facts, action, at, earliest });
  const extra = { ...explained, ...(earliest === undefined ? {} : { earliest }) };
  return constructors[refusal](extra, action, key.id);
}
