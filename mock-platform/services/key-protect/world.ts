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
  const rootKeys = (await keysOf(session, instance.guid))
    .map(({ doc }) => doc)
    .filter((key) => !key.extractable);
  const registrations = (await registrationsOf(session, { instance: instance.guid })).map(({ doc }) => doc);
  const statuses: Statuses = {
    [instance.crn]: { status: instance.state, reasons: [], live: instance.state === 'active' },
  };
  for (const key of rootKeys) statuses[key.crn] = statusOf(session, key, registrations);
  return {
    nodes: [instanceNode(instance), ...rootKeys.map((key) => keyNode(session, key))],
    edges: rootKeys.flatMap((key) => edgesOf(instance, key, registrations)),
    statuses,
  };
}

function instanceNode(instance: InstanceDocument): KmsInstanceNode {
  const { crn, name } = instance;
  const { service, region } = toKeyInstance(instance);
  return { kind: 'kms-instance', id: crn, crn, name, service, region };
}

function keyNode(session: Session, key: KeyDocument): RootKeyNode {
  const { crn, name, service, imported, deletion, expiresAt } = key;
  const state = stateAt(key, session.now);
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
