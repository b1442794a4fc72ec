/**
 * Every (kind, condition): ibm-vpc.md 4.2 with the "use" column of 4.8, 4.3, 4.5, 4.6, 4.11; behaviour.md A3, B1, B4.
 */
import {
  type Condition,
  conditions,
  type DependentKind,
  type DependentOperation,
  dependentKinds,
  effectOn,
  effects,
} from '../../domain/effects';

type Row = readonly [
  kind: DependentKind,
  condition: Condition,
  status: string,
  reasons: readonly string[],
  health: string | undefined,
  interrupts: boolean,
  breaks: readonly DependentOperation[],
];

const deleted = ['encryption_key_deleted'];
const sealedSecret: readonly DependentOperation[] = [
  'secret.read',
  'secret.read-metadata',
  'secret.update-metadata',
  'secret.rotate',
  'secret.delete',
  'lock.list',
  'lock.create',
  'lock.delete',
];
const sealedInstance: readonly DependentOperation[] = ['secret.list', 'secret.create', ...sealedSecret];
const heldLost: readonly DependentOperation[] = ['io', 'resize', 'update', 'snapshot', 'instance.start'];
const looseLost: readonly DependentOperation[] = ['attach', 'resize', 'update', 'snapshot'];

const rows: readonly Row[] = [
  ['boot-volume', 'usable', 'available', [], 'ok', false, []],
  ['boot-volume', 'suspended', 'available', [], 'ok', false, ['snapshot', 'instance.start']],
  ['boot-volume', 'deactivated', 'available', [], 'ok', false, ['snapshot']],
  ['boot-volume', 'destroyed', 'unusable', deleted, 'inapplicable', true, heldLost],
  ['boot-volume', 'purged', 'unusable', deleted, 'inapplicable', true, heldLost],
  ['boot-volume', 'unauthorized', 'available', [], 'ok', false, ['snapshot', 'instance.start']],

  ['data-volume-attached', 'usable', 'available', [], 'ok', false, []],
  ['data-volume-attached', 'suspended', 'available', [], 'ok', false, ['snapshot', 'instance.start']],
  ['data-volume-attached', 'deactivated', 'available', [], 'ok', false, ['snapshot']],
  ['data-volume-attached', 'destroyed', 'unusable', deleted, 'inapplicable', true, heldLost],
  ['data-volume-attached', 'purged', 'unusable', deleted, 'inapplicable', true, heldLost],
  ['data-volume-attached', 'unauthorized', 'available', [], 'ok', false, ['snapshot', 'instance.start']],

  ['data-volume', 'usable', 'available', [], 'ok', false, []],
  ['data-volume', 'suspended', 'available', [], 'ok', false, ['attach', 'snapshot']],
  ['data-volume', 'deactivated', 'available', [], 'ok', false, ['snapshot']],
  ['data-volume', 'destroyed', 'unusable', deleted, 'inapplicable', false, looseLost],
  ['data-volume', 'purged', 'unusable', deleted, 'inapplicable', false, looseLost],
  ['data-volume', 'unauthorized', 'available', [], 'ok', false, ['attach', 'snapshot']],

  ['secrets-manager-instance', 'usable', 'active', [], undefined, false, []],
  [
    'secrets-manager-instance',
    'suspended',
    'sealed',
    ['root_key_suspended'],
    undefined,
    true,
    sealedInstance,
  ],
  [
    'secrets-manager-instance',
    'deactivated',
    'active',
    ['root_key_deactivated'],
    undefined,
    false,
    ['secret.create', 'secret.rotate'],
  ],
  [
    'secrets-manager-instance',
    'destroyed',
    'sealed',
    ['root_key_destroyed'],
    undefined,
    true,
    sealedInstance,
  ],
  [
    'secrets-manager-instance',
    'purged',
    'unrecoverable',
    ['root_key_purged'],
    undefined,
    true,
    sealedInstance,
  ],
  [
    'secrets-manager-instance',
    'unauthorized',
    'sealed',
    ['authorization_missing'],
    undefined,
    true,
    sealedInstance,
  ],

  ['secret', 'usable', 'active', [], undefined, false, []],
  ['secret', 'suspended', 'sealed', ['root_key_suspended'], undefined, true, sealedSecret],
  ['secret', 'deactivated', 'active', ['root_key_deactivated'], undefined, false, ['secret.rotate']],
  ['secret', 'destroyed', 'sealed', ['root_key_destroyed'], undefined, true, sealedSecret],
  ['secret', 'purged', 'unrecoverable', ['root_key_purged'], undefined, true, sealedSecret],
  ['secret', 'unauthorized', 'sealed', ['authorization_missing'], undefined, true, sealedSecret],
];

test.each(rows)('%s, %s: %s', (kind, condition, status, reasons, health, interrupts, breaks) => {
  const effect = effectOn(kind, condition);
  expect({
    status: effect.status,
    reasons: effect.reasons,
    health: effect.health,
    interrupts: effect.interrupts,
    breaks: effect.breaks,
  }).toEqual({ status, reasons, health, interrupts, breaks });
});

test('the rows above are all there are', () => {
  const listed = rows.map(([kind, condition]) => `${kind} ${condition}`).sort();
  const existing = dependentKinds.flatMap((kind) => conditions.map((condition) => `${kind} ${condition}`));
  expect(listed).toEqual(existing.sort());
  expect(Object.keys(effects).sort()).toEqual([...dependentKinds].sort());
});

describe('disputed cells name both readings and where they are weighed', () => {
  test.each<readonly [DependentKind, Condition, string]>([
    ['boot-volume', 'suspended', '4.8 item 1'],
    ['data-volume-attached', 'suspended', '4.8 item 1'],
    ['data-volume', 'suspended', '4.8 item 1'],
    ['boot-volume', 'purged', '4.8 item 10'],
    ['data-volume-attached', 'purged', '4.8 item 10'],
    ['data-volume', 'purged', '4.8 item 10'],
    ['data-volume-attached', 'destroyed', '4.8 item 12'],
  ])('%s, %s: %s', (kind, condition, item) => {
    const { disputed } = effectOn(kind, condition);
    expect(disputed?.source).toContain(item);
    expect(disputed?.reading).not.toBe(disputed?.alternative);
  });

  test('no other cell is disputed', () => {
    const disputed = dependentKinds.flatMap((kind) =>
      conditions.filter((condition) => effectOn(kind, condition).disputed).map((c) => `${kind} ${c}`),
    );
    expect(disputed).toHaveLength(7);
  });
});

describe('the other readings', () => {
  const volumes = ['boot-volume', 'data-volume-attached', 'data-volume'] as const;

  test.each(volumes)('%s shows a suspended key (ibm-vpc.md 4.8 item 1)', (kind) => {
    const readings = { 'volume-status-under-suspended-key': 'alternative' } as const;
    const usual = effectOn(kind, 'suspended');
    expect(effectOn(kind, 'suspended', readings)).toEqual({
      status: 'unusable',
      reasons: ['encryption_key_disabled'],
      health: 'inapplicable',
      breaks: usual.breaks,
      interrupts: false,
      source: usual.source,
      disputed: {
        reading: 'the volume becomes unusable with the reason encryption_key_disabled',
        alternative: 'the volume stays available while its key is disabled',
        source: usual.disputed?.source,
      },
    });
    for (const condition of ['usable', 'deactivated', 'destroyed', 'purged', 'unauthorized'] as const) {
      expect(effectOn(kind, condition, readings)).toEqual(effectOn(kind, condition));
    }
  });

  test.each(volumes)('%s fails with a purged key (ibm-vpc.md 4.8 item 10)', (kind) => {
    const readings = { 'volume-status-after-purge': 'alternative' } as const;
    expect(effectOn(kind, 'purged', readings)).toMatchObject({
      status: 'failed',
      reasons: ['encryption_key_deleted'],
      health: 'inapplicable',
      breaks: effectOn(kind, 'purged').breaks,
      disputed: { reading: 'the status turns to failed', alternative: 'the volume stays unusable' },
    });
    expect(effectOn(kind, 'destroyed', readings)).toEqual(effectOn(kind, 'destroyed'));
  });

  test('a dispute carries its two readings and its source and nothing else: reports print it as it is', () => {
    for (const kind of dependentKinds)
      for (const condition of conditions) {
        const { disputed } = effectOn(kind, condition);
        if (disputed) expect(Object.keys(disputed).sort()).toEqual(['alternative', 'reading', 'source']);
      }
  });

  test('naming the cautious reading changes nothing', () => {
    const readings = {
      'volume-status-under-suspended-key': 'cautious',
      'volume-status-after-purge': 'cautious',
    } as const;
    for (const kind of dependentKinds)
      for (const condition of conditions)
        expect(effectOn(kind, condition, readings)).toEqual(effectOn(kind, condition));
  });
});
