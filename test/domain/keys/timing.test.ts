import type { KeyState } from '../../../domain/keys/states';
import {
  deactivatedWithin,
  deletionAuthorizationFor,
  effectiveState,
  enableAfterDisable,
  enablingWindow,
  manualRotationEvery,
  nextPolicyRotation,
  purgeAllowedAfter,
  purgedAfter,
  restoreAfterDelete,
  restoreWindow,
  restoringWindow,
  ringTransferWithin,
  rotationPolicyMonth,
  servicesFollowWithin,
  syncEvery,
  syncPermittedFrom,
} from '../../../domain/keys/timing';
import { parseInstant } from '../../../domain/time';
import { days, hours, now, seconds } from './support';

describe('lengths (ibm-control-plane.md 6.1.5)', () => {
  test.each([
    ['restore window, 30 days', restoreWindow, 2_592_000_000],
    ['purge by a user, 4 hours', purgeAllowedAfter, 14_400_000],
    ['automatic purge, 90 days', purgedAfter, 7_776_000_000],
    ['enable after disable, 30 seconds', enableAfterDisable, 30_000],
    ['restore after delete, 30 seconds', restoreAfterDelete, 30_000],
    ['rotation on demand, 1 hour', manualRotationEvery, 3_600_000],
    ['sync, 1 hour', syncEvery, 3_600_000],
    ['authorization of a deletion, 7 days', deletionAuthorizationFor, 604_800_000],
    ['month of a rotation policy, 30 days', rotationPolicyMonth, 2_592_000_000],
    ['deactivation, within 1 hour', deactivatedWithin, 3_600_000],
    ['ring transfer, 10 minutes', ringTransferWithin, 600_000],
    ['services follow, 4 hours (Key Protect disable-keys.md)', servicesFollowWithin, 14_400_000],
  ])('%s', (_rule, length, milliseconds) => {
    expect(length).toBe(milliseconds);
  });

  test('give the dates of the sample deletion of 6.1.3', () => {
    const deleted = parseInstant('2021-04-20T18:15:24Z');
    expect(deleted + purgeAllowedAfter).toBe(parseInstant('2021-04-20T22:15:24Z'));
    expect(deleted + restoreWindow).toBe(parseInstant('2021-05-20T18:15:24Z'));
    expect(deleted + purgedAfter).toBe(parseInstant('2021-07-19T18:15:24Z'));
  });
});

describe('effectiveState', () => {
  const states: readonly KeyState[] = ['pre-active', 'active', 'suspended', 'deactivated', 'destroyed'];

  test.each(states)('%s stays what it is without dates', (state) => {
    expect(effectiveState({ state }, now)).toBe(state);
  });

  test.each([
    ['pre-active', 'deactivated'],
    ['active', 'deactivated'],
    ['suspended', 'deactivated'],
    ['deactivated', 'deactivated'],
    ['destroyed', 'destroyed'],
  ] as const)('%s is %s once its expiration date has come (behaviour.md A1)', (state, then) => {
    expect(effectiveState({ state, expiresAt: now + 1 }, now)).toBe(state);
    expect(effectiveState({ state, expiresAt: now }, now)).toBe(then);
    expect(effectiveState({ state, expiresAt: now - days(400) }, now)).toBe(then);
  });

  test('a destroyed key is purged at 90 days exactly, 1 ms earlier it is not', () => {
    const deletedAt = now - days(90);
    expect(effectiveState({ state: 'destroyed', deletedAt: deletedAt + 1 }, now)).toBe('destroyed');
    expect(effectiveState({ state: 'destroyed', deletedAt }, now)).toBe('purged');
  });

  test('a deletion date purges nothing that was restored since', () => {
    expect(effectiveState({ state: 'active', deletedAt: now - days(400) }, now)).toBe('active');
  });
});

describe('windows', () => {
  test('enabling opens 30 seconds after the disable and closes at the expiration date', () => {
    expect(enablingWindow(now, undefined)).toEqual({ from: now + seconds(30) });
    expect(enablingWindow(now, now + days(1))).toEqual({ from: now + seconds(30), until: now + days(1) });
    expect(enablingWindow(now, now + seconds(30) + 1)).toEqual({
      from: now + seconds(30),
      until: now + seconds(30) + 1,
    });
    expect(enablingWindow(now, now + seconds(30))).toBeUndefined();
  });

  test('restoring lasts 30 days or until the expiration date, whichever is sooner (Key Protect manage-dual-auth.md)', () => {
    const from = now + seconds(30);
    expect(restoringWindow(now, undefined)).toEqual({ from, until: now + days(30) });
    expect(restoringWindow(now, now + days(31))).toEqual({ from, until: now + days(30) });
    expect(restoringWindow(now, now + days(29))).toEqual({ from, until: now + days(29) });
    expect(restoringWindow(now, now + seconds(30))).toBeUndefined();
  });

  test('restoring ignores the expiration date under the other reading', () => {
    expect(restoringWindow(now, now - days(1), { 'restore-expired-key': 'alternative' })).toEqual({
      from: now + seconds(30),
      until: now + days(30),
    });
  });
});

describe('syncPermittedFrom (ibm-control-plane.md 6.1.5; Key Protect integrations/sync-resources.md)', () => {
  test.each([
    ['never changed nor synchronized', {}, undefined],
    ['synchronized only', { lastSyncedAt: now }, now + hours(1)],
    ['changed only', { lastChangedAt: now }, now + hours(1)],
    ['changed after the synchronization', { lastSyncedAt: now - 5, lastChangedAt: now }, now + hours(1)],
    ['synchronized after the change', { lastSyncedAt: now, lastChangedAt: now - 5 }, now + hours(1)],
  ])('%s', (_what, facts, from) => {
    expect(syncPermittedFrom(facts)).toBe(from);
  });
});

describe('nextPolicyRotation', () => {
  test('counts months of 30 days', () => {
    const created = parseInstant('2026-01-01T00:00:00Z');
    expect(nextPolicyRotation(created, 1)).toBe(parseInstant('2026-01-31T00:00:00Z'));
    expect(nextPolicyRotation(created, 12)).toBe(parseInstant('2026-12-27T00:00:00Z'));
  });
});
