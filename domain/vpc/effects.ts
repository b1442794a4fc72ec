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
interface ShownStatus {
  readonly status: 'available' | 'unusable' | 'failed';
  /** `status_reasons[].code`. */
  readonly reasons: readonly ('encryption_key_deleted' | 'encryption_key_disabled')[];
  /** `health_state`. */
  readonly health: 'ok' | 'inapplicable';
}

/** With a `question` the other reading can be chosen, and shows `otherwise`. */
export type VolumeDispute = Dispute &
  ({ readonly question: VolumeQuestion; readonly otherwise: ShownStatus } | { readonly question?: never });

export interface VolumeStatus extends ShownStatus {
  /** Whether something that works now stops at the change itself. */
  readonly interrupts: boolean;
  readonly source: string;
  readonly disputed?: VolumeDispute;
}

const available = { status: 'available', reasons: [], health: 'ok', interrupts: false } as const;
const unusable = {
  status: 'unusable',
  reasons: ['encryption_key_deleted'],
  health: 'inapplicable',
} as const;

const suspendedStatus: VolumeDispute = {
  question: 'volume-status-under-suspended-key',
  reading: 'the volume stays available while its key is disabled',
  alternative: 'the volume becomes unusable with the reason encryption_key_disabled',
  source: 'ibm-vpc.md 4.8 item 1 (table A is used: the volume API has no such reason code)',
  otherwise: { status: 'unusable', reasons: ['encryption_key_disabled'], health: 'inapplicable' },
};

const purgedStatus: VolumeDispute = {
  question: 'volume-status-after-purge',
  reading: 'the volume stays unusable',
  alternative: 'the status turns to failed',
  source: 'ibm-vpc.md 4.6, 4.8 item 10',
  otherwise: { status: 'failed', reasons: ['encryption_key_deleted'], health: 'inapplicable' },
};

/** 4.8 item 12: an instance whose data volume alone lost its key. */
const dataVolumeStops: VolumeDispute = {
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
    suspended: { ...available, source: table, disputed: suspendedStatus },
    deactivated: { ...available, source: expired },
    destroyed: { ...unusable, interrupts: true, source: `${table}, 4.11` },
    purged: { ...unusable, interrupts: true, source: 'ibm-vpc.md 4.6', disputed: purgedStatus },
    unauthorized: { ...available, source: unauthorized },
  },
  'data-volume-attached': {
    usable: { ...available, source: table },
    suspended: { ...available, source: table, disputed: suspendedStatus },
    deactivated: { ...available, source: expired },
    destroyed: { ...unusable, interrupts: true, source: `${table}, 4.11`, disputed: dataVolumeStops },
    purged: { ...unusable, interrupts: true, source: 'ibm-vpc.md 4.6', disputed: purgedStatus },
    unauthorized: { ...available, source: unauthorized },
  },
  'data-volume': {
    usable: { ...available, source: table },
    suspended: { ...available, source: table, disputed: suspendedStatus },
    deactivated: { ...available, source: expired },
    destroyed: { ...unusable, interrupts: false, source: `${table}, 4.11` },
    purged: { ...unusable, interrupts: false, source: 'ibm-vpc.md 4.6', disputed: purgedStatus },
    unauthorized: { ...available, source: unauthorized },
  },
} as const satisfies Record<VolumeKind, Record<Condition, VolumeStatus>>;
