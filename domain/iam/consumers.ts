/**
 * Which service asks the key management service on behalf of each kind of dependant, and with which role.
 * Source: ibm-vpc.md 4.10; behaviour.md A3, B3.
 */
import { reader } from './roles';

export type KeyConsumer = 'volume' | 'snapshot' | 'image' | 'share' | 'secrets-manager-instance';

export interface ConsumerRow {
  readonly sourceService: string;
  /** Other spelling of the source service. */
  readonly alsoWritten?: string;
  readonly sourceResourceType?: string;
  readonly targetServices: readonly string[];
  /** Role CRN that is enough. */
  readonly role: string;
  readonly source: string;
}

const keyServices = ['kms', 'hs-crypto'] as const;

const blockStorage = {
  sourceService: 'server-protect',
  alsoWritten: 'is.server-protect',
  targetServices: keyServices,
  role: reader,
  source: 'ibm-vpc.md 4.10',
} as const;

export const keyConsumers = {
  volume: blockStorage,
  snapshot: blockStorage,
  /** The import from Cloud Object Storage needs another one: `is`, resource type `image`, to that service. */
  image: blockStorage,
  share: {
    sourceService: 'is',
    sourceResourceType: 'share',
    targetServices: keyServices,
    role: reader,
    source: 'ibm-vpc.md 4.10',
  },
  'secrets-manager-instance': {
    sourceService: 'secrets-manager',
    targetServices: keyServices,
    role: reader,
    source: 'behaviour.md A3, B3',
  },
} as const satisfies Record<KeyConsumer, ConsumerRow>;
