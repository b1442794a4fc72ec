/**
 * The instance that a request names, open or sealed. With a customer-managed root key that cannot be used nothing in
 * the instance is read or written; it is back when the key is. (behaviour.md B4)
 */
import { type Condition, conditionOf, effectOn } from '../../../domain/effects';
import { keyConsumers } from '../../../domain/iam/consumers';
import { reclamationEnds } from '../../../domain/instances';
import { type SecretOperation, secretPermits } from '../../../domain/secrets/operations';
import { formatSeconds, parseInstant } from '../../../domain/time';
import type { Answer, Input, Session } from '../../kernel/operation';
import { explainCondition } from '../key-condition';
import { conditionOfKey, type KeyConsumer, KeyUnusable } from '../key-protect/usage';
import { type InstanceDocument, InstanceGone, requireInstance } from '../resource-controller/instances';
import { instanceNotFound, instancePending, sealed } from './errors';

/** Catalog name. */
export const secretsManager = 'secrets-manager';

const { sourceService } = keyConsumers['secrets-manager-instance'];

export interface OpenInstance {
  readonly guid: string;
  readonly crn: string;
  readonly region: string;
  readonly createdAt: string;
  readonly createdBy: string;
  /** CRN of the customer's root key; absent when the provider manages it. */
  readonly keyCrn: string | undefined;
  readonly condition: Condition;
  /** URL of its API as the caller reaches it: by the instance's own host, or below the mount. */
  readonly href: string;
}

/** CRN of the root key that the instance was made with; undefined for the provider's. (ibm-control-plane.md 6.4) */
export function rootKeyOf({ parameters }: Pick<InstanceDocument, 'parameters'>): string | undefined {
  const key = parameters['kms_key'];
  return typeof key === 'string' && key !== '' ? key : undefined;
}

/** As whom Secrets Manager asks for the key. */
export function consumerOf(instance: Pick<InstanceDocument, 'guid' | 'resourceGroupId'>): KeyConsumer {
  return { sourceService, sourceInstance: instance.guid, sourceResourceGroup: instance.resourceGroupId };
}

export async function conditionOfInstance(session: Session, instance: InstanceDocument): Promise<Condition> {
  const keyCrn = rootKeyOf(instance);
  if (keyCrn === undefined) return 'usable';
  return conditionOfKey(session, { keyCrn, consumer: consumerOf(instance) });
}

/** When the reclamation of a deleted instance ends, RFC 3339. */
function endOf(instance: InstanceDocument | undefined): string | undefined {
  const scheduledAt = instance?.scheduledReclaimAt;
  return scheduledAt === undefined ? undefined : formatSeconds(reclamationEnds(parseInstant(scheduledAt)));
}

/** The instance of the path or host. Throws the refusal for one that is unknown, of another region or deleted. */
async function find(session: Session, { params }: Input<unknown>): Promise<OpenInstance> {
  const { instance_id: guid = '', region } = params;
  const { doc } = await requireInstance(session, guid, [secretsManager]).catch((error: unknown) => {
    if (!(error instanceof InstanceGone)) throw error;
    throw error.reason === 'pending-reclamation'
      ? instancePending(guid, endOf(error.instance))
      : instanceNotFound(guid);
  });
  if (region !== undefined && region !== doc.location) throw instanceNotFound(guid);
  const { crn, location, createdAt, createdBy } = doc;
  const condition = await conditionOfInstance(session, doc);
  const mount = region === undefined ? `/secrets-manager/${guid}` : '';
  return {
    guid,
    crn,
    region: location,
    createdAt,
    createdBy,
    keyCrn: rootKeyOf(doc),
    condition,
    href: `${session.baseUrl}${mount}/api/v2`,
  };
}

function refusal({ guid, keyCrn = '' }: OpenInstance, condition: Condition): Error {
  const [reason = 'instance_sealed'] = effectOn('secrets-manager-instance', condition).reasons;
  return sealed(reason, guid, explainCondition(condition, keyCrn, sourceService));
}

export type InstanceHandler<Body> = (
  session: Session,
  instance: OpenInstance,
  input: Input<Body>,
) => Promise<Answer>;

/** Opens the instance for a handler whose operation the condition of the root key must permit. */
export function inInstance<Body>(uses: SecretOperation, handle: InstanceHandler<Body>) {
  return async (session: Session, input: Input<Body>): Promise<Answer> => {
    const instance = await find(session, input);
    session.describe({ target: instance.crn });
    if (!secretPermits(instance.condition, uses)) throw refusal(instance, instance.condition);
    try {
      return await handle(session, instance, input);
    } catch (error) {
      // The key may have changed since Secrets Manager last noticed: wrapping asks it now.
      if (!(error instanceof KeyUnusable)) throw error;
      throw refusal(instance, conditionOf({ keyState: error.state ?? 'purged', authorized: true }));
    }
  };
}
