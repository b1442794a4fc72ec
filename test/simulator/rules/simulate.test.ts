/**
 * What each action does to each kind of dependant. Expected values are typed from behaviour.md A1, A3, B4, B5 and
 * ibm-vpc.md 4.1 to 4.8.
 */
import type { DependentOperation } from '../../../domain/effects';
import { parseInstant } from '../../../domain/time';
import type { World } from '../../../domain/world';
import {
  type Action,
  type Finding,
  type Question,
  QuestionError,
  type Report,
  type Severity,
  simulate,
} from '../../../simulator';
import { authorization, edge, now, rootKey, volume, without, workload } from '../worlds';

const day = 24 * 60 * 60 * 1000;
const start = parseInstant(now);

function ask(world: World, action: Action, more: Partial<Question> = {}): Report {
  return simulate(world, { action, targets: ['key'], ...more });
}

function finding(report: Report, id: string): Finding {
  const found = report.findings.find((one) => one.id === id);
  if (!found) throw new Error(`no finding for ${id}`);
  return found;
}

/** Everything inside a sealed instance, behaviour.md B4: nothing can be read or written. */
const sealedInstance: readonly DependentOperation[] = [
  'secret.list',
  'secret.create',
  'secret.read',
  'secret.read-metadata',
  'secret.update-metadata',
  'secret.rotate',
  'secret.delete',
  'lock.list',
  'lock.create',
  'lock.delete',
];
const sealedSecret = sealedInstance.filter(
  (operation) => operation !== 'secret.list' && operation !== 'secret.create',
);

interface Expected {
  readonly severity: Severity;
  readonly status: readonly [before: string, after: string];
  readonly reasons: readonly string[];
  readonly lost: readonly DependentOperation[];
}

type Row = readonly [dependant: string, expected: Expected];

function check(report: Report, rows: readonly Row[]): void {
  const seen = report.findings.map(({ id, severity, before, after, reasons, operations_lost: lost }) => [
    id,
    { severity, status: [before, after], reasons, lost: [...lost].sort() },
  ]);
  const wanted = rows.map(([id, expected]) => [id, { ...expected, lost: [...expected.lost].sort() }]);
  expect(Object.fromEntries(seen)).toEqual(Object.fromEntries(wanted));
}

const goesOn = (status: string): Expected => ({
  severity: 'safe',
  status: [status, status],
  reasons: [],
  lost: [],
});

describe('disable (A1: suspended; ibm-vpc.md 4.2, 4.3: volumes stay available, new use is refused; B4: sealed)', () => {
  const report = ask(workload(), 'disable');

  it('says what stops now and what stops later', () => {
    check(report, [
      [
        'volume',
        { severity: 'latent', status: ['available', 'available'], reasons: [], lost: ['attach', 'snapshot'] },
      ],
      [
        'attached',
        {
          severity: 'latent',
          status: ['available', 'available'],
          reasons: [],
          lost: ['snapshot', 'instance.start'],
        },
      ],
      [
        'sm',
        {
          severity: 'breaks',
          status: ['active', 'sealed'],
          reasons: ['root_key_suspended'],
          lost: sealedInstance,
        },
      ],
      [
        'secret',
        {
          severity: 'breaks',
          status: ['active', 'sealed'],
          reasons: ['root_key_suspended'],
          lost: sealedSecret,
        },
      ],
    ]);
    expect(report.verdict).toBe('breaks');
    expect(report.counts).toEqual({ lost: 0, breaks: 2, latent: 2, safe: 0, unmapped: 0 });
  });

  it('moves the key and refuses nothing', () => {
    expect(report.targets).toEqual([
      {
        id: 'key',
        address: 'key',
        kind: 'root-key',
        name: 'orders',
        crn: null,
        before: 'active',
        after: 'suspended',
        refusal: null,
        disputed: [],
      },
    ]);
  });

  it('is undone by enabling, 30 seconds later at the earliest and without end (6.1.5)', () => {
    const undo = { by: 'enable', from: '2026-01-01T00:00:30Z', until: null, reason: null };
    expect(report.findings.map((one) => one.undo)).toEqual([undo, undo, undo, undo]);
  });

  it('is undone until the key expires', () => {
    const expiring = ask(workload({ expiresAt: '2026-03-01T00:00:00Z' }), 'disable');
    expect(finding(expiring, 'sm').undo?.until).toBe('2026-03-01T00:00:00Z');
  });

  it('shows the way from the key, and who uses what', () => {
    expect(finding(report, 'secret').path).toEqual(['key', 'sm', 'secret']);
    expect(finding(report, 'secret').consumers).toEqual(['billing-service', 'reports']);
    expect(finding(report, 'volume').path).toEqual(['key', 'volume']);
    expect(finding(report, 'volume').consumers).toEqual([]);
  });

  it('says that the documents differ on the status of a volume (4.8 item 1)', () => {
    expect(finding(report, 'volume').disputed).toEqual([
      {
        reading: 'the volume stays available while its key is disabled',
        alternative: 'the volume becomes unusable with the reason encryption_key_disabled',
        source: expect.stringContaining('ibm-vpc.md 4.8 item 1'),
      },
    ]);
  });

  it('takes the other reading when asked to', () => {
    const other = ask(workload(), 'disable', {
      readings: { 'volume-status-under-suspended-key': 'alternative' },
    });
    expect(finding(other, 'volume')).toMatchObject({
      severity: 'breaks',
      after: 'unusable',
      reasons: ['encryption_key_disabled'],
    });
  });

  it('puts the worst first', () => {
    expect(report.findings.map(({ id }) => id)).toEqual(['secret', 'sm', 'attached', 'volume']);
  });
});

describe('force-delete (A1; ibm-vpc.md 4.2: unusable, encryption_key_deleted; B4)', () => {
  const volumes = (severity: Severity): readonly Row[] => [
    [
      'volume',
      {
        severity,
        status: ['available', 'unusable'],
        reasons: ['encryption_key_deleted'],
        lost: ['attach', 'resize', 'update', 'snapshot'],
      },
    ],
    [
      'attached',
      {
        severity,
        status: ['available', 'unusable'],
        reasons: ['encryption_key_deleted'],
        lost: ['io', 'resize', 'update', 'snapshot', 'instance.start'],
      },
    ],
    ['sm', { severity, status: ['active', 'sealed'], reasons: ['root_key_destroyed'], lost: sealedInstance }],
    [
      'secret',
      { severity, status: ['active', 'sealed'], reasons: ['root_key_destroyed'], lost: sealedSecret },
    ],
  ];

  it('loses everything under a generated key, which cannot be restored (A1)', () => {
    const report = ask(workload(), 'force-delete');
    check(report, volumes('lost'));
    expect(report.verdict).toBe('lost');
    expect(report.targets[0]).toMatchObject({ before: 'active', after: 'destroyed', refusal: null });
    expect(finding(report, 'volume').undo).toEqual({
      by: 'none',
      from: null,
      until: null,
      reason: 'a key that the service generated cannot be restored',
    });
  });

  it('says that the documents differ on that (ibm-vpc.md 4.8 item 2)', () => {
    const { disputed } = finding(ask(workload(), 'force-delete'), 'sm');
    expect(disputed.map(({ reading }) => reading)).toEqual(['only an imported key can be restored']);
    const other = ask(workload(), 'force-delete', { readings: { 'restore-generated-key': 'alternative' } });
    check(other, volumes('breaks'));
    expect(finding(other, 'sm').disputed.map(({ alternative }) => alternative)).toEqual([
      'only an imported key can be restored',
    ]);
  });

  it('breaks everything under an imported key, which can be restored for 30 days', () => {
    const report = ask(workload({ imported: true }), 'force-delete');
    check(report, volumes('breaks'));
    expect(finding(report, 'secret').undo).toEqual({
      by: 'restore',
      from: '2026-01-01T00:00:30Z',
      until: '2026-01-31T00:00:00Z',
      reason: null,
    });
  });

  it.each([
    ['29 days later the way back is open', 29, 'breaks'],
    ['30 days later it is closed', 30, 'lost'],
    ['31 days later it is closed', 31, 'lost'],
  ] as const)('under an imported key, %s', (_, days, severity) => {
    const report = ask(workload({ imported: true }), 'force-delete', { at: start + days * day });
    check(report, volumes(severity));
    expect(report.acted_at).toBe('2026-01-01T00:00:00Z');
  });

  it('purges by itself after 90 days (6.1.5)', () => {
    const report = ask(workload({ imported: true }), 'force-delete', { at: start + 90 * day });
    expect(report.targets[0]?.after).toBe('purged');
    expect(finding(report, 'sm')).toMatchObject({
      severity: 'lost',
      after: 'unrecoverable',
      condition: { before: 'usable', after: 'purged' },
      undo: { by: 'none', reason: 'the key material no longer exists' },
    });
  });

  it('is refused by Hyper Protect Crypto Services while resources are registered (A1)', () => {
    const report = ask(workload({ service: 'hs-crypto' }), 'force-delete');
    expect(report.targets[0]?.refusal).toMatchObject({
      reason: 'protects-resources',
      because: ['attached', 'sm', 'volume'],
    });
    expect(report.verdict).toBe('safe');
    const other = ask(workload({ service: 'hs-crypto' }), 'force-delete', {
      readings: { 'force-delete-protected-hyper-protect-key': 'alternative' },
    });
    expect(other.verdict).toBe('lost');
  });
});

describe('delete (A1: refused while it protects something)', () => {
  const report = ask(workload(), 'delete');

  it('changes nothing and says what stands in the way', () => {
    check(report, [
      ['volume', goesOn('available')],
      ['attached', goesOn('available')],
      ['sm', goesOn('active')],
      ['secret', goesOn('active')],
    ]);
    expect(report.verdict).toBe('safe');
    expect(report.findings.map(({ undo }) => undo)).toEqual([null, null, null, null]);
    expect(report.targets[0]).toMatchObject({
      before: 'active',
      after: 'active',
      refusal: {
        reason: 'protects-resources',
        explanation: 'the key protects 3 registered resources',
        because: ['attached', 'sm', 'volume'],
        remedy: 'delete the protected resources first, or force the deletion and lose what the key protects',
        earliest: null,
      },
    });
  });

  it('is done when it protects nothing', () => {
    const idle = ask(without(workload(), 'volume', 'attached', 'sm', 'secret'), 'delete');
    expect(idle).toMatchObject({
      verdict: 'safe',
      findings: [],
      targets: [{ after: 'destroyed', refusal: null }],
    });
  });
});

describe('enable (A1; everything is back)', () => {
  it('heals what the suspension broke', () => {
    const report = ask(workload({ state: 'suspended' }), 'enable');
    check(report, [
      ['volume', goesOn('available')],
      ['attached', goesOn('available')],
      ['sm', { severity: 'safe', status: ['sealed', 'active'], reasons: [], lost: [] }],
      ['secret', { severity: 'safe', status: ['sealed', 'active'], reasons: [], lost: [] }],
    ]);
    expect(report.targets[0]).toMatchObject({ before: 'suspended', after: 'active' });
  });

  it('is done at the time asked for', () => {
    expect(ask(workload({ state: 'suspended' }), 'enable', { at: start + day }).acted_at).toBe(
      '2026-01-02T00:00:00Z',
    );
  });

  it('is refused after the key has expired (A1: deactivated)', () => {
    const key = { state: 'suspended', expiresAt: '2026-01-02T00:00:00Z' } as const;
    expect(ask(workload(key), 'enable').targets[0]?.refusal).toBeNull();
    expect(ask(workload(key), 'enable', { at: start + day }).targets[0]?.refusal?.reason).toBe(
      'invalid-state',
    );
  });
});

describe('restore (A1: imported keys, within 30 days; ibm-vpc.md 4.7)', () => {
  const deleted = { state: 'destroyed', imported: true, deletedAt: '2025-12-22T00:00:00Z' } as const;

  it('brings everything back', () => {
    const report = ask(workload(deleted), 'restore');
    check(report, [
      ['volume', { severity: 'safe', status: ['unusable', 'available'], reasons: [], lost: [] }],
      ['attached', { severity: 'safe', status: ['unusable', 'available'], reasons: [], lost: [] }],
      ['sm', { severity: 'safe', status: ['sealed', 'active'], reasons: [], lost: [] }],
      ['secret', { severity: 'safe', status: ['sealed', 'active'], reasons: [], lost: [] }],
    ]);
    expect(report.targets[0]).toMatchObject({ before: 'destroyed', after: 'active', refusal: null });
  });

  it.each([
    ['a generated key', { ...deleted, imported: false }, 0, 'not-restorable'],
    ['an active key', { imported: true }, 0, 'invalid-state'],
    ['a key deleted 30 days before', deleted, 20, 'restore-window-over'],
  ] as const)('is refused for %s', (_, key, days, reason) => {
    const report = ask(workload(key), 'restore', { at: start + days * day });
    expect(report.targets[0]?.refusal?.reason).toBe(reason);
    expect(report.verdict).toBe('safe');
  });

  it('is permitted 29 days after the deletion', () => {
    expect(ask(workload(deleted), 'restore', { at: start + 19 * day }).targets[0]?.refusal).toBeNull();
  });
});

describe('rotate (A1: no status changes; refused unless active)', () => {
  it('changes nothing', () => {
    const report = ask(workload(), 'rotate');
    check(report, [
      ['volume', goesOn('available')],
      ['attached', goesOn('available')],
      ['sm', goesOn('active')],
      ['secret', goesOn('active')],
    ]);
    expect(report.targets[0]).toMatchObject({ before: 'active', after: 'active', refusal: null });
  });

  it.each(['suspended', 'destroyed', 'deactivated'] as const)('is refused for a %s key', (state) => {
    expect(ask(workload({ state }), 'rotate').targets[0]?.refusal?.reason).toBe('invalid-state');
  });
});

describe('expire (A1: deactivated; ibm-vpc.md 4.5: unwraps, wraps no longer)', () => {
  it('leaves what is there and refuses what needs a new data key', () => {
    const report = ask(workload(), 'expire');
    check(report, [
      ['volume', { severity: 'latent', status: ['available', 'available'], reasons: [], lost: ['snapshot'] }],
      [
        'attached',
        { severity: 'latent', status: ['available', 'available'], reasons: [], lost: ['snapshot'] },
      ],
      [
        'sm',
        {
          severity: 'latent',
          status: ['active', 'active'],
          reasons: ['root_key_deactivated'],
          lost: ['secret.create', 'secret.rotate'],
        },
      ],
      [
        'secret',
        {
          severity: 'latent',
          status: ['active', 'active'],
          reasons: ['root_key_deactivated'],
          lost: ['secret.rotate'],
        },
      ],
    ]);
    expect(finding(report, 'sm').undo).toMatchObject({ by: 'none' });
  });
});

describe('purge (A1: gone for good; 6.1.5: four hours after the deletion)', () => {
  const deleted = { state: 'destroyed', imported: true, deletedAt: '2026-01-01T00:00:00Z' } as const;

  it('is refused before that and says from when', () => {
    expect(ask(workload(deleted), 'purge').targets[0]?.refusal).toMatchObject({
      reason: 'too-early',
      earliest: '2026-01-01T04:00:00Z',
    });
  });

  it('loses everything afterwards', () => {
    const report = ask(workload(deleted), 'purge', { at: start + day / 6 });
    expect(report.targets[0]).toMatchObject({ before: 'destroyed', after: 'purged', refusal: null });
    expect(report.findings.map(({ id, severity, after }) => [id, severity, after])).toEqual([
      ['attached', 'lost', 'unusable'],
      ['secret', 'lost', 'unrecoverable'],
      ['sm', 'lost', 'unrecoverable'],
      ['volume', 'lost', 'unusable'],
    ]);
  });
});

describe('revoke-authorization (A3: data inaccessible, kept; running things go on; ibm-vpc.md 4.1)', () => {
  it('cuts off the volumes of the block storage service and nothing else', () => {
    const report = ask(workload(), 'revoke-authorization', { targets: ['block-storage'] });
    check(report, [
      [
        'volume',
        { severity: 'latent', status: ['available', 'available'], reasons: [], lost: ['attach', 'snapshot'] },
      ],
      [
        'attached',
        {
          severity: 'latent',
          status: ['available', 'available'],
          reasons: [],
          lost: ['snapshot', 'instance.start'],
        },
      ],
    ]);
    expect(report.targets[0]).toMatchObject({ kind: 'authorization', before: 'present', after: 'removed' });
    expect(finding(report, 'volume')).toMatchObject({
      path: ['block-storage', 'kms', 'key', 'volume'],
      condition: { before: 'usable', after: 'unauthorized' },
      undo: { by: 'recreate-authorization', from: '2026-01-01T00:00:00Z', until: null },
      disputed: [],
    });
  });

  it('seals the secrets', () => {
    check(ask(workload(), 'revoke-authorization', { targets: ['secrets-manager'] }), [
      [
        'sm',
        {
          severity: 'breaks',
          status: ['active', 'sealed'],
          reasons: ['authorization_missing'],
          lost: sealedInstance,
        },
      ],
      [
        'secret',
        {
          severity: 'breaks',
          status: ['active', 'sealed'],
          reasons: ['authorization_missing'],
          lost: sealedSecret,
        },
      ],
    ]);
  });

  it('given a key, revokes every authorization towards its instance', () => {
    const other = rootKey({ id: 'other', name: 'other' });
    const world = workload();
    const both: World = {
      ...world,
      nodes: [...world.nodes, other, volume({ id: 'other-volume' })],
      edges: [...world.edges, edge('contains', 'kms', 'other'), edge('protects', 'other', 'other-volume')],
    };
    const report = ask(both, 'revoke-authorization');
    expect(report.findings.map(({ id, severity }) => [id, severity])).toEqual([
      ['secret', 'breaks'],
      ['sm', 'breaks'],
      ['attached', 'latent'],
      ['other-volume', 'latent'],
      ['volume', 'latent'],
    ]);
    expect(finding(report, 'volume').path).toEqual(['key', 'volume']);
    expect(finding(report, 'other-volume').path).toEqual(['block-storage', 'kms', 'other', 'other-volume']);
  });

  it('changes nothing while another authorization permits the same', () => {
    const world = workload();
    const twice: World = {
      ...world,
      nodes: [...world.nodes, authorization({ id: 'wide', targetInstance: undefined })],
      edges: [...world.edges, edge('authorizes', 'wide', 'kms')],
    };
    check(ask(twice, 'revoke-authorization', { targets: ['block-storage'] }), [
      ['volume', goesOn('available')],
      ['attached', goesOn('available')],
    ]);
  });

  it('is refused when there is none', () => {
    const report = ask(without(workload(), 'block-storage', 'secrets-manager'), 'revoke-authorization');
    expect(report.targets[0]?.refusal).toEqual({
      reason: 'no-authorization',
      explanation: 'no authorization of this world opens the instance that holds key',
      because: [],
      remedy: 'give a source that holds the authorizations too',
      earliest: null,
    });
  });
});

describe('delete-instance (B5: disabled at once, restored for 7 days; 6.1.5: not with live keys)', () => {
  it('breaks a Secrets Manager instance and its secrets', () => {
    const report = ask(workload(), 'delete-instance', { targets: ['sm'] });
    check(report, [
      [
        'sm',
        { severity: 'breaks', status: ['active', 'pending_reclamation'], reasons: [], lost: sealedInstance },
      ],
      [
        'secret',
        { severity: 'breaks', status: ['active', 'pending_reclamation'], reasons: [], lost: sealedSecret },
      ],
    ]);
    expect(finding(report, 'secret').undo).toEqual({
      by: 'restore-instance',
      from: '2026-01-01T00:00:00Z',
      until: '2026-01-08T00:00:00Z',
      reason: null,
    });
  });

  it('loses them after 7 days', () => {
    const report = ask(workload(), 'delete-instance', { targets: ['sm'], at: start + 7 * day });
    expect(report.findings.map(({ severity, after }) => [severity, after])).toEqual([
      ['lost', 'removed'],
      ['lost', 'removed'],
    ]);
    expect(report.targets[0]).toMatchObject({ before: 'present', after: 'removed' });
  });

  it('is refused for an instance with live keys', () => {
    const report = ask(workload(), 'delete-instance', { targets: ['kms'] });
    expect(report.targets[0]?.refusal).toEqual({
      reason: 'holds-live-keys',
      explanation: 'the instance holds 1 key that is not deleted',
      because: ['key'],
      remedy: 'delete its keys first',
      earliest: null,
    });
    expect(report.verdict).toBe('safe');
  });

  it('is done once they are deleted', () => {
    const report = ask(workload({ state: 'destroyed' }), 'delete-instance', { targets: ['kms'] });
    expect(report.targets[0]).toMatchObject({ after: 'pending_reclamation', refusal: null });
  });
});

describe('a dependant without authorization in the world', () => {
  const cutOff = without(workload(), 'block-storage', 'secrets-manager');

  it.each([
    ['no authorization', cutOff],
    [
      'one for another service',
      {
        ...cutOff,
        nodes: [...cutOff.nodes, authorization({ id: 'x', sourceService: 'is' })],
        edges: [...cutOff.edges, edge('authorizes', 'x', 'kms')],
      },
    ],
    [
      'one for another instance',
      { ...cutOff, nodes: [...cutOff.nodes, authorization({ id: 'x', targetInstance: 'elsewhere' })] },
    ],
    [
      'one with a role that is not enough',
      {
        ...cutOff,
        nodes: [...cutOff.nodes, authorization({ id: 'x', roles: ['Viewer'] })],
        edges: [...cutOff.edges, edge('authorizes', 'x', 'kms')],
      },
    ],
  ] as const)('is seen as it is, with %s', (_, world) => {
    expect(finding(ask(world as World, 'disable'), 'sm')).toMatchObject({
      before: 'sealed',
      after: 'sealed',
      reasons: ['root_key_suspended'],
      condition: { before: 'unauthorized', after: 'suspended' },
    });
  });

  it('still counts with what it would lose if the authorization is elsewhere', () => {
    const report = ask(cutOff, 'disable');
    expect(report.counts).toMatchObject({ breaks: 2, latent: 2 });
    expect(finding(report, 'sm').disputed).toEqual([
      {
        reading:
          'an authorization outside this source lets it use the key, so it still has something to lose',
        alternative: 'no authorization lets it use the key: it is cut off already',
        source: expect.stringContaining('behaviour.md A3'),
      },
    ]);
  });

  it('is found under another spelling of the service and a wider role (ibm-vpc.md 4.10; Manager carries Reader)', () => {
    const world: World = {
      ...cutOff,
      nodes: [
        ...cutOff.nodes,
        authorization({ id: 'x', sourceService: 'is.server-protect', roles: ['Manager'] }),
      ],
      edges: [...cutOff.edges, edge('authorizes', 'x', 'kms')],
    };
    expect(finding(ask(world, 'disable'), 'volume').condition.before).toBe('usable');
  });

  it('is found when limited to one source instance by node id or GUID', () => {
    const guid = '6f0a1c2e-0000-4000-8000-000000000001';
    for (const sourceInstance of ['sm', guid]) {
      const world: World = {
        ...cutOff,
        nodes: [
          ...cutOff.nodes.map((node) =>
            node.id === 'sm'
              ? { ...node, crn: `crn:v1:bluemix:public:secrets-manager:us-south:a/1:${guid}::` }
              : node,
          ),
          authorization({ id: 'x', sourceService: 'secrets-manager', sourceInstance }),
        ],
        edges: [...cutOff.edges, edge('authorizes', 'x', 'kms')],
      };
      expect(finding(ask(world, 'disable'), 'secret').condition.before).toBe('usable');
    }
  });
});

describe('several keys at once', () => {
  it('answers for all of them, each refused or done by itself', () => {
    const world = workload();
    const two: World = {
      ...world,
      nodes: [...world.nodes, rootKey({ id: 'idle', name: 'idle' })],
      edges: [...world.edges, edge('contains', 'kms', 'idle')],
    };
    const report = ask(two, 'delete', { targets: ['key', 'idle'] });
    expect(report.targets.map(({ id, after, refusal }) => [id, after, refusal?.reason])).toEqual([
      ['idle', 'destroyed', undefined],
      ['key', 'active', 'protects-resources'],
    ]);
  });
});

describe('a question that cannot be asked', () => {
  it.each([
    [
      'there is no such node',
      { action: 'disable', targets: ['nowhere'] },
      "there is no node 'nowhere' in the world; give the id of one",
    ],
    [
      'the node is of another kind',
      { action: 'disable', targets: ['volume'] },
      "disable is not for a volume such as 'volume'; give a node of kind root-key",
    ],
    [
      'the node is of another kind, with two to choose from',
      { action: 'revoke-authorization', targets: ['volume'] },
      "revoke-authorization is not for a volume such as 'volume'; give a node of kind authorization or root-key",
    ],
    [
      'the time lies before the world',
      { action: 'disable', targets: ['key'], at: start - 1000 },
      "the question is asked for 2025-12-31T23:59:59Z, which is before the world's own time 2026-01-01T00:00:00.000Z; ask for a later one",
    ],
  ] as const)('because %s', (_, question, message) => {
    expect(() => simulate(workload(), question)).toThrow(new QuestionError(message));
  });
});
