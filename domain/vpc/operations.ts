/**
 * What can be done with an encrypted volume under each condition of its root key. Source: ibm-vpc.md 4.3, 4.5;
 * behaviour.md A3 for a missing authorization.
 */
import type { Condition } from '../condition';
import type { Dispute } from '../dispute';

export const volumeKinds = ['boot-volume', 'data-volume-attached', 'data-volume'] as const;

export type VolumeKind = (typeof volumeKinds)[number];

export type VolumeOperation =
  /** Make a new volume with the key. Asked of the key: there is no volume yet. */
  | 'create'
  | 'read'
  /** Read and write the data from the instance that holds the volume. */
  | 'io'
  | 'attach'
  | 'detach'
  | 'delete'
  /** Change the capacity. */
  | 'resize'
  /** Change iops, profile, name or tags. */
  | 'update'
  | 'snapshot'
  | 'instance.start'
  | 'instance.stop';

export interface OperationCell {
  readonly permitted: boolean;
  readonly source: string;
  /** Concluded, not read anywhere. */
  readonly inferred?: true;
  readonly disputed?: Dispute;
  readonly remark?: string;
}

export type OperationRow = {
  /** The kinds of volume of which the operation can be asked while the key is usable. */
  readonly on: readonly VolumeKind[];
} & Readonly<Record<Condition, OperationCell>>;

const matrix = 'ibm-vpc.md 4.3';
const yes = (source: string = matrix): OperationCell => ({ permitted: true, source });
const no = (source: string = matrix): OperationCell => ({ permitted: false, source });
const inferred = <C extends OperationCell>(cell: C): C & { readonly inferred: true } => ({
  ...cell,
  inferred: true,
});

const expired = 'ibm-vpc.md 4.5';
const purged = 'ibm-vpc.md 4.6';
const authorization = 'behaviour.md A3; ibm-vpc.md 4.1, 4.3';
const held = ['boot-volume', 'data-volume-attached'] as const;

export const volumeOperations = {
  create: {
    on: [],
    usable: yes(),
    suspended: no(),
    deactivated: inferred(no(expired)),
    destroyed: no(),
    purged: no(purged),
    unauthorized: no('behaviour.md A3; ibm-vpc.md 4.10'),
  },
  read: {
    on: volumeKinds,
    usable: yes(),
    suspended: yes(),
    deactivated: yes(expired),
    destroyed: yes(),
    purged: inferred(yes(purged)),
    unauthorized: inferred(yes(authorization)),
  },
  io: {
    on: held,
    usable: yes('ibm-vpc.md 4.2'),
    suspended: yes('ibm-vpc.md 4.4'),
    deactivated: inferred(yes(expired)),
    destroyed: no('behaviour.md A1 (forced deletion); ibm-vpc.md 4.8 item 15'),
    purged: no(purged),
    unauthorized: {
      ...yes('behaviour.md A3; ibm-vpc.md 4.1'),
      remark: 'running instances go on until they are stopped',
    },
  },
  attach: {
    on: ['data-volume'],
    usable: yes(),
    suspended: no(),
    deactivated: inferred(yes(expired)),
    destroyed: no(),
    purged: no(purged),
    unauthorized: inferred(no(authorization)),
  },
  detach: {
    on: ['data-volume-attached'],
    usable: yes(),
    suspended: yes(),
    deactivated: inferred(yes(expired)),
    destroyed: inferred(yes()),
    purged: inferred(yes(purged)),
    unauthorized: inferred(yes(authorization)),
  },
  delete: {
    on: ['data-volume'],
    usable: yes(),
    suspended: yes(),
    deactivated: inferred(yes(expired)),
    destroyed: {
      ...yes('ibm-vpc.md 4.3, 4.8 item 13'),
      disputed: {
        reading: 'an unusable volume can be deleted',
        alternative: 'only available and failed volumes can be deleted (volume_not_deletable)',
        source: 'ibm-vpc.md 4.8 item 13',
      },
    },
    purged: inferred(yes(purged)),
    unauthorized: { ...yes(authorization), remark: 'the registration on the root key is left dangling' },
  },
  resize: {
    on: volumeKinds,
    usable: yes(),
    suspended: inferred(yes()),
    deactivated: inferred(yes(expired)),
    destroyed: no(),
    purged: no(purged),
    unauthorized: inferred(yes(authorization)),
  },
  update: {
    on: volumeKinds,
    usable: yes(),
    suspended: inferred(yes()),
    deactivated: inferred(yes(expired)),
    destroyed: no(),
    purged: no(purged),
    unauthorized: inferred(yes(authorization)),
  },
  snapshot: {
    on: volumeKinds,
    usable: yes(),
    suspended: inferred(no()),
    deactivated: {
      ...inferred(no('ibm-vpc.md 4.3 (a new data key must be wrapped), 4.5')),
      disputed: {
        reading: 'a snapshot needs a new data key wrapped, which a deactivated key does not do',
        alternative: 'existing volumes keep the column of an active key, snapshots included',
        source: 'ibm-vpc.md 4.3 against 4.5, both inferred there',
      },
    },
    destroyed: no(),
    purged: no(purged),
    unauthorized: inferred(no(authorization)),
  },
  'instance.start': {
    on: held,
    usable: yes(),
    suspended: {
      ...no('ibm-vpc.md 4.2, 4.3'),
      disputed: {
        reading: 'the request to start is refused',
        alternative: 'the request is accepted and the instance stays stopped',
        source: 'ibm-vpc.md 4.3',
      },
    },
    deactivated: inferred(yes(expired)),
    destroyed: no('ibm-vpc.md 4.2, 4.3'),
    purged: no(purged),
    unauthorized: no('behaviour.md A3; ibm-vpc.md 4.3'),
  },
  'instance.stop': {
    on: held,
    usable: yes(),
    suspended: { ...yes(), remark: 'the instance cannot be started again until the key is enabled' },
    deactivated: inferred(yes(expired)),
    destroyed: { ...yes('ibm-vpc.md 4.3, 6 item 11'), remark: 'the platform has stopped it already' },
    purged: { ...inferred(yes(purged)), remark: 'the platform has stopped it already' },
    unauthorized: {
      ...yes(authorization),
      remark: 'the instance cannot be started again until the authorization is back',
    },
  },
} as const satisfies Record<VolumeOperation, OperationRow>;

/** Whether the operation is permitted under that condition, as far as the key decides. */
export function volumePermits(condition: Condition, operation: VolumeOperation): boolean {
  return volumeOperations[operation][condition].permitted;
}

/** What that kind of volume can do while its key is usable and can no longer do under the condition. */
export function volumeBreaks(kind: VolumeKind, condition: Condition): readonly VolumeOperation[] {
  return (Object.keys(volumeOperations) as VolumeOperation[]).filter((operation) => {
    const row: OperationRow = volumeOperations[operation];
    return row.on.includes(kind) && row.usable.permitted && !row[condition].permitted;
  });
}
