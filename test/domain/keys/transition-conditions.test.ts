/** Waits, windows, dual authorization, material, and how each transition is undone. */
import { type KeyFacts, type TransitionOptions, transition } from '../../../domain/keys/transitions';
import { days, hours, key, now, seconds } from './support';

const enable = (disabledAt: number | undefined) =>
  transition(key({ state: 'suspended', disabledAt }), 'enable', now);
const restore = (facts: Partial<KeyFacts>) =>
  transition(key({ state: 'destroyed', deletedAt: now - days(1), ...facts }), 'restore', now);
const purge = (deletedAt: number | undefined) =>
  transition(key({ state: 'destroyed', deletedAt }), 'purge', now);
const rotate = (facts: Partial<KeyFacts>, options: TransitionOptions = {}) =>
  transition(key(facts), 'rotate', now, options);

describe('boundaries (ibm-control-plane.md 6.1.5)', () => {
  test('enable: 30 seconds after the disable', () => {
    expect(enable(now - seconds(30) + 1)).toEqual({
      allowed: false,
      refusal: 'too-early',
      earliest: now + 1,
    });
    expect(enable(now)).toEqual({ allowed: false, refusal: 'too-early', earliest: now + seconds(30) });
    expect(enable(now - seconds(30))).toMatchObject({ allowed: true, to: 'active' });
    expect(enable(undefined)).toMatchObject({ allowed: true, to: 'active' });
  });

  test('restore: 30 seconds after the deletion', () => {
    expect(restore({ deletedAt: now - seconds(30) + 1 })).toEqual({
      allowed: false,
      refusal: 'too-early',
      earliest: now + 1,
    });
    expect(restore({ deletedAt: now - seconds(30) })).toMatchObject({ allowed: true, to: 'active' });
  });

  test('restore: until 30 days after the deletion', () => {
    expect(restore({ deletedAt: now - days(30) + 1 })).toMatchObject({ allowed: true, to: 'active' });
    expect(restore({ deletedAt: now - days(30) })).toEqual({
      allowed: false,
      refusal: 'restore-window-over',
    });
    expect(restore({ deletedAt: now - days(90) + 1 })).toEqual({
      allowed: false,
      refusal: 'restore-window-over',
    });
    expect(restore({ deletedAt: now - days(90) })).toEqual({ allowed: false, refusal: 'purged' });
  });

  test('restore: until the key expires', () => {
    expect(restore({ expiresAt: now + 1 })).toMatchObject({ allowed: true, to: 'active' });
    expect(restore({ expiresAt: now })).toEqual({ allowed: false, refusal: 'expired' });
  });

  test('restore: a generated key is told so first, whatever else stands in the way', () => {
    expect(restore({ imported: false, deletedAt: now - days(31) })).toEqual({
      allowed: false,
      refusal: 'not-restorable',
    });
  });

  test('purge: from 4 hours after the deletion until the automatic purge at 90 days', () => {
    expect(purge(now - hours(4) + 1)).toEqual({ allowed: false, refusal: 'too-early', earliest: now + 1 });
    expect(purge(now - hours(4))).toEqual({ allowed: true, to: 'purged' });
    expect(purge(now - days(90) + 1)).toEqual({ allowed: true, to: 'purged' });
    expect(purge(now - days(90))).toEqual({ allowed: false, refusal: 'purged' });
    expect(purge(undefined)).toEqual({ allowed: true, to: 'purged' });
  });

  test('rotate: once an hour', () => {
    expect(rotate({ lastRotatedAt: now - hours(1) + 1 })).toEqual({
      allowed: false,
      refusal: 'rotated-recently',
      earliest: now + 1,
    });
    expect(rotate({ lastRotatedAt: now - hours(1) })).toEqual({ allowed: true, to: 'active' });
    expect(rotate({})).toEqual({ allowed: true, to: 'active' });
  });

  test('rotate: once an hour holds for a deactivated key too, where its rotation is permitted', () => {
    const options = { readings: { 'rotate-deactivated-key': 'alternative' } } as const;
    expect(rotate({ state: 'deactivated', lastRotatedAt: now }, options)).toEqual({
      allowed: false,
      refusal: 'rotated-recently',
      earliest: now + hours(1),
    });
  });
});

describe('material of a rotation (ibm-control-plane.md 6.1.10, KEY_PAYLOAD_REQ_ERR)', () => {
  test.each([
    ['imported, with new material', true, true, true],
    ['imported, without', true, false, false],
    ['imported, no request asked about', true, undefined, true],
    ['generated, without', false, false, true],
  ])('%s', (_what, imported, newMaterial, allowed) => {
    const result = rotate({ imported }, { newMaterial });
    expect(result).toEqual(
      allowed ? { allowed: true, to: 'active' } : { allowed: false, refusal: 'needs-material' },
    );
  });
});

test('an imported key needs new material when it is deactivated too, where its rotation is permitted', () => {
  const options = { readings: { 'rotate-deactivated-key': 'alternative' }, newMaterial: false } as const;
  expect(rotate({ state: 'deactivated' }, options)).toEqual({ allowed: false, refusal: 'needs-material' });
});

describe.each(['delete', 'force-delete'] as const)(
  'dual authorization, %s (behaviour.md A1; 6.1.5)',
  (action) => {
    const ask = (dualAuthDelete: KeyFacts['dualAuthDelete'], initiator?: string) =>
      transition(key({ dualAuthDelete }), action, now, { initiator });

    test.each(['pre-active', 'active', 'suspended', 'deactivated'] as const)(
      'refused without an authorization from %s',
      (state) => {
        expect(transition(key({ state, dualAuthDelete: {} }), action, now)).toEqual({
          allowed: false,
          refusal: 'needs-second-authorization',
        });
      },
    );

    test('refused once the authorization lapsed, permitted 1 ms earlier', () => {
      expect(ask({ authorizedUntil: now })).toEqual({
        allowed: false,
        refusal: 'needs-second-authorization',
      });
      expect(ask({ authorizedUntil: now + 1 })).toMatchObject({ allowed: true, to: 'destroyed' });
    });

    test('refused to the identity that authorized it', () => {
      const authorized = { authorizedUntil: now + days(1), authorizedBy: 'IBMid-1' };
      expect(ask(authorized, 'IBMid-1')).toEqual({ allowed: false, refusal: 'needs-second-identity' });
      expect(ask(authorized, 'IBMid-2')).toMatchObject({ allowed: true, to: 'destroyed' });
      expect(ask(authorized)).toMatchObject({ allowed: true, to: 'destroyed' });
    });

    test('is asked after the protection by registrations', () => {
      const facts = key({ registrations: 1, service: 'hs-crypto', dualAuthDelete: {} });
      expect(transition(facts, action, now)).toEqual({ allowed: false, refusal: 'protects-resources' });
    });
  },
);

describe('how a transition is undone', () => {
  test('disable: enable from 30 seconds on, for ever or until the key expires', () => {
    expect(transition(key({}), 'disable', now)).toEqual({
      allowed: true,
      to: 'suspended',
      undo: { by: 'enable', from: now + seconds(30) },
    });
    expect(transition(key({ expiresAt: now + days(2) }), 'disable', now)).toEqual({
      allowed: true,
      to: 'suspended',
      undo: { by: 'enable', from: now + seconds(30), until: now + days(2) },
    });
    expect(transition(key({ expiresAt: now + seconds(20) }), 'disable', now)).toEqual({
      allowed: true,
      to: 'suspended',
    });
  });

  test.each(['delete', 'force-delete'] as const)('%s: restore from 30 seconds on for 30 days', (action) => {
    const undo = { by: 'restore', from: now + seconds(30), until: now + days(30) };
    expect(transition(key({}), action, now)).toEqual({ allowed: true, to: 'destroyed', undo });
    expect(transition(key({ expiresAt: now + days(3) }), action, now)).toEqual({
      allowed: true,
      to: 'destroyed',
      undo: { ...undo, until: now + days(3) },
    });
    expect(transition(key({ imported: false }), action, now)).toEqual({ allowed: true, to: 'destroyed' });
    const readings = { 'restore-generated-key': 'alternative' } as const;
    expect(transition(key({ imported: false }), action, now, { readings })).toEqual({
      allowed: true,
      to: 'destroyed',
      undo,
    });
    expect(transition(key({ state: 'deactivated', expiresAt: now - 1 }), action, now)).toEqual({
      allowed: true,
      to: 'destroyed',
    });
  });

  test('enable: disable at once; restore: delete at once', () => {
    expect(transition(key({ state: 'suspended' }), 'enable', now)).toEqual({
      allowed: true,
      to: 'active',
      undo: { by: 'disable', from: now },
    });
    expect(transition(key({ state: 'suspended', expiresAt: now + 5 }), 'enable', now)).toEqual({
      allowed: true,
      to: 'active',
      undo: { by: 'disable', from: now, until: now + 5 },
    });
    expect(transition(key({ state: 'destroyed' }), 'restore', now)).toEqual({
      allowed: true,
      to: 'active',
      undo: { by: 'delete', from: now },
    });
  });

  test('expire, rotate and purge have no undo', () => {
    expect(transition(key({}), 'expire', now)).toEqual({ allowed: true, to: 'deactivated' });
    expect(transition(key({}), 'rotate', now)).toEqual({ allowed: true, to: 'active' });
    expect(transition(key({ state: 'destroyed' }), 'purge', now)).toEqual({ allowed: true, to: 'purged' });
  });
});
