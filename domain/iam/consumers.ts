/**
 * Which service asks the key management service on behalf of each kind of dependant, and with which role.
 * Source: ibm-vpc.md 4.10; behaviour.md A3, B3.
 */
import type { Explanation } from '../keys/refusals';
import type { AuthorizationRequest } from './authorization';
import { reader, roleByCrn } from './roles';

export type KeyConsumer = 'volume' | 'snapshot' | 'image' | 'share' | 'secrets-manager-instance';

export interface ConsumerRow {
  readonly sourceService: string;
  /** Other spellings of the source service. */
  readonly alsoWritten?: readonly string[];
  readonly sourceResourceType?: string;
  readonly targetServices: readonly string[];
  /** Role CRN that is enough. */
  readonly role: string;
  readonly source: string;
}

const keyServices = ['kms', 'hs-crypto'] as const;

const blockStorage = {
  sourceService: 'server-protect',
  alsoWritten: ['is.server-protect'],
  targetServices: keyServices,
  role: reader,
  source: 'ibm-vpc.md 4.10',
} as const;

export const keyConsumers = {
  volume: blockStorage,
  snapshot: blockStorage,
  /** Importing from Cloud Object Storage needs another authorization: `is`, resource type `image`, to that service. */
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

/** What a consumer has to be authorized for before it can use a key of that KMS instance. */
export function authorizationFor(
  consumer: KeyConsumer,
  facts: Omit<AuthorizationRequest, 'sourceService' | 'sourceResourceType' | 'role'>,
): AuthorizationRequest {
  const row: ConsumerRow = keyConsumers[consumer];
  return {
    ...facts,
    sourceService: row.sourceService,
    sourceResourceType: row.sourceResourceType,
    role: row.role,
  };
}

/** Which authorization is missing and how to create it (behaviour.md A3). */
export function explainMissingAuthorization(request: AuthorizationRequest): Explanation {
  const source = request.sourceResourceType
    ? `${request.sourceService} (resource type ${request.sourceResourceType})`
    : request.sourceService;
  const target = request.targetInstance
    ? `${request.targetService} instance ${request.targetInstance}`
    : request.targetService;
  const role = roleByCrn(request.role)?.displayName ?? request.role;
  return {
    cause: `no authorization lets ${source} use ${target} with the role ${role}`,
    remedy: `create an ibm_iam_authorization_policy from ${source} to ${target} with the role ${role}`,
  };
}
