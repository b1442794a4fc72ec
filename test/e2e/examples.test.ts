/**
 * Every example with real Terraform: it applies, a second plan is empty, its impact is the same from the synthesized
 * stack and from the platform, and `destroy` leaves nothing that is live.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { KeyClient } from '../../cli/key-client';
import { selectKey } from '../../cli/key-selector';
import { whatIsLeft } from '../../examples/quickstart/left';
import { root } from '../support/package';
import { describeWithTerraform, terraformTimeout } from '../support/terraform';
import { AppliedExample, type Asked, answer, type Example, questionsAbout } from './examples/applied-example';
import { scheduleDeletion } from './examples/second-person';

interface TestedExample extends Example {
  /** Name of a key whose deletion takes two people. */
  readonly twoPeopleDelete?: string;
  /** Questions that a synthesized stack answers differently, because it does not show what decides them. */
  readonly onlyPlatformKnows?: readonly Asked[];
}

const examples: readonly TestedExample[] = [
  { name: 'quickstart', stacks: ['quickstart'] },
  { name: 'two-stacks', stacks: ['keys', 'storage'] },
  {
    name: 'imported-key',
    stacks: ['imported-key'],
    variables: { key_material: Buffer.alloc(32, 7).toString('base64') },
  },
  {
    name: 'rotation-and-ring',
    stacks: ['rotation-and-ring'],
    twoPeopleDelete: 'rotation-and-ring-cards',
  },
  {
    name: 'hyper-protect',
    stacks: ['hyper-protect'],
    twoPeopleDelete: 'hyper-protect-ledger',
  },
];

test('every folder of examples/ is run', () => {
  const folders = readdirSync(join(root, 'examples'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  expect(folders.sort()).toEqual(examples.map(({ name }) => name).sort());
});

describeWithTerraform.each(examples)('examples/$name', (example) => {
  let applied: AppliedExample;
  beforeAll(async () => {
    applied = await AppliedExample.open(example);
    await applied.apply();
  }, terraformTimeout);
  afterAll(() => applied?.close());

  const nothingToDo = Object.fromEntries(example.stacks.map((stack) => [stack, 0]));

  test('is in place: a second plan is empty', async () => {
    expect(await applied.plannedAgain()).toEqual(nothingToDo);
  });

  test('has the same impact before it exists and when it does', async () => {
    const { onlyPlatformKnows = [] } = example;
    const [synthesized, platform] = await applied.worlds();
    const questions = questionsAbout(platform);
    expect(questions.length).toBeGreaterThan(10);
    for (const question of questions) {
      const [before, now] = [synthesized, platform].map((world) => [question, answer(world, question)]);
      if (onlyPlatformKnows.some((known) => known.join() === question.join())) {
        expect(before).not.toEqual(now);
      } else {
        expect(before).toEqual(now);
      }
    }
  });

  // behaviour.md A1: a deleted key that was imported can be restored, and access to what it protects returns.
  if (example.name === 'imported-key') {
    test('is whole again when the deleted key is restored', async () => {
      const [keys, before] = [await KeyClient.connect(applied.url), await applied.platform.graph()];
      const key = selectKey(before, 'imported-key-key');
      await keys.act('delete', key, { force: true });
      const { status } = (await applied.statusOf('imported-key-records')) ?? {};
      expect(status).toBe('unusable');
      await applied.platform.advanceClock('P29D');
      await keys.act('restore', key);
      expect((await applied.platform.graph()).statuses).toEqual(before.statuses);
      expect(await applied.plannedAgain()).toEqual(nothingToDo);
    });
  }

  // behaviour.md A1: the service refuses to delete a key that protects resources.
  if (example.name === 'two-stacks') {
    test('keeps the key and its authorization while the other stack needs them', async () => {
      const before = await applied.platform.graph();
      expect(await applied.destroy(['keys'])).toContain('(PROTECTED_RESOURCE_ERR)');
      expect((await applied.platform.graph()).statuses).toEqual(before.statuses);
      // The attempt has taken the outputs of the stack away, which the other one reads.
      await applied.apply();
      expect(await applied.plannedAgain()).toEqual(nothingToDo);
    });
  }

  test('is destroyed without leaving anything that is live', async () => {
    const { twoPeopleDelete } = example;
    if (twoPeopleDelete !== undefined) {
      expect(await applied.destroy()).toContain('(AUTHORIZATIONS_NOT_MET)');
      await scheduleDeletion(applied.url, twoPeopleDelete);
    }
    expect(await applied.destroy()).not.toContain('Error:');
    expect(await applied.managed()).toEqual([]);
    expect((await whatIsLeft(applied.url)).live).toEqual([]);
  });
});
