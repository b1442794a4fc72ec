/** Does what a report says undoes an action: too early, at the first moment, at the last one, and too late. */
import type { WorldNode } from '../../../domain/world';
import { type Action, type Finding, type Report, simulate, type Undo } from '../../../simulator';
import { type Reply, startTestPlatform, type TestPlatform } from '../../support/platform';
import { buildWorld, type WorldPlan } from '../../support/world-builder';
import { targetsOf } from './agreement';
import { askKeyService, codeOf, perform } from './deeds';
import { named, type Observation, observe, partsOf, shownStatus } from './observation';
import { type Probes, probe, works } from './probes';

/** What takes something away at once. */
export const takingAway: readonly Action[] = [
  'disable',
  'force-delete',
  'delete',
  'revoke-authorization',
  'delete-instance',
];

export interface Undone {
  readonly disagreements: readonly string[];
  /** Which ways back were tried. */
  readonly ways: readonly Undo['by'][];
}

interface Deed {
  readonly action: Action;
  readonly target: WorldNode;
  readonly report: Report;
}

/** The first of the actions, from the given one on, that something has to be undone of. */
function deedIn(was: Observation, first: number): Deed | undefined {
  const actions = [...takingAway.slice(first), ...takingAway.slice(0, first)];
  for (const action of actions) {
    for (const target of targetsOf(action, was)) {
      const report = simulate(was.world, { action, targets: [target.id] });
      if (report.findings.some(({ undo }) => undo !== null)) return { action, target, report };
    }
  }
  return undefined;
}

/** Builds the world, does one thing in it, and undoes that. `first` is the action that is looked for first. */
export async function undoneIn(plan: WorldPlan, first: number): Promise<Undone> {
  const platform = await startTestPlatform();
  try {
    await buildWorld(platform, plan);
    const was = await observe(platform);
    const deed = deedIn(was, first);
    if (deed === undefined) return { disagreements: [], ways: [] };
    const ids = deed.report.findings.map(({ id }) => id);
    const before = await probe(platform, was, ids);
    const remembered = await authorizationsOf(platform, was);
    await perform(platform, deed, was);
    const found: string[] = [];
    const groups = byUndo(deed.report.findings);
    const scene: Scene = { platform, deed, was, before, remembered };
    for (const step of groups.flatMap((group) => stepsOf(group, was)).sort((a, b) => a.at - b.at))
      found.push(...(await take(scene, step)));
    return {
      disagreements: found.map((line) => `${deed.action} ${deed.target.name}: ${named(was, line)}`),
      ways: groups.map(({ undo }) => undo.by),
    };
  } finally {
    await platform.close();
  }
}

interface Group {
  readonly undo: Undo;
  readonly findings: readonly Finding[];
}

function byUndo(findings: readonly Finding[]): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const finding of findings) {
    const { undo } = finding;
    if (undo === null) continue;
    const key = JSON.stringify(undo);
    groups.set(key, { undo, findings: [...(groups.get(key)?.findings ?? []), finding] });
  }
  return [...groups.values()];
}

interface Step extends Group {
  readonly at: number;
  readonly expected: 'refused' | 'heals' | 'permitted';
}

const second = 1_000;
const minute = 60 * second;
const day = 24 * 60 * minute;

function stepsOf(group: Group, { world }: Observation): readonly Step[] {
  const { by, from, until } = group.undo;
  const now = Date.parse(world.at);
  const step = (at: number, expected: Step['expected']): Step => ({ ...group, at, expected });
  if (by === 'none') return [now, now + minute, now + day].map((at) => step(at, 'refused'));
  const opens = Date.parse(from ?? '');
  const closes = until === null ? undefined : Date.parse(until);
  // An instance can be restored for a week, in which its key may expire by itself.
  const atLast = by === 'restore-instance' ? 'permitted' : 'heals';
  return [
    ...(opens > now ? [step(now, 'refused'), step(opens - second, 'refused')] : []),
    step(opens, 'heals'),
    ...(closes === undefined
      ? [step(now + 200 * day, 'permitted')]
      : [step(closes - second, atLast), step(closes, 'refused')]),
  ];
}

interface Scene {
  readonly platform: TestPlatform;
  readonly deed: Deed;
  readonly was: Observation;
  readonly before: Probes;
  /** Policies as they were, by id. */
  readonly remembered: ReadonlyMap<string, unknown>;
}

/** Puts the platform back afterwards; the clock stays where the step put it. */
async function take(scene: Scene, { undo, at, expected, findings }: Step): Promise<readonly string[]> {
  const { clock, snapshot, restore } = scene.platform.platform;
  clock.set(Math.max(at, clock.now()));
  const put = await snapshot();
  const replies = await undoing(scene, undo);
  const refused = replies.find(({ status }) => status >= 300);
  const said = `${undo.by} at ${new Date(at).toISOString()}`;
  const found: string[] = [];
  if (expected === 'refused' && refused === undefined)
    found.push(`${said}: said to be refused, and it was done`);
  if (expected !== 'refused' && refused !== undefined)
    found.push(`${said}: said to be permitted, the platform said ${refused.status} ${codeOf(refused)}`);
  if (expected === 'heals' && refused === undefined)
    found.push(...(await unhealed(scene, findings)).map((line) => `${said}: ${line}`));
  await restore(put);
  return found;
}

/** With no way back, every request that could be one. */
async function undoing({ platform, deed, remembered }: Scene, { by }: Undo): Promise<readonly Reply[]> {
  switch (by) {
    case 'enable':
    case 'restore':
      return [await askKeyService(platform, by, deed.target)];
    case 'recreate-authorization':
      return recreate(platform, remembered);
    case 'restore-instance':
      return [await restoreInstance(platform, partsOf(deed.target.id).instance)];
    case 'none': {
      const replies = [
        await askKeyService(platform, 'enable', deed.target),
        await askKeyService(platform, 'restore', deed.target),
      ];
      const done = replies.filter(({ status }) => status < 300);
      return done.length > 0 ? done : replies;
    }
  }
}

async function authorizationsOf(
  platform: TestPlatform,
  { graph }: Observation,
): Promise<ReadonlyMap<string, unknown>> {
  const remembered = new Map<string, unknown>();
  for (const { id } of graph.nodes.filter(({ kind }) => kind === 'authorization')) {
    const policy = partsOf(id).resource;
    const { type, subjects, roles, resources } = (await platform.request('GET', `/v1/policies/${policy}`))
      .body;
    const roleIds = roles.map(({ role_id }: { role_id: string }) => ({ role_id }));
    remembered.set(policy, { type, subjects, roles: roleIds, resources });
  }
  return remembered;
}

async function recreate(
  platform: TestPlatform,
  remembered: ReadonlyMap<string, unknown>,
): Promise<readonly Reply[]> {
  const replies: Reply[] = [];
  for (const [id, policy] of remembered) {
    const { body } = await platform.request('GET', `/v1/policies/${id}`);
    if (body.state === 'deleted') replies.push(await platform.request('POST', '/v1/policies', policy));
  }
  return replies;
}

/** A reclamation that is over is no longer there to be restored. */
async function restoreInstance(platform: TestPlatform, guid: string): Promise<Reply> {
  const list = await platform.request('GET', `/v1/reclamations?resource_instance_id=${guid}`);
  const id: string = list.body.resources[0]?.id ?? 'none';
  return platform.request('POST', `/v1/reclamations/${id}/actions/restore`);
}

/** Every operation that was lost works again; what found its key usable shows what it showed before. */
async function unhealed(
  { platform, was, before }: Scene,
  findings: readonly Finding[],
): Promise<readonly string[]> {
  const is = await observe(platform);
  const after = await probe(
    platform,
    is,
    findings.map(({ id }) => id),
  );
  return findings.flatMap(({ id, condition, operations_lost: lost }) => {
    const outcomes = Object.entries(after.get(id) ?? {});
    const still = outcomes.filter(
      ([operation, now]) =>
        now !== works && lost.some((name) => name === operation && before.get(id)?.[name] === works),
    );
    return [
      ...still.map(([operation, now]) => `${id}: ${operation} is still refused: ${now}`),
      ...(condition.before === 'usable' && shownStatus(is, id) !== shownStatus(was, id)
        ? [`${id}: was ${shownStatus(was, id)} and is ${shownStatus(is, id)}`]
        : []),
    ];
  });
}
