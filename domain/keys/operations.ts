/**
 * Which operation of the Key Protect API a key permits in each state. The operations that move the key are read from
 * `keyTransitions`; the others are the table below. Source: ibm-control-plane.md 6.1.4 for the rows of its table; rows
 * that it lacks are marked inferred and say from what. Conditions beside the state are for `transition`.
 */
import type { KeyReadings } from './readings';
import type { KeyState } from './states';
import { keyTransitions, outcomeOf } from './transitions';

/** Operations that are also actions of `transition`. */
export const movingOperations = ['disable', 'enable', 'delete', 'restore', 'rotate', 'purge'] as const;

export type MovingOperation = (typeof movingOperations)[number];

export type StandingOperation =
  | 'get'
  | 'get-metadata'
  | 'list'
  | 'list-versions'
  | 'wrap'
  | 'unwrap'
  | 'rewrap'
  | 'set-for-deletion'
  | 'unset-for-deletion'
  | 'sync'
  | 'register'
  | 'list-registrations'
  | 'get-policy'
  | 'put-policy'
  | 'patch'
  | 'create-alias'
  | 'delete-alias';

export type KeyOperation = StandingOperation | MovingOperation;

export interface KeyOperationRow {
  /** States in which the operation is permitted. A purged key permits none: it no longer exists. */
  readonly in: readonly KeyState[];
  readonly source: string;
  readonly inferred?: true;
}

const table = 'ibm-control-plane.md 6.1.4';
const invalidState = 'Key Protect error-messages.md (KEY_ACTION_INVALID_STATE_ERR)';
const living = ['active', 'suspended', 'deactivated'] as const;
const existing = ['active', 'suspended', 'deactivated', 'destroyed'] as const;

export const keyOperations = {
  get: { in: existing, source: table },
  'get-metadata': { in: existing, source: table },
  list: { in: living, source: `${table}: the default list; ask for state 5 to see destroyed keys` },
  // With allKeyStates=true the API lists them in every state; that form asks for no permission here. Without it the page
  // has a 409 for every key that is not active, with no exception for a destroyed one: 410 is documented for deleting
  // again (KEY_DELETED_ERR), and answered to other operations by older tests of the Go client only.
  'list-versions': { in: ['active'], source: 'Key Protect view-key-versions.md' },
  wrap: { in: ['active'], source: table },
  unwrap: { in: ['active', 'deactivated'], source: table },
  rewrap: { in: ['active', 'deactivated'], source: table },
  'set-for-deletion': { in: ['active'], source: invalidState },
  'unset-for-deletion': { in: ['active'], source: invalidState },
  sync: {
    in: existing,
    source: `${table}, as get: it tells the services the state that the key has`,
    inferred: true,
  },
  register: { in: ['active'], source: 'Key Protect error-messages.md (KEY_INVALID_STATE_ERR)' },
  'list-registrations': { in: existing, source: `${table}, as get`, inferred: true },
  'get-policy': { in: existing, source: `${table}, as get`, inferred: true },
  'put-policy': { in: living, source: `${table}, as delete`, inferred: true },
  patch: { in: living, source: `${table}, as delete`, inferred: true },
  'create-alias': { in: living, source: `${table}, as delete`, inferred: true },
  'delete-alias': {
    in: existing,
    source: 'Key Protect create-key-alias.md: an alias is a resource of its own, independent of its key',
    inferred: true,
  },
} as const satisfies Record<StandingOperation, KeyOperationRow>;

/** Whether a key in that state permits the operation. */
export function permits(
  state: KeyState | 'purged',
  operation: KeyOperation,
  readings: KeyReadings = {},
): boolean {
  if (state === 'purged') return false;
  if (isMoving(operation)) return 'to' in outcomeOf(keyTransitions[state][operation], readings);
  const row: KeyOperationRow = keyOperations[operation];
  return row.in.includes(state);
}

function isMoving(operation: KeyOperation): operation is MovingOperation {
  return (movingOperations as readonly string[]).includes(operation);
}
