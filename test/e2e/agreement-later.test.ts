/**
 * behaviour.md F2 for `impact --at`: what an action will have come to after a while is what is seen then. In generated
 * worlds it is done, the clock is moved past the waits and windows of the vendor, and the platform is looked at.
 */
import fc from 'fast-check';
import { delays, laterActions, laterIn } from './agreement/later';
import { corners, describePlan, pick, worldPlan } from './agreement/plans';

test('what is predicted for later is what is seen later, in generated worlds', async () => {
  let findings = 0;
  const trial = fc.record({
    action: fc.constantFrom(...laterActions),
    pick,
    delay: fc.constantFrom(...delays),
  });
  const holds = fc.asyncProperty(worldPlan, trial, async (plan, tried) => {
    const later = await laterIn(plan, tried);
    findings += later.findings;
    if (later.disagreements.length > 0)
      throw new Error(`${later.disagreements.join('\n')}\n\nin the world\n${describePlan(plan)}`);
  });
  const examples = corners.flatMap(([plan], index): Parameters<typeof holds.run>[0][] => [
    [plan, { action: 'force-delete', pick: 0, delay: 0 }],
    [plan, { action: 'restore', pick: 0, delay: delays[index % delays.length] ?? 0 }],
  ]);
  await fc.assert(holds, { numRuns: 80, seed: 20260115, examples });
  expect(findings).toBeGreaterThan(200);
}, 300_000);
