/**
 * behaviour.md F2: the prediction is what happens. Worlds are generated and built through the vendors' APIs; each action
 * of the simulator is asked about, then done, and the platform is looked at and tried again.
 */
import fc from 'fast-check';
import type { Refusal } from '../../simulator';
import { type Agreement, agreementIn, together } from './agreement/agreement';
import { corners, describePlan, pick, worldPlan } from './agreement/plans';

/** Every reason that a world can hold: nothing here forbids deletions, and material comes along with rotations. */
const reasons: readonly Refusal['reason'][] = [
  'already-deleted',
  'already-in-state',
  'expired',
  'holds-live-keys',
  'instance-deleted',
  'invalid-state',
  'needs-second-authorization',
  'no-authorization',
  'not-restorable',
  'protects-resources',
  'restore-window-over',
  'rotated-recently',
  'too-early',
];

test('what is predicted is what happens, for every action in generated worlds', async () => {
  const held: Agreement[] = [];
  const holds = fc.asyncProperty(worldPlan, pick, async (plan, picked) => {
    const agreement = await agreementIn(plan, picked);
    held.push(agreement);
    if (agreement.disagreements.length > 0)
      throw new Error(`${agreement.disagreements.join('\n')}\n\nin the world\n${describePlan(plan)}`);
  });
  await fc.assert(holds, { numRuns: 40, seed: 20260115, examples: corners });
  const { answers, refusals, findings, operationsLost } = together(held).tally;
  expect(answers).toBeGreaterThan(300);
  expect(findings).toBeGreaterThan(300);
  expect(operationsLost).toBeGreaterThan(500);
  expect([...new Set(refusals)].sort()).toEqual(reasons);
}, 300_000);
