/**
 * Delete, force-delete, restore, purge. Expected values are typed from behaviour.md A1, B4, ibm-vpc.md 4.2, 4.7, 4.8 and
 * ibm-control-plane.md 6.1.5.
 */
import type { Severity } from '../../../simulator';
import { without, workload } from '../worlds';
import { ask, check, day, finding, goesOn, type Row, sealedInstance, sealedSecret, start } from './asking';

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

  it('breaks what a suspension had broken already: enabling no longer brings it back', () => {
    const report = ask(workload({ imported: true, state: 'suspended' }), 'force-delete');
    expect(finding(report, 'sm')).toMatchObject({
      severity: 'breaks',
      before: 'sealed',
      after: 'sealed',
      condition: { before: 'suspended', after: 'destroyed' },
      operations_lost: [],
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
