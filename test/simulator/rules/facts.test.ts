/**
 * Facts that a running platform knows and a Terraform source need not: waits that run, registrations of resources that
 * are elsewhere, instances that are deleted already, keys that are gone. Expected values are typed from
 * ibm-control-plane.md 6.1.5, 6.1.10, 6.4.1 and behaviour.md A1, B5.
 */
import type { RootKeyNode, World, WorldNode } from '../../../domain/world';
import type { Action } from '../../../simulator';
import { kms, secret, secretsManager, volume, without, workload } from '../worlds';
import { ask, day, finding, start } from './asking';

/** The same world with further facts about one of its nodes. */
function knowing(world: World, id: string, facts: object): World {
  const nodes = world.nodes.map((node) => (node.id === id ? ({ ...node, ...facts } as WorldNode) : node));
  return { ...world, nodes };
}

const refusalOf = (world: World, action: Action, target: string): unknown =>
  ask(world, action, { targets: [target] }).targets[0]?.refusal;

const bare = without(workload(), 'volume', 'attached', 'sm', 'secret', 'lock-billing', 'lock-reports');

describe('an action on a key is refused', () => {
  const cases: readonly [string, Action, Partial<RootKeyNode>, string, string | null][] = [
    [
      'enabling within 30 seconds of disabling',
      'enable',
      { state: 'suspended', disabledAt: '2025-12-31T23:59:50Z' },
      'too-early',
      '2026-01-01T00:00:20Z',
    ],
    [
      'rotating within an hour of the last rotation',
      'rotate',
      { rotatedAt: '2025-12-31T23:30:00.000Z' },
      'rotated-recently',
      '2026-01-01T00:30:00Z',
    ],
    [
      'deleting with a registration from elsewhere',
      'delete',
      { registrations: 1 },
      'protects-resources',
      null,
    ],
    [
      'forcing against a retention',
      'force-delete',
      { preventsDeletion: true },
      'prevented-by-registration',
      null,
    ],
    [
      'deleting without a second person',
      'delete',
      { dualAuthDelete: true },
      'needs-second-authorization',
      null,
    ],
    [
      'deleting when the consent has lapsed',
      'delete',
      { dualAuthDelete: true, deletionAuthorizedUntil: '2025-12-31T00:00:00Z' },
      'needs-second-authorization',
      null,
    ],
  ];

  it.each(cases)('%s', (_name, action, facts, reason, earliest) => {
    const world = knowing(bare, 'key', facts);
    expect(refusalOf(world, action, 'key')).toMatchObject({ reason, earliest });
  });

  it('deleting is permitted while the consent holds', () => {
    const facts = { dualAuthDelete: true, deletionAuthorizedUntil: '2026-01-02T00:00:00Z' };
    expect(refusalOf(knowing(bare, 'key', facts), 'delete', 'key')).toBeNull();
  });
});

describe('an instance that has been deleted', () => {
  const deleted = { deletedAt: '2025-12-30T00:00:00.000Z' };
  const refusal = {
    reason: 'instance-deleted',
    explanation: 'the instance has been deleted and awaits the end of its reclamation',
    because: ['kms'],
    remedy: 'restore the instance before 2026-01-06T00:00:00Z',
    earliest: null,
  };
  const gone = knowing(
    workload({ state: 'destroyed', imported: true, deletedAt: '2025-12-29T00:00:00Z' }),
    'kms',
    deleted,
  );

  it.each<Action>(['disable', 'enable', 'delete', 'force-delete', 'restore', 'rotate', 'purge'])(
    'answers no %s of its keys',
    (action) => expect(refusalOf(gone, action, 'key')).toEqual(refusal),
  );

  it('is not deleted again', () => {
    expect(refusalOf(gone, 'delete-instance', 'kms')).toEqual(refusal);
    const world = knowing(workload(), 'sm', deleted);
    expect(refusalOf(world, 'delete-instance', 'sm')).toEqual({ ...refusal, because: ['sm'] });
  });

  it('takes its keys along when its reclamation ends', () => {
    const before = workload({ state: 'destroyed', imported: true, deletedAt: '2025-12-31T00:00:00Z' });
    const soon = ask(before, 'delete-instance', { targets: ['kms'], at: start + 7 * day - 1000 });
    expect(finding(soon, 'volume')).toMatchObject({ severity: 'safe', condition: { after: 'destroyed' } });
    const late = ask(before, 'delete-instance', { targets: ['kms'], at: start + 7 * day });
    expect(finding(late, 'volume')).toMatchObject({ severity: 'lost', condition: { after: 'purged' } });
  });

  it('shows what is in it as awaiting the reclamation, whatever happens to its key', () => {
    const report = ask(knowing(workload(), 'sm', deleted), 'disable');
    expect(finding(report, 'secret')).toMatchObject({
      severity: 'safe',
      before: 'pending_reclamation',
      after: 'pending_reclamation',
      operations_lost: [],
    });
  });
});

it('standard keys stand in the way of the deletion of their instance', () => {
  const world: World = { ...bare, nodes: [{ ...kms, otherKeys: 2 } as WorldNode], edges: [] };
  expect(refusalOf(world, 'delete-instance', 'kms')).toMatchObject({
    reason: 'holds-live-keys',
    explanation: 'the instance holds 2 keys that are not deleted',
    because: [],
  });
});

it('what was encrypted with a key that is gone for good stays unrecoverable', () => {
  const world: World = {
    ...bare,
    nodes: [{ ...secretsManager, keyPurged: true } as WorldNode, secret, volume({ keyPurged: true })],
    edges: [{ type: 'contains', from: 'sm', to: 'secret' }],
  };
  const report = ask(world, 'delete-instance', { targets: ['sm'] });
  expect(finding(report, 'secret')).toMatchObject({
    before: 'unrecoverable',
    condition: { before: 'purged' },
  });
});

it('a secret that has reached its end has nothing to lose', () => {
  const report = ask(knowing(workload(), 'secret', { destroyed: true }), 'disable');
  expect(report.findings.map(({ id }) => id)).not.toContain('secret');
});

describe('in a complete world no authorization lies outside', () => {
  const world = without(workload(), 'secrets-manager');

  it('so that what is cut off already loses nothing more', () => {
    expect(finding(ask({ ...world, complete: true }, 'disable'), 'secret')).toMatchObject({
      severity: 'safe',
      operations_lost: [],
      disputed: [],
    });
  });

  it('in another one it may have something to lose', () => {
    expect(finding(ask(world, 'disable'), 'secret')).toMatchObject({ severity: 'breaks' });
  });
});
