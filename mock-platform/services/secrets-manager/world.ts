/**
 * Secrets Manager instances, their secrets and the locks on them, as the graph of keys and dependants shows them. What
 * ties an instance to its root key is the key's registration there.
 */
import { type Condition, effectOn } from '../../../domain/effects';
import { lockConsumerAttributes } from '../../../domain/secrets/locks';
import type { ObservedStatus, WorldEdge, WorldNode } from '../../../domain/world';
import type { Session } from '../../kernel/operation';
import type { WorldContributor, WorldPart } from '../../kernel/world';
import { type InstanceDocument, instances } from '../resource-controller/instances';
import { conditionOfInstance, secretsManager } from './instance';
import type { LockDocument } from './model';
import { listSecretsOf, type Secret } from './secret';

function consumerOfLock({ attributes }: Pick<LockDocument, 'attributes'>): string | undefined {
  const named = lockConsumerAttributes.map((name) => attributes[name]);
  return named.find((value): value is string => typeof value === 'string' && value !== '');
}

/** A destroyed secret is still listed; what it held is gone. */
const destroyed: ObservedStatus = { status: 'destroyed', reasons: ['expired'], live: true };

interface Observed {
  readonly node: WorldNode;
  readonly status: ObservedStatus;
  readonly edges: readonly WorldEdge[];
}

function observedInstance(
  instance: InstanceDocument,
  condition: Condition,
  status: ObservedStatus,
): Observed {
  const { crn, name, location, state, scheduledReclaimAt } = instance;
  return {
    node: {
      kind: 'secrets-manager-instance',
      id: crn,
      crn,
      name,
      region: location,
      ...(state !== 'active' && scheduledReclaimAt !== undefined && { deletedAt: scheduledReclaimAt }),
      ...(condition === 'purged' && { keyPurged: true }),
    },
    status,
    edges: [],
  };
}

function observedSecret(instanceCrn: string, { stored }: Secret, status: ObservedStatus): Observed {
  const { crn, name, secretType, state } = stored.doc;
  return {
    node: {
      kind: 'secret',
      id: crn,
      crn,
      name,
      secretType,
      ...(state === 'destroyed' && { destroyed: true }),
    },
    status: state === 'destroyed' ? { ...destroyed, live: status.live } : status,
    edges: [{ type: 'contains', from: instanceCrn, to: crn }],
  };
}

function observedLocks({ stored, versions, locks }: Secret, status: ObservedStatus): Observed[] {
  return locks.flatMap(({ doc }) => {
    const alias = versions.find(({ id }) => id === doc.versionId)?.doc.alias;
    if (alias === undefined) return [];
    const id = `${stored.doc.crn}/versions/${doc.versionId}/locks/${doc.name}`;
    const consumer = consumerOfLock(doc);
    return [
      {
        node: {
          kind: 'secret-lock' as const,
          id,
          name: doc.name,
          versionAlias: alias,
          ...(consumer !== undefined && { consumer }),
        },
        status: { status: 'active', reasons: [], live: status.live },
        edges: [{ type: 'locks' as const, from: id, to: stored.doc.crn }],
      },
    ];
  });
}

/** A deleted instance shows its own state, whatever its key does: it answers nothing until it is restored (B5). */
function statusOf({ state }: InstanceDocument, condition: Condition): ObservedStatus {
  if (state !== 'active') return { status: state, reasons: [], live: false };
  const { status, reasons } = effectOn('secrets-manager-instance', condition);
  return { status, reasons, live: true };
}

async function observed(session: Session, instance: InstanceDocument): Promise<Observed[]> {
  const condition = await conditionOfInstance(session, instance);
  const status = statusOf(instance, condition);
  const secrets = await listSecretsOf(session, instance.guid);
  return [
    observedInstance(instance, condition, status),
    ...secrets.flatMap((secret) => [
      observedSecret(instance.crn, secret, status),
      ...observedLocks(secret, status),
    ]),
  ];
}

export const secretsManagerWorld: WorldContributor = async (session): Promise<WorldPart> => {
  const stored = await session.tx.list(instances, { scope: session.options.account });
  const all: Observed[] = [];
  for (const { doc } of stored) {
    if (doc.service === secretsManager && doc.state !== 'removed')
      all.push(...(await observed(session, doc)));
  }
  return {
    nodes: all.map(({ node }) => node),
    edges: all.flatMap(({ edges }) => edges),
    statuses: Object.fromEntries(all.map(({ node, status }) => [node.id, status])),
  };
};
