/** Disable, enable, expire. Expected values are typed from behaviour.md A1, B4 and ibm-vpc.md 4.2 to 4.5, 4.8. */

import { workload } from '../worlds';
import { ask, check, day, finding, goesOn, sealedInstance, sealedSecret, start } from './asking';

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
