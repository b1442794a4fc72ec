/** Deletion of service instances. Expected values are typed from behaviour.md B5 and ibm-control-plane.md 6.1.5. */

import { workload } from '../worlds';
import { ask, check, day, finding, sealedInstance, sealedSecret, start } from './asking';

describe('delete-instance (B5: disabled at once, restored for 7 days; 6.1.5: not with live keys)', () => {
  it('breaks a Secrets Manager instance and its secrets', () => {
    const report = ask(workload(), 'delete-instance', { targets: ['sm'] });
    check(report, [
      [
        'sm',
        {
          severity: 'breaks',
          status: ['active', 'pending_reclamation'],
          reasons: [],
          lost: [...sealedInstance, 'instance.delete'],
        },
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

  it('takes along what is in a deleted one, also when the instance of its key is kept', () => {
    const report = ask(workload(), 'delete-instance', { targets: ['kms', 'sm'] });
    expect(report.targets.map(({ id, after }) => [id, after])).toEqual([
      ['kms', 'present'],
      ['sm', 'pending_reclamation'],
    ]);
    expect(finding(report, 'secret')).toMatchObject({ after: 'pending_reclamation', path: ['sm', 'secret'] });
    expect(finding(report, 'volume')).toMatchObject({ severity: 'safe', path: ['kms', 'key', 'volume'] });
  });
});
