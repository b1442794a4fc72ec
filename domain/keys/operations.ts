/**
 * Which operation of the Key Protect API a key permits in each state. Source: ibm-control-plane.md 6.1.4 for the rows
 * of its table; rows that it lacks are marked inferred and say from what. Conditions beside the state (waits,
 * registrations, windows) are for `transition`.
 */
import type { Dispute } from '../dispute';
import type { KeyState } from './states';

export type KeyOperation =
  | 'get'
  | 'get-metadata'
  | 'list'
  | 'list-versions'
  | 'rotate'
  | 'wrap'
  | 'unwrap'
  | 'rewrap'
  | 'disable'
  | 'enable'
  | 'delete'
  | 'restore'
  | 'purge'
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

export interface OperationRow {
  /** States in which the operation is permitted. A purged key permits none: it no longer exists. */
  readonly in: readonly KeyState[];
  readonly source: string;
  readonly inferred?: true;
  readonly disputed?: Dispute;
}

const table = 'ibm-control-plane.md 6.1.4';
const living = ['active', 'suspended', 'deactivated'] as const;
const existing = ['active', 'suspended', 'deactivated', 'destroyed'] as const;

export const keyOperations = {
  get: { in: existing, source: table },
  'get-metadata': { in: existing, source: table },
  list: { in: living, source: `${table}: the default list; ask for state 5 to see destroyed keys` },
  'list-versions': { in: existing, source: `${table}, as get`, inferred: true },
  rotate: {
    in: ['active'],
    source: 'behaviour.md A1',
    disputed: {
      reading: 'only an active key can be rotated',
      alternative: 'a deactivated key can be rotated too',
      source: 'behaviour.md A1, against the table of ibm-control-plane.md 6.1.4',
    },
  },
  wrap: { in: ['active'], source: table },
  unwrap: { in: ['active', 'deactivated'], source: table },
  rewrap: { in: ['active', 'deactivated'], source: table },
  disable: { in: ['active'], source: table },
  enable: { in: ['suspended'], source: table },
  delete: { in: living, source: table },
  restore: { in: ['destroyed'], source: table },
  purge: { in: ['destroyed'], source: table },
  'set-for-deletion': { in: living, source: `${table}, as delete`, inferred: true },
  'unset-for-deletion': { in: living, source: `${table}, as delete`, inferred: true },
  sync: {
    in: existing,
    source: `${table}, as get: it tells the services the state that the key has`,
    inferred: true,
  },
  register: {
    in: ['active'],
    source: `${table}, as wrap: what registers is encrypted with the key`,
    inferred: true,
  },
  'list-registrations': { in: existing, source: `${table}, as get`, inferred: true },
  'get-policy': { in: existing, source: `${table}, as get`, inferred: true },
  'put-policy': { in: living, source: `${table}, as delete`, inferred: true },
  patch: { in: living, source: `${table}, as delete`, inferred: true },
  'create-alias': { in: living, source: `${table}, as delete`, inferred: true },
  'delete-alias': { in: living, source: `${table}, as delete`, inferred: true },
} as const satisfies Record<KeyOperation, OperationRow>;

/** Whether a key in that state permits the operation. */
export function permits(state: KeyState | 'purged', operation: KeyOperation): boolean {
  if (state === 'purged') return false;
  const row: OperationRow = keyOperations[operation];
  return row.in.includes(state);
}
