/** What holds for every world, tried on generated ones. */
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import type { KeyState } from '../../domain/keys/states';
import type { World, WorldEdge, WorldNode } from '../../domain/world';
import {
  type Action,
  actions,
  type Finding,
  type Report,
  render,
  reportFormats,
  reportSchema,
  severities,
  simulate,
} from '../../simulator';
import { targetKinds } from '../../simulator/rules/question';
import { authorization, edge, lock, now, rootKey, secretsAuthorization, volume, without } from './worlds';

const isReport = addFormats(new Ajv({ allErrors: true, allowUnionTypes: true })).compile(reportSchema);

const keyIds = ['key-0', 'key-1', 'key-2'];
const instances = ['kms-0', 'kms-1'];
const states: readonly KeyState[] = ['active', 'suspended', 'deactivated', 'destroyed'];

interface Part {
  readonly nodes: readonly WorldNode[];
  readonly edges: readonly WorldEdge[];
}

const keys: fc.Arbitrary<readonly Part[]> = fc.tuple(
  ...keyIds.map((id) =>
    fc
      .record({
        state: fc.constantFrom(...states),
        imported: fc.boolean(),
        instance: fc.constantFrom(...instances),
        deletedAt: fc.constantFrom('2025-11-01T00:00:00Z', '2025-12-31T00:00:00Z'),
        expiresAt: fc.constantFrom(undefined, '2026-02-01T00:00:00Z'),
      })
      .map(({ state, imported, instance, deletedAt, expiresAt }) => ({
        nodes: [
          rootKey({
            id,
            name: id,
            state,
            imported,
            ...(state === 'destroyed' && { deletedAt }),
            ...(expiresAt !== undefined && { expiresAt }),
          }),
        ],
        edges: [edge('contains', instance, id)],
      })),
  ),
);

const protector = fc.constantFrom(undefined, ...keyIds);

const volumes: fc.Arbitrary<readonly Part[]> = fc
  .array(fc.tuple(protector, fc.boolean()), { maxLength: 5 })
  .map((list) =>
    list.map(([key, attached], index) => ({
      nodes: [volume({ id: `volume-${index}`, name: `v${index}`, attached })],
      edges: key === undefined ? [] : [edge('protects', key, `volume-${index}`)],
    })),
  );

const secrets: fc.Arbitrary<readonly Part[]> = fc
  .array(fc.tuple(protector, fc.nat(2), fc.boolean()), { maxLength: 3 })
  .map((list) =>
    list.map(([key, count, locked], index) => instanceOfSecrets(`sm-${index}`, key, count, locked)),
  );

function instanceOfSecrets(id: string, key: string | undefined, count: number, locked: boolean): Part {
  const contents = Array.from({ length: count }, (_, index) => `${id}-secret-${index}`);
  const locks = locked ? contents : [];
  return {
    nodes: [
      { kind: 'secrets-manager-instance', id, name: id },
      ...contents.map((one): WorldNode => ({ kind: 'secret', id: one, name: one, secretType: 'arbitrary' })),
      ...locks.map((one) => lock({ id: `${one}-lock`, name: 'l', consumer: `user of ${one}` })),
    ],
    edges: [
      ...(key === undefined ? [] : [edge('protects', key, id)]),
      ...contents.map((one) => edge('contains', id, one)),
      ...locks.map((one) => edge('locks', `${one}-lock`, one)),
    ],
  };
}

const authorizations: fc.Arbitrary<readonly Part[]> = fc
  .array(
    fc.tuple(
      fc.boolean(),
      fc.constantFrom(undefined, ...instances),
      fc.constantFrom('Reader', 'Manager', 'Viewer'),
    ),
    {
      maxLength: 4,
    },
  )
  .map((list) =>
    list.map(([block, targetInstance, role], index) => {
      const id = `authorization-${index}`;
      const opened = targetInstance === undefined ? instances : [targetInstance];
      const base = block ? authorization() : secretsAuthorization;
      return {
        nodes: [{ ...base, id, targetInstance, roles: [role] }],
        edges: opened.map((instance) => edge('authorizes', id, instance)),
      };
    }),
  );

const worlds: fc.Arbitrary<World> = fc
  .tuple(keys, volumes, secrets, authorizations)
  .map((parts) => parts.flat())
  .map((parts) => ({
    at: now,
    nodes: [
      ...instances.map((id): WorldNode => ({ kind: 'kms-instance', id, name: id, service: 'kms' })),
      ...parts.flatMap(({ nodes }) => nodes),
    ],
    edges: parts.flatMap(({ edges }) => edges),
    unmapped: [],
  }));

const anyAction = fc.constantFrom<Action>(...actions);

function targetsFor(world: World, action: Action): readonly string[] {
  const [first] = world.nodes.filter(({ kind }) => targetKinds[action].includes(kind));
  return first ? [first.id] : [];
}

function ask(world: World, action: Action, targets = targetsFor(world, action)): Report {
  return simulate(world, { action, targets });
}

/** A dependant with everything in it. */
function subtree(world: World, id: string): readonly string[] {
  const inside = world.edges
    .filter(({ type, from }) => type === 'contains' && from === id)
    .map(({ to }) => to);
  const locks = world.edges.filter(({ type, to }) => type === 'locks' && (to === id || inside.includes(to)));
  return [id, ...inside, ...locks.map(({ from }) => from)];
}

const withoutIds = (findings: readonly Finding[], ids: readonly string[]): readonly Finding[] =>
  findings.filter(({ id }) => !ids.includes(id));

describe('for every world and action', () => {
  it('the order of nodes and edges does not change the report', () => {
    const shuffled = worlds.chain((world) =>
      fc.tuple(
        fc.constant(world),
        fc.shuffledSubarray([...world.nodes], { minLength: world.nodes.length }),
        fc.shuffledSubarray([...world.edges], { minLength: world.edges.length }),
      ),
    );
    fc.assert(
      fc.property(shuffled, anyAction, ([world, nodes, edges], action) => {
        const targets = targetsFor(world, action);
        expect(ask({ ...world, nodes, edges }, action, targets)).toEqual(ask(world, action, targets));
      }),
    );
  });

  it('taking away something that no finding is about changes no finding', () => {
    fc.assert(
      fc.property(worlds, anyAction, fc.nat(), (world, action, pick) => {
        const targets = targetsFor(world, action);
        const report = ask(world, action, targets);
        const named = new Set([...targets, ...report.findings.flatMap(({ path }) => path)]);
        const removable = world.nodes.filter(
          ({ id, kind }) =>
            !named.has(id) &&
            (kind === 'volume' || kind === 'secrets-manager-instance' || kind === 'root-key'),
        );
        const removed = removable[pick % Math.max(removable.length, 1)];
        fc.pre(removed !== undefined);
        const smaller = without(world, ...subtree(world, removed?.id ?? ''));
        expect(ask(smaller, action, targets).findings).toEqual(report.findings);
      }),
    );
  });

  it('taking away a dependant changes no finding about another', () => {
    fc.assert(
      fc.property(worlds, anyAction, fc.nat(), (world, action, pick) => {
        fc.pre(action !== 'delete');
        const targets = targetsFor(world, action);
        const report = ask(world, action, targets);
        const removable = report.findings.filter(
          ({ kind, id }) => kind !== 'secret' && !targets.includes(id),
        );
        const removed = removable[pick % Math.max(removable.length, 1)];
        fc.pre(removed !== undefined);
        const ids = subtree(world, removed?.id ?? '');
        expect(ask(without(world, ...ids), action, targets).findings).toEqual(
          withoutIds(report.findings, ids),
        );
      }),
    );
  });

  it('the report fits its schema, its verdict is its worst finding, its counts add up', () => {
    fc.assert(
      fc.property(worlds, anyAction, fc.nat(100), (world, action, days) => {
        const at = Date.parse(now) + days * 24 * 60 * 60 * 1000;
        const report = simulate(world, { action, targets: targetsFor(world, action), at });
        isReport(JSON.parse(JSON.stringify(report)));
        expect(isReport.errors ?? []).toEqual([]);
        const { lost, breaks, latent, safe } = report.counts;
        expect(lost + breaks + latent + safe).toBe(report.findings.length);
        expect(report.verdict).toBe(
          severities.find((severity) => report.findings.some((one) => one.severity === severity)) ?? 'safe',
        );
      }),
    );
  });

  it('forcing the deletion of a key is never milder than disabling it', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const [disabled, deleted] = (['disable', 'force-delete'] as const).map((action) =>
          ask(world, action),
        );
        fc.pre(disabled?.targets[0]?.refusal === null && deleted?.targets[0]?.refusal === null);
        for (const { id, severity } of disabled?.findings ?? []) {
          const worse = deleted?.findings.find((one) => one.id === id)?.severity ?? 'safe';
          expect(severities.indexOf(worse)).toBeLessThanOrEqual(severities.indexOf(severity));
        }
      }),
    );
  });

  it('the table fits a terminal of 100 columns and every format ends with one line break', () => {
    fc.assert(
      fc.property(worlds, anyAction, (world, action) => {
        const report = ask(world, action);
        for (const line of render(report, 'table').split('\n'))
          expect([...line].length).toBeLessThanOrEqual(100);
        for (const format of reportFormats) expect(render(report, format)).toMatch(/[^\n]\n$/);
      }),
    );
  });
});
