/** Instances, root keys and what they protect, as the graph of keys and dependants shows them. */

import { formatSeconds, parseInstant } from '../../../domain/time';
import type { KmsInstanceNode, RootKeyNode, WorldEdge } from '../../../domain/world';
import type { Session } from '../../kernel/operation';
import type { WorldContributor, WorldPart } from '../../kernel/world';
import { type InstanceDocument, instances } from '../resource-controller/instances';
import { toKeyInstance } from './instance';
import { keysOf, stateAt } from './keys';
import { type KeyDocument, keyServiceNames, type RegistrationDocument } from './model';
import { registrationsOf } from './registrations';

type Statuses = Record<string, WorldPart['statuses'][string]>;

/** Standard keys are left out: nothing is registered on them, and their material is out in the world. */
export const keyProtectWorld: WorldContributor = async (session) => {
  const all = await session.tx.list(instances, { scope: session.options.account });
  const own = all
    .map(({ doc }) => doc)
    .filter(({ service }) => keyServiceNames.some((name) => name === service));
  const parts = await Promise.all(
    own.filter(({ state }) => state !== 'removed').map((doc) => partOf(session, doc)),
  );
  return {
    nodes: parts.flatMap(({ nodes }) => nodes),
    edges: parts.flatMap(({ edges }) => edges),
    statuses: Object.assign({}, ...parts.map(({ statuses }) => statuses)) as Statuses,
  };
};

async function partOf(session: Session, instance: InstanceDocument): Promise<WorldPart> {
  const keys = (await keysOf(session, instance.guid)).map(({ doc }) => doc);
  const rootKeys = keys.filter((key) => !key.extractable);
  const registrations = (await registrationsOf(session, { instance: instance.guid })).map(({ doc }) => doc);
  const statuses: Statuses = {
    [instance.crn]: { status: instance.state, reasons: [], live: instance.state === 'active' },
  };
  for (const key of rootKeys) statuses[key.crn] = statusOf(session, key, registrations);
  return {
    nodes: [
      instanceNode(session, instance, keys),
      ...rootKeys.map((key) => keyNode(session, key, registrations)),
    ],
    edges: rootKeys.flatMap((key) => edgesOf(instance, key, registrations)),
    statuses,
  };
}

function instanceNode(
  session: Session,
  instance: InstanceDocument,
  keys: readonly KeyDocument[],
): KmsInstanceNode {
  const { crn, name, state, scheduledReclaimAt } = instance;
  const { service, region } = toKeyInstance(instance);
  const living = keys.filter((key) => key.extractable && stateAt(key, session.now) !== 'destroyed');
  return {
    kind: 'kms-instance',
    id: crn,
    crn,
    name,
    service,
    region,
    ...(state !== 'active' && scheduledReclaimAt !== undefined && { deletedAt: scheduledReclaimAt }),
    ...(living.length > 0 && { otherKeys: living.length }),
  };
}

function keyNode(
  session: Session,
  key: KeyDocument,
  registrations: readonly RegistrationDocument[],
): RootKeyNode {
  const { crn, name, service, imported, deletion, expiresAt, rotatedAt } = key;
  const state = stateAt(key, session.now);
  const last = key.states[key.states.length - 1];
  const prevented = registrations.some(
    ({ keyId, preventKeyDeletion }) => keyId === key.id && preventKeyDeletion,
  );
  return {
    kind: 'root-key',
    id: crn,
    crn,
    name,
    service,
    state: state === 'purged' ? 'destroyed' : state,
    imported,
    ...(deletion && { deletedAt: formatSeconds(parseInstant(deletion.at)) }),
    ...(expiresAt !== undefined && { expiresAt: formatSeconds(parseInstant(expiresAt)) }),
    ...(last?.state === 'suspended' && { disabledAt: last.since }),
    ...(rotatedAt !== undefined && { rotatedAt }),
    ...(prevented && { preventsDeletion: true }),
    ...dualAuthorization(key),
  };
}

function dualAuthorization({
  dualAuthDelete,
  deletionAuthorization,
}: KeyDocument): Pick<RootKeyNode, 'dualAuthDelete' | 'deletionAuthorizedUntil'> {
  if (dualAuthDelete?.enabled !== true) return {};
  return {
    dualAuthDelete: true,
    ...(deletionAuthorization && { deletionAuthorizedUntil: deletionAuthorization.until }),
  };
}

/** A dangling registration still stands on the key: its edge leads to a resource that is no longer there. */
function edgesOf(
  instance: InstanceDocument,
  key: KeyDocument,
  registrations: readonly RegistrationDocument[],
): WorldEdge[] {
  const own = registrations.filter(({ keyId }) => keyId === key.id);
  return [
    { type: 'contains', from: instance.crn, to: key.crn },
    ...own.map(({ resourceCrn }) => ({ type: 'protects' as const, from: key.crn, to: resourceCrn })),
  ];
}

function statusOf(
  session: Session,
  key: KeyDocument,
  registrations: readonly RegistrationDocument[],
): WorldPart['statuses'][string] {
  const state = stateAt(key, session.now);
  const dangling = registrations.filter(
    ({ keyId, danglingSince }) => keyId === key.id && danglingSince !== undefined,
  );
  return {
    status: state,
    reasons: dangling.map(({ resourceCrn }) => `dangling_registration ${resourceCrn}`),
    live: state !== 'destroyed' && state !== 'purged',
  };
}
