/**
 * behaviour.md F1, F2: how and until when what was done can be undone. In generated worlds something is taken away; what
 * the report says undoes it is refused too early, heals from the first moment to the last one, and is refused after it.
 */
import fc from 'fast-check';
import type { Undo } from '../../simulator';
import type { WorldPlan } from '../support/world-builder';
import { describePlan, waysBack, worldPlan } from './agreement/plans';
import { takingAway, undoneIn } from './agreement/undoing';

test('what undoes an action does so from the first moment to the last, in generated worlds', async () => {
  const tried: Undo['by'][] = [];
  const first = fc.nat({ max: takingAway.length - 1 });
  const holds = fc.asyncProperty(worldPlan, first, async (plan, action) => {
    const { disagreements, ways } = await undoneIn(plan, action);
    tried.push(...ways);
    if (disagreements.length > 0)
      throw new Error(`${disagreements.join('\n')}\n\nin the world\n${describePlan(plan)}`);
  });
  const examples = waysBack.flatMap((plan) =>
    takingAway.map((_, action): [WorldPlan, number] => [plan, action]),
  );
  await fc.assert(holds, { numRuns: 60, seed: 20260115, examples });
  expect(new Set(tried)).toEqual(
    new Set(['enable', 'restore', 'recreate-authorization', 'restore-instance', 'none']),
  );
}, 300_000);
