/** Builds a world, asks about every action, does it, looks, and says where the prediction was wrong. */
import type { KeyState } from '../../../domain/keys/states';
import type { WorldNode } from '../../../domain/world';
import { type Action, actions, type Report, simulate } from '../../../simulator';
import { targetKinds } from '../../../simulator/rules/question';
import { startTestPlatform, type TestPlatform } from '../../support/platform';
import { buildWorld, type WorldPlan } from '../../support/world-builder';
import {
  compareFinding,
  compareOperations,
  compareRefusal,
  compareTarget,
  compareUnnamed,
  outcomeOf,
} from './comparison';
import { perform } from './deeds';
import { named, type Observation, observe } from './observation';
import { type Probes, probe } from './probes';
import { compareConsumers, compareNewVolumes, compareVendorStatuses } from './vendor-view';

/** What was held against the platform, so that a test can tell that something was. */
export interface Tally {
  readonly answers: number;
  readonly findings: number;
  readonly operationsLost: number;
  /** Reasons of refusals. */
  readonly refusals: readonly string[];
}

export interface Agreement {
  /** One line for each thing that was predicted wrongly. */
  readonly disagreements: readonly string[];
  readonly tally: Tally;
}

/** Expiring moves the clock, which never goes back: it comes last. */
const inOrder: readonly Action[] = [...actions.filter((action) => action !== 'expire'), 'expire'];

/** Which of the things that an action is for: one, counted modulo their number, or all of them at once. */
export type Pick = number | 'all';

/** Every action on the picked targets of a world. */
export async function agreementIn(plan: WorldPlan, pick: Pick): Promise<Agreement> {
  const platform = await startTestPlatform();
  try {
    await buildWorld(platform, plan);
    const was = await observe(platform);
    const before = await probe(
      platform,
      was,
      was.graph.nodes.map(({ id }) => id),
    );
    const parts: Agreement[] = [];
    for (const action of inOrder) {
      const targets = picked(targetsOf(action, was), pick);
      if (targets.length > 0) parts.push(await tried({ platform, action, targets, was, before }));
    }
    return together(parts);
  } finally {
    await platform.close();
  }
}

/** The state that a key is in when the action is not out of place. */
const fitting: Partial<Record<Action, KeyState>> = {
  disable: 'active',
  rotate: 'active',
  enable: 'suspended',
  restore: 'destroyed',
  purge: 'destroyed',
};

/** The nodes that the action is for, those first that it fits, then by name; for `expire` the next key to do so. */
export function targetsOf(action: Action, { world }: Observation): readonly WorldNode[] {
  const unfit = (node: WorldNode): number =>
    Number(node.kind === 'root-key' && fitting[action] !== undefined && node.state !== fitting[action]);
  const nodes = world.nodes
    .filter(({ kind }) => targetKinds[action].includes(kind))
    .sort(
      (one, other) =>
        unfit(one) - unfit(other) || one.name.localeCompare(other.name) || one.id.localeCompare(other.id),
    );
  if (action !== 'expire') return nodes;
  return nodes
    .filter((node) => (expiryOf(node) ?? 0) > Date.parse(world.at))
    .sort((one, other) => (expiryOf(one) ?? 0) - (expiryOf(other) ?? 0))
    .slice(0, 1);
}

/** All of them at once are of one kind: a key stands for authorizations that would be revoked by themselves, too. */
export function picked(targets: readonly WorldNode[], pick: Pick): readonly WorldNode[] {
  if (pick !== 'all') return targets.slice(pick % targets.length, (pick % targets.length) + 1);
  const authorizations = targets.filter(({ kind }) => kind === 'authorization');
  return authorizations.length > 0 ? authorizations : targets;
}

function expiryOf(node: WorldNode): number | undefined {
  return node.kind === 'root-key' && node.expiresAt !== undefined ? Date.parse(node.expiresAt) : undefined;
}

interface Trial {
  readonly platform: TestPlatform;
  readonly action: Action;
  readonly targets: readonly WorldNode[];
  readonly was: Observation;
  readonly before: Probes;
}

/** Puts the platform back afterwards. */
async function tried({ platform, action, targets, was, before }: Trial): Promise<Agreement> {
  const [first] = targets;
  const at = action === 'expire' && first ? expiryOf(first) : undefined;
  const report = simulate(was.world, { action, targets: targets.map(({ id }) => id), at });
  const snapshot = await platform.platform.snapshot();
  const outcomes = new Map<string, string>();
  for (const target of targets)
    outcomes.set(target.id, outcomeOf(await perform(platform, { action, target }, was)));
  const is = await observe(platform);
  const ids = report.findings.map(({ id }) => id);
  // Where nothing was done the graph says so, and what worked still does.
  const done = [...outcomes.values()].includes('done');
  const after = done ? await probe(platform, is, ids) : before;
  const found = [
    ...compareAll(report, outcomes, was, is),
    ...report.findings.flatMap((finding) => compareOperations(finding, before, after)),
    ...(done ? await compareVendorStatuses(platform, is) : []),
    ...(await compareNewVolumes(platform, report, is)),
  ];
  await platform.platform.restore(snapshot);
  found.push(...(await compareConsumers(platform, report.findings)));
  return {
    disagreements: found.map(
      (line) => `${action} ${targets.map(({ name }) => name).join(', ')}: ${named(was, line)}`,
    ),
    tally: {
      answers: 1,
      refusals: report.targets.flatMap(({ refusal }) => (refusal === null ? [] : [refusal.reason])),
      findings: ids.length,
      operationsLost: report.findings.reduce((sum, { operations_lost: lost }) => sum + lost.length, 0),
    },
  };
}

function compareAll(
  report: Report,
  outcomes: ReadonlyMap<string, string>,
  was: Observation,
  is: Observation,
): string[] {
  const done = [...outcomes.values()].includes('done');
  const unchanged = JSON.stringify(is) === JSON.stringify(was);
  return [
    ...report.targets.flatMap((target) => compareRefusal(target, outcomes.get(target.id) ?? '')),
    ...report.targets.flatMap((target) => compareTarget(target, was, is)),
    ...report.findings.flatMap((finding) => compareFinding(finding, was, is)),
    ...compareUnnamed(report, was, is),
    ...(done || unchanged ? [] : ['a refused action changed something']),
  ];
}

export function together(parts: readonly Agreement[]): Agreement {
  const sum = (of: (tally: Tally) => number): number =>
    parts.reduce((total, { tally }) => total + of(tally), 0);
  return {
    disagreements: parts.flatMap(({ disagreements }) => disagreements),
    tally: {
      answers: sum(({ answers }) => answers),
      refusals: parts.flatMap(({ tally }) => tally.refusals),
      findings: sum(({ findings }) => findings),
      operationsLost: sum(({ operationsLost }) => operationsLost),
    },
  };
}
