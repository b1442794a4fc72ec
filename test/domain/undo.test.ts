import { undoOf } from '../../domain/undo';
import { days, now, seconds } from './keys/support';

const imported = { imported: true };
const none = (reason: string) => ({ by: 'none', reason });

describe('undoOf (behaviour.md A1, A3; ibm-control-plane.md 6.1.5)', () => {
  test('usable: nothing to undo', () => {
    expect(undoOf('usable', imported, now)).toBeUndefined();
  });

  test('deactivated, purged: no way back', () => {
    expect(undoOf('deactivated', imported, now)).toEqual(
      none('an expired key cannot be made active again; it still unwraps until it is deleted'),
    );
    expect(undoOf('purged', imported, now)).toEqual(none('the key material no longer exists'));
  });

  test('unauthorized: the authorization again, at any time', () => {
    expect(undoOf('unauthorized', imported, now)).toEqual({ by: 'recreate-authorization', from: now });
  });
});

describe('suspended: enable', () => {
  test.each([
    ['disabled this moment', { disabledAt: now }, { by: 'enable', from: now + seconds(30) }],
    ['disabled 29.999 s ago', { disabledAt: now - seconds(30) + 1 }, { by: 'enable', from: now + 1 }],
    ['disabled 30 s ago', { disabledAt: now - seconds(30) }, { by: 'enable', from: now }],
    ['disabled long ago', { disabledAt: now - days(9) }, { by: 'enable', from: now }],
    ['disabled at an unknown time', {}, { by: 'enable', from: now }],
    [
      'expiring tomorrow',
      { disabledAt: now, expiresAt: now + days(1) },
      { by: 'enable', from: now + seconds(30), until: now + days(1) },
    ],
    [
      'expiring when the wait ends',
      { disabledAt: now, expiresAt: now + seconds(30) },
      none('the key expires before it can be enabled'),
    ],
    [
      'expired since',
      { disabledAt: now - days(9), expiresAt: now },
      none('the key expires before it can be enabled'),
    ],
  ])('%s', (_what, facts, undo) => {
    expect(undoOf('suspended', { ...imported, ...facts }, now)).toEqual(undo);
  });
});

describe('destroyed: restore', () => {
  test.each([
    [
      'deleted this moment',
      { deletedAt: now },
      { by: 'restore', from: now + seconds(30), until: now + days(30) },
    ],
    [
      'deleted 30 s ago',
      { deletedAt: now - seconds(30) },
      { by: 'restore', from: now, until: now - seconds(30) + days(30) },
    ],
    [
      'deleted 30 days ago less 1 ms',
      { deletedAt: now - days(30) + 1 },
      { by: 'restore', from: now, until: now + 1 },
    ],
    ['deleted 30 days ago', { deletedAt: now - days(30) }, none('the 30 days to restore the key are over')],
    ['deleted at an unknown time', {}, { by: 'restore', from: now }],
    [
      'expiring before the 30 days end',
      { deletedAt: now, expiresAt: now + days(5) },
      { by: 'restore', from: now + seconds(30), until: now + days(5) },
    ],
    [
      'expired since',
      { deletedAt: now - days(1), expiresAt: now },
      none('the key expires before it can be restored'),
    ],
    [
      'expiring before the wait ends',
      { deletedAt: now, expiresAt: now + seconds(5) },
      none('the key expires before it can be restored'),
    ],
  ])('imported, %s', (_what, facts, undo) => {
    expect(undoOf('destroyed', { ...imported, ...facts }, now)).toEqual(undo);
  });

  test('a generated key has no way back, unless the other reading is chosen', () => {
    const facts = { imported: false, deletedAt: now };
    expect(undoOf('destroyed', facts, now)).toEqual(
      none('a key that the service generated cannot be restored'),
    );
    expect(undoOf('destroyed', facts, now, { 'restore-generated-key': 'alternative' })).toEqual({
      by: 'restore',
      from: now + seconds(30),
      until: now + days(30),
    });
  });

  test('an expired key has a way back only under the other reading', () => {
    const facts = { imported: true, deletedAt: now - days(1), expiresAt: now - 1 };
    expect(undoOf('destroyed', facts, now, { 'restore-expired-key': 'alternative' })).toEqual({
      by: 'restore',
      from: now,
      until: now + days(29),
    });
  });
});
