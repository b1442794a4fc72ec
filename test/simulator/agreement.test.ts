/** behaviour.md F2: the answer is the same from the stack, the plan, the state and the platform. */
import { join } from 'node:path';
import { type Action, actions, type Report, readWorld, selectTargets, simulate } from '../../simulator';
import { at, fixtureFolder } from './fixtures';

const sources = ['cdk.tf.json', 'plan.json', 'state.json', 'state-file.json', 'graph.json'] as const;

async function ask(source: string, selector: string, action: Action): Promise<Report> {
  const world = await readWorld(join(fixtureFolder, 'orders', source), { at });
  return simulate(world, { action, targets: selectTargets(world, selector, action) });
}

/** What does not depend on how a source names things. */
function answer({ verdict, targets, findings, counts }: Report): unknown {
  const { unmapped: _, ...severities } = counts;
  return {
    verdict,
    severities,
    targets: targets.map(({ kind, name, before, after, refusal }) => [
      kind,
      name,
      before,
      after,
      refusal?.reason,
    ]),
    findings: findings
      .map(({ id: _id, address: _address, path, consumers, ...rest }) => ({
        ...rest,
        steps: path.length,
        consumers: consumers.length,
      }))
      .sort((one, other) => (one.name < other.name ? -1 : 1)),
  };
}

const questions: readonly (readonly [selector: string, action: Action])[] = actions
  .filter((action) => action !== 'revoke-authorization' && action !== 'delete-instance')
  .flatMap((action) => [['orders', action] as const, ['archive', action] as const]);

const others: readonly (readonly [selector: string, action: Action])[] = [
  ['orders', 'revoke-authorization'],
  ['orders-kms', 'delete-instance'],
  ['orders-secrets', 'delete-instance'],
];

describe.each([...questions, ...others])('%s: %s', (selector, action) => {
  it('has one answer, whatever the source', async () => {
    const [first, ...rest] = await Promise.all(sources.map((source) => ask(source, selector, action)));
    if (!first) throw new Error('no source');
    for (const report of rest) expect(answer(report)).toEqual(answer(first));
  });
});

it('is not the same empty answer everywhere', async () => {
  const report = await ask('plan.json', 'orders', 'force-delete');
  expect(report.findings.map(({ name, severity, after }) => [name, severity, after])).toEqual([
    ['db', 'lost', 'unusable'],
    ['log', 'lost', 'unusable'],
    ['orders-secrets', 'lost', 'sealed'],
    ['db-password', 'lost', 'sealed'],
  ]);
  expect((await ask('graph.json', 'archive', 'force-delete')).verdict).toBe('breaks');
});
