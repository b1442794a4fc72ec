/**
 * What moves a root key between its states: one cell per (state, action). `transition` in `transitions.ts` reads it.
 * Source of the whole table: behaviour.md A1; each cell names what else it rests on.
 */
import type { Dispute } from '../dispute';
import type { KeyAction } from './facts';
import type { GuardName } from './guards';
import type { KeyQuestion } from './readings';
import type { KeyRefusal } from './refusals';
import type { KeyState } from './states';

/**
 * `to`: permitted when every guard, asked in this order, agrees; `refused`: never permitted from this state;
 * `stays`: the event passes without effect.
 */
export type KeyOutcome =
  | { readonly to: KeyState | 'purged'; readonly guards: readonly GuardName[] }
  | { readonly refused: KeyRefusal }
  | { readonly stays: KeyState };

/**
 * A dispute about a cell. With a `question` the other reading can be chosen: `otherwise` is its outcome, `without`
 * the guard that it drops. Without one the alternative is on record only.
 */
export type KeyDispute = Dispute &
  (
    | { readonly question: KeyQuestion; readonly otherwise: KeyOutcome }
    | { readonly question: KeyQuestion; readonly without: GuardName }
    | { readonly question?: never }
  );

export type Cell = KeyOutcome & {
  readonly source: string;
  readonly disputed?: readonly KeyDispute[];
};

const deletedAtOnce: KeyDispute = {
  reading: 'a deleted key is destroyed at once',
  alternative: 'a deleted key is deactivated for 24 hours and destroyed after them',
  source: 'ibm-control-plane.md 6.1.4 and the samples of 6.1.3, against the delete-keys.md remark of 6.1.5',
};

const hyperProtectForce: KeyDispute = {
  question: 'force-delete-protected-hyper-protect-key',
  reading:
    'Hyper Protect Crypto Services refuses even a forced deletion while resources are registered on the key',
  alternative: 'force deletes a protected key there as it does in Key Protect',
  source: 'behaviour.md A1; ibm-vpc.md 4.8 item 8',
  without: 'unprotected-in-hyper-protect',
};

const suspendedExpires: KeyDispute = {
  reading: 'a suspended key is deactivated when its expiration date comes',
  alternative: 'a suspended key can only become active or destroyed',
  source: 'behaviour.md A1, against the state descriptions of Key Protect key-states.md',
};

const imported: KeyDispute = {
  question: 'restore-generated-key',
  reading: 'only an imported key can be restored',
  alternative: 'any deleted key can be restored, generated or imported',
  source: 'behaviour.md A1 and ibm-vpc.md 4.8 item 2, against Key Protect restore-keys.md',
  without: 'imported',
};

const expired: KeyDispute = {
  question: 'restore-expired-key',
  reading: 'a key cannot be restored once its expiration date has come',
  alternative: 'it can be restored and is deactivated then',
  source: 'ibm-control-plane.md 6.1.10 (KEY_EXPIRED_ERR), against Key Protect key-states.md',
  without: 'not-expired',
};

const rotateDeactivated: KeyDispute = {
  question: 'rotate-deactivated-key',
  reading: 'only an active key can be rotated',
  alternative: 'a deactivated key can be rotated too; it stays deactivated and keeps its expiration date',
  source: 'behaviour.md A1, against the table of ibm-control-plane.md 6.1.4',
  otherwise: { to: 'deactivated', guards: ['new-material', 'rotation-interval'] },
};

const deletion = {
  to: 'destroyed',
  guards: ['no-retention', 'unprotected', 'second-authorization'],
  source: 'behaviour.md A1; ibm-control-plane.md 6.1.2, 6.1.4',
  disputed: [deletedAtOnce],
} as const satisfies Cell;

const forcedDeletion = {
  to: 'destroyed',
  guards: ['no-retention', 'unprotected-in-hyper-protect', 'second-authorization'],
  source: 'behaviour.md A1; ibm-control-plane.md 6.1.10 (PREV_KEY_DEL_ERR, PROTECTED_RESOURCE_ERR)',
  disputed: [deletedAtOnce, hyperProtectForce],
} as const satisfies Cell;

/** Pre-active keys exist only in the concept (6.1.4): nothing can be registered on one. */
const conceptual = 'behaviour.md A1; ibm-control-plane.md 6.1.4 (state 0 is conceptual)';
const table = 'behaviour.md A1; ibm-control-plane.md 6.1.4';

export const keyTransitions = {
  'pre-active': {
    disable: { refused: 'invalid-state', source: conceptual },
    enable: { refused: 'invalid-state', source: conceptual },
    expire: { to: 'deactivated', guards: [], source: conceptual },
    delete: { to: 'destroyed', guards: ['second-authorization'], source: conceptual },
    'force-delete': { to: 'destroyed', guards: ['second-authorization'], source: conceptual },
    restore: { refused: 'invalid-state', source: conceptual },
    rotate: { refused: 'invalid-state', source: conceptual },
    purge: { refused: 'invalid-state', source: conceptual },
  },
  active: {
    disable: { to: 'suspended', guards: [], source: table },
    enable: { refused: 'already-in-state', source: table },
    expire: { to: 'deactivated', guards: [], source: table },
    delete: deletion,
    'force-delete': forcedDeletion,
    restore: { refused: 'invalid-state', source: table },
    rotate: { to: 'active', guards: ['new-material', 'rotation-interval'], source: `${table}; 6.1.5` },
    purge: { refused: 'invalid-state', source: `${table} (409)` },
  },
  suspended: {
    disable: { refused: 'already-in-state', source: table },
    enable: { to: 'active', guards: ['waited-after-disable'], source: `${table}; 6.1.5` },
    expire: { to: 'deactivated', guards: [], source: table, disputed: [suspendedExpires] },
    delete: deletion,
    'force-delete': forcedDeletion,
    restore: { refused: 'invalid-state', source: table },
    rotate: { refused: 'invalid-state', source: table },
    purge: { refused: 'invalid-state', source: table },
  },
  deactivated: {
    disable: { refused: 'invalid-state', source: table },
    enable: { refused: 'invalid-state', source: `${table} (enable is refused after expiry)` },
    expire: { stays: 'deactivated', source: 'behaviour.md A1' },
    delete: deletion,
    'force-delete': forcedDeletion,
    restore: { refused: 'invalid-state', source: table },
    rotate: {
      refused: 'invalid-state',
      source: 'behaviour.md A1; error-messages.md in ibm-control-plane.md 6.1.4',
      disputed: [rotateDeactivated],
    },
    purge: { refused: 'invalid-state', source: table },
  },
  destroyed: {
    disable: { refused: 'invalid-state', source: table },
    enable: { refused: 'invalid-state', source: table },
    expire: { stays: 'destroyed', source: 'behaviour.md A1' },
    delete: { refused: 'already-deleted', source: `${table} (410)` },
    'force-delete': { refused: 'already-deleted', source: `${table} (410)` },
    restore: {
      to: 'active',
      guards: ['imported', 'restore-window', 'not-expired', 'waited-after-delete'],
      source: 'behaviour.md A1; ibm-control-plane.md 6.1.2, 6.1.5',
      disputed: [imported, expired],
    },
    rotate: { refused: 'invalid-state', source: table },
    purge: { to: 'purged', guards: ['purge-wait'], source: `${table}; 6.1.5` },
  },
} as const satisfies Record<KeyState, Record<KeyAction, Cell>>;
