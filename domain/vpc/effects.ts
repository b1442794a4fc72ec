/**
 * What an encrypted volume shows under each condition of its root key. Source: ibm-vpc.md 4.2 and the "use" column of
 * 4.8; 4.5 (expired), 4.6 (purged), 4.11 (fields); behaviour.md A3 (authorization).
 */
import type { Condition } from '../condition';
import type { Dispute } from '../dispute';
import type { VolumeKind } from './operations';

/** Questions about the status of a volume on which the documents differ, where the other reading can be chosen. */
export type VolumeQuestion = 'volume-status-under-suspended-key' | 'volume-status-after-purge';

/** Values of the VPC API (ibm-vpc.md 3.1). */
export interface ShownStatus {
  readonly status: 'available' | 'unusable' | 'failed';
  /** `status_reasons[].code`. */
  readonly reasons: readonly ('encryption_key_deleted' | 'encryption_key_disabled')[];
  /** `health_state`. */
  readonly health: 'ok' | 'inapplicable';
}

/** What the other reading of a disputed status shows. */
export interface OtherStatus extends ShownStatus {
  readonly question: VolumeQuestion;
}

export interface VolumeStatus extends ShownStatus {
  /** Whether something that works now stops at the change itself. */
  readonly interrupts: boolean;
  readonly source: string;
  readonly disputed?: Dispute;
  /** Present when the alternative of `disputed` can be chosen. */
  readonly otherwise?: OtherStatus;
}

const available = { status: 'available', reasons: [], health: 'ok', interrupts: false } as const;
const unusable = {
  status: 'unusable',
  reasons: ['encryption_key_deleted'],
  health: 'inapplicable',
} as const;

const suspendedStatus = {
  disputed: {
    reading: 'the volume stays available while its key is disabled',
    alternative: 'the volume becomes unusable with the reason encryption_key_disabled',
    source: 'ibm-vpc.md 4.8 item 1 (table A is used: the volume API has no such reason code)',
  },
  otherwise: {
    question: 'volume-status-under-suspended-key',
    status: 'unusable',
    reasons: ['encryption_key_disabled'],
    health: 'inapplicable',
  },
} as const;

const purgedStatus = {
  disputed: {
    reading: 'the volume stays unusable',
    alternative: 'the status turns to failed',
    source: 'ibm-vpc.md 4.6, 4.8 item 10',
  },
  otherwise: {
    question: 'volume-status-after-purge',
    status: 'failed',
    reasons: ['encryption_key_deleted'],
    health: 'inapplicable',
  },
} as const;

/** 4.8 item 12: an instance whose data volume alone lost its key. */
const dataVolumeStops: Dispute = {
  reading: 'the instance is stopped when any of its volumes loses the key',
  alternative: 'only the loss of the boot volume stops the instance',
  source: 'ibm-vpc.md 4.8 item 12',
};

const table = 'ibm-vpc.md 4.2';
const expired = 'ibm-vpc.md 4.5 (inferred)';
const unauthorized =
  'ibm-vpc.md 4.1, 4.3 (statuses are not documented: unchanged, inferred); behaviour.md A3';

export const volumeStatuses = {
  'boot-volume': {
    usable: { ...available, source: table },
    suspended: { ...available, source: table, ...suspendedStatus },
    deactivated: { ...available, source: expired },
    destroyed: { ...unusable, interrupts: true, source: `${table}, 4.11` },
    purged: { ...unusable, interrupts: true, source: 'ibm-vpc.md 4.6', ...purgedStatus },
    unauthorized: { ...available, source: unauthorized },
  },
  'data-volume-attached': {
    usable: { ...available, source: table },
    suspended: { ...available, source: table, ...suspendedStatus },
    deactivated: { ...available, source: expired },
    destroyed: { ...unusable, interrupts: true, source: `${table}, 4.11`, disputed: dataVolumeStops },
    purged: { ...unusable, interrupts: true, source: 'ibm-vpc.md 4.6', ...purgedStatus },
    unauthorized: { ...available, source: unauthorized },
  },
  'data-volume': {
    usable: { ...available, source: table },
    suspended: { ...available, source: table, ...suspendedStatus },
    deactivated: { ...available, source: expired },
    destroyed: { ...unusable, interrupts: false, source: `${table}, 4.11` },
    purged: { ...unusable, interrupts: false, source: 'ibm-vpc.md 4.6', ...purgedStatus },
    unauthorized: { ...available, source: unauthorized },
  },
} as const satisfies Record<VolumeKind, Record<Condition, VolumeStatus>>;
