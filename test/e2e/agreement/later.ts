/** Asks what an action will have come to later, does it, lets the time pass, and looks. */
import type { WorldNode } from '../../../domain/world';
import { type Action, actions, simulate } from '../../../simulator';
import { actsLater } from '../../../simulator/rules/question';
import { startTestPlatform, type TestPlatform } from '../../support/platform';
import { buildWorld, type WorldPlan } from '../../support/world-builder';
import { type Pick, picked, targetsOf } from './agreement';
import { compareFinding, compareRefusal, compareTarget, outcomeOf } from './comparison';
import { perform } from './deeds';
import { named, type Observation, observe } from './observation';

const second = 1_000;
const hour = 60 * 60 * second;
const day = 24 * hour;

/** Beside the waits and windows of ibm-control-plane.md 6.1.5 and behaviour.md B5. */
export const delays: readonly number[] = [
  30 * second,
  2 * hour,
  7 * day - second,
  7 * day,
  30 * day - second,
  30 * day,
  90 * day,
];

export const laterActions: readonly Action[] = actions.filter((action) => action !== 'expire');

export interface Later {
  /** One line for each thing that was predicted wrongly. */
  readonly disagreements: readonly string[];
  /** How many findings were held against the platform. */
  readonly findings: number;
}

interface Trial {
  readonly platform: TestPlatform;
  readonly action: Action;
  readonly targets: readonly WorldNode[];
  readonly was: Observation;
}

/** What gives something back is done at `delay`; anything else at once, and looked at after every delay. */
export async function laterIn(
  plan: WorldPlan,
  { action, pick, delay }: { action: Action; pick: Pick; delay: number },
): Promise<Later> {
  const platform = await startTestPlatform();
  try {
    await buildWorld(platform, plan);
    const was = await observe(platform);
    const trial: Trial = { platform, action, targets: picked(targetsOf(action, was), pick), was };
    const parts: Later[] = [];
    if (trial.targets.length > 0 && actsLater[action]) {
      wait(trial, delay);
      parts.push(await looked(trial, delay, await done(trial)));
    } else if (trial.targets.length > 0) {
      const outcomes = await done(trial);
      for (const passed of delays) {
        wait(trial, passed);
        parts.push(await looked(trial, passed, outcomes));
      }
    }
    return {
      disagreements: parts.flatMap(({ disagreements }) => disagreements),
      findings: parts.reduce((sum, { findings }) => sum + findings, 0),
    };
  } finally {
    await platform.close();
  }
}

function wait({ platform: { platform }, was }: Trial, delay: number): void {
  platform.clock.set(Date.parse(was.world.at) + delay);
}

async function done({ platform, action, targets, was }: Trial): Promise<ReadonlyMap<string, string>> {
  const outcomes = new Map<string, string>();
  for (const target of targets)
    outcomes.set(target.id, outcomeOf(await perform(platform, { action, target }, was)));
  return outcomes;
}

/** Of a refused action the report says what is now, and nothing about later. */
async function looked(
  { platform, action, targets, was }: Trial,
  delay: number,
  outcomes: ReadonlyMap<string, string>,
): Promise<Later> {
  const at = Date.parse(was.world.at) + delay;
  const report = simulate(was.world, { action, targets: targets.map(({ id }) => id), at });
  const is = await observe(platform);
  const permitted = report.targets.filter(({ refusal }) => refusal === null);
  const findings = permitted.length === targets.length ? report.findings : [];
  const lines = [
    ...report.targets.flatMap((target) => compareRefusal(target, outcomes.get(target.id) ?? '')),
    ...permitted.flatMap((target) => compareTarget(target, was, is)),
    ...findings.flatMap((finding) => compareFinding(finding, was, is)),
  ];
  return {
    disagreements: lines.map((line) => `${action}, ${delay / second} s later: ${named(was, line)}`),
    findings: findings.length,
  };
}
