/**
 * Tries on the platform what can be done with volumes, secrets and Secrets Manager instances, and puts everything back.
 * What the platform does not emulate (attach, snapshot, the input and output of an instance) is not tried.
 */
import type { DependentOperation } from '../../../domain/effects';
import type { WorldNode } from '../../../domain/world';
import type { Reply, TestPlatform } from '../../support/platform';
import { volumeCall } from '../../support/world-builder';
import { codeOf } from './deeds';
import { type Observation, partsOf } from './observation';

/** What each tried operation came to: `works`, or status and code of the refusal. */
export type Outcomes = Readonly<Partial<Record<DependentOperation, string>>>;

/** By node id. */
export type Probes = ReadonlyMap<string, Outcomes>;

export const works = 'works';

type Ask = () => Promise<Reply>;

type Trial = Readonly<Partial<Record<DependentOperation, Ask>>>;

/** In this order, so that what removes a thing comes after what needs it. */
export async function probe(
  platform: TestPlatform,
  { graph }: Observation,
  ids: readonly string[],
): Promise<Probes> {
  const snapshot = await platform.platform.snapshot();
  const outcomes = new Map<string, Outcomes>();
  const nodes = graph.nodes.filter(({ id }) => ids.includes(id));
  for (const kind of ['volume', 'secret', 'secrets-manager-instance'] as const) {
    for (const node of nodes.filter((candidate) => candidate.kind === kind)) {
      const inside = graph.edges.find(({ type, from }) => type === 'contains' && from === node.id)?.to;
      const tried = await outcomesOf(trialOf(platform, node));
      outcomes.set(node.id, { ...(inside === undefined ? {} : outcomes.get(inside)), ...tried });
    }
  }
  await platform.platform.restore(snapshot);
  return outcomes;
}

async function outcomesOf(trial: Trial): Promise<Outcomes> {
  const outcomes: Partial<Record<DependentOperation, string>> = {};
  for (const [operation, ask] of Object.entries(trial) as [DependentOperation, Ask][]) {
    const reply = await ask();
    outcomes[operation] = reply.status < 300 ? works : `${reply.status} ${codeOf(reply)}`;
  }
  return outcomes;
}

function trialOf(platform: TestPlatform, node: WorldNode): Trial {
  switch (node.kind) {
    case 'volume':
      return volumeTrial(platform, node.id, node.attached);
    case 'secret':
      return secretTrial(platform, node.id);
    case 'secrets-manager-instance':
      return managerTrial(platform, node.id);
    default:
      return {};
  }
}

function volumeTrial(platform: TestPlatform, crn: string, attached: boolean): Trial {
  const path = `/v1/volumes/${partsOf(crn).resource}?${volumeCall}`;
  const patch = (body: object) => () => platform.request('PATCH', path, body);
  return {
    read: () => platform.request('GET', path),
    update: patch({ user_tags: ['probed'] }),
    resize: patch({ capacity: 120 }),
    ...(!attached && { delete: () => platform.request('DELETE', path) }),
  };
}

function secretTrial(platform: TestPlatform, crn: string): Trial {
  const { instance, resource } = partsOf(crn);
  const base = `/secrets-manager/${instance}/api/v2/secrets/${resource}`;
  const ask =
    (method: string, path: string, body?: object): Ask =>
    () =>
      platform.request(method, `${base}${path}`, body);
  return {
    'secret.read': ask('GET', ''),
    'secret.read-metadata': ask('GET', '/metadata'),
    'secret.update-metadata': ask('PATCH', '/metadata', { labels: ['probed'] }),
    'lock.list': ask('GET', '/locks'),
    'lock.create': ask('POST', '/locks_bulk', { locks: [{ name: 'probe' }] }),
    'lock.delete': async () => {
      await ask('DELETE', '/versions/previous/locks_bulk?name=*')();
      return ask('DELETE', '/locks_bulk?name=*')();
    },
    'secret.rotate': ask('POST', '/versions', { payload: 'probed' }),
    'secret.delete': ask('DELETE', ''),
  };
}

function managerTrial(platform: TestPlatform, crn: string): Trial {
  const { instance } = partsOf(crn);
  const secrets = `/secrets-manager/${instance}/api/v2/secrets`;
  const itself = `/v2/resource_instances/${instance}`;
  return {
    'instance.read': () => platform.request('GET', itself),
    'secret.list': () => platform.request('GET', secrets),
    'secret.create': () =>
      platform.request('POST', secrets, { secret_type: 'arbitrary', name: 'probe', payload: 'probed' }),
    'instance.delete': () => platform.request('DELETE', itself),
  };
}
