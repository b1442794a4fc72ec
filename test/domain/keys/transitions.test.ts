/** Every cell of behaviour.md A1, under each reading where the documents differ. */
import type { KeyState } from '../../../domain/keys/states';
import {
  type KeyAction,
  type KeyFacts,
  type KeyReadings,
  keyActions,
  type Transition,
  transition,
} from '../../../domain/keys/transitions';
import { days, hours, key, now } from './support';

const states: readonly KeyState[] = ['pre-active', 'active', 'suspended', 'deactivated', 'destroyed'];

type Row = Readonly<Record<KeyAction, string>>;

function summary(result: Transition): string {
  return result.allowed ? result.to : `refused: ${result.refusal}`;
}

/** The answers to all actions on a key that was changed long enough ago (five hours) for every wait to be over. */
function answers(facts: Partial<KeyFacts>, readings: KeyReadings = {}): Row {
  const settled = { disabledAt: now - hours(5), deletedAt: now - hours(5), lastRotatedAt: now - hours(5) };
  const row = keyActions.map((action) => [
    action,
    summary(transition(key({ ...settled, ...facts }), action, now, { readings })),
  ]);
  return Object.fromEntries(row) as Row;
}

const invalid = 'refused: invalid-state';
const already = 'refused: already-in-state';
const gone = 'refused: already-deleted';
const protects = 'refused: protects-resources';

/** A1, an imported key that protects nothing. */
const A1: Readonly<Record<KeyState, Row>> = {
  'pre-active': {
    disable: invalid,
    enable: invalid,
    expire: 'deactivated',
    delete: 'destroyed',
    'force-delete': 'destroyed',
    restore: invalid,
    rotate: invalid,
    purge: invalid,
  },
  active: {
    disable: 'suspended',
    enable: already,
    expire: 'deactivated',
    delete: 'destroyed',
    'force-delete': 'destroyed',
    restore: invalid,
    rotate: 'active',
    purge: invalid,
  },
  suspended: {
    disable: already,
    enable: 'active',
    expire: 'deactivated',
    delete: 'destroyed',
    'force-delete': 'destroyed',
    restore: invalid,
    rotate: invalid,
    purge: invalid,
  },
  deactivated: {
    disable: invalid,
    enable: invalid,
    expire: 'deactivated',
    delete: 'destroyed',
    'force-delete': 'destroyed',
    restore: invalid,
    rotate: invalid,
    purge: invalid,
  },
  destroyed: {
    disable: invalid,
    enable: invalid,
    expire: 'destroyed',
    delete: gone,
    'force-delete': gone,
    restore: 'active',
    rotate: invalid,
    purge: 'purged',
  },
};

describe.each(states)('A1, %s', (state) => {
  test.each(keyActions)('%s', (action) => {
    expect(answers({ state })[action]).toBe(A1[state][action]);
  });

  test('a generated key differs in nothing but the restore of a destroyed one', () => {
    const expected = state === 'destroyed' ? { ...A1[state], restore: 'refused: not-restorable' } : A1[state];
    expect(answers({ state, imported: false })).toEqual(expected);
  });
});

describe('a key that protects resources', () => {
  test.each(['active', 'suspended', 'deactivated'] as const)(
    'Key Protect, %s: refuses to be deleted, force overrides that',
    (state) => {
      expect(answers({ state, registrations: 1 })).toEqual({ ...A1[state], delete: protects });
    },
  );

  test.each(['active', 'suspended', 'deactivated'] as const)(
    'Hyper Protect, %s: refuses to be deleted, forced or not',
    (state) => {
      expect(answers({ state, service: 'hs-crypto', registrations: 1 })).toEqual({
        ...A1[state],
        delete: protects,
        'force-delete': protects,
      });
    },
  );

  test.each(states)('Hyper Protect, %s, once nothing is registered: as A1', (state) => {
    expect(answers({ state, service: 'hs-crypto' })).toEqual(A1[state]);
  });

  test.each(['active', 'suspended', 'deactivated'] as const)(
    '%s, with a registration that prevents deletion: force does not help (ibm-control-plane.md 6.1.10)',
    (state) => {
      const prevented = 'refused: prevented-by-registration';
      expect(answers({ state, registrations: 1, preventsDeletion: true })).toEqual({
        ...A1[state],
        delete: prevented,
        'force-delete': prevented,
      });
    },
  );
});

describe('the other readings, each chosen by itself', () => {
  test('a deactivated key can be rotated and stays deactivated (ibm-control-plane.md 6.1.4)', () => {
    const readings: KeyReadings = { 'rotate-deactivated-key': 'alternative' };
    expect(answers({ state: 'deactivated' }, readings)).toEqual({
      ...A1.deactivated,
      rotate: 'deactivated',
    });
    for (const state of ['pre-active', 'active', 'suspended', 'destroyed'] as const) {
      expect(answers({ state }, readings)).toEqual(A1[state]);
    }
  });

  test('a generated key can be restored (Key Protect restore-keys.md)', () => {
    const readings: KeyReadings = { 'restore-generated-key': 'alternative' };
    for (const state of states) expect(answers({ state, imported: false }, readings)).toEqual(A1[state]);
  });

  test('an expired key can be restored and is deactivated then (Key Protect key-states.md)', () => {
    const expired = { state: 'destroyed', expiresAt: now - 1 } as const;
    expect(answers(expired)).toEqual({ ...A1.destroyed, restore: 'refused: expired' });
    expect(answers(expired, { 'restore-expired-key': 'alternative' })).toEqual({
      ...A1.destroyed,
      restore: 'deactivated',
    });
  });

  test('both readings of restore together', () => {
    const readings: KeyReadings = {
      'restore-generated-key': 'alternative',
      'restore-expired-key': 'alternative',
    };
    const facts = { state: 'destroyed', imported: false, expiresAt: now - 1 } as const;
    expect(answers(facts, readings).restore).toBe('deactivated');
  });

  test('force deletes a protected key of Hyper Protect (ibm-vpc.md 4.8 item 8)', () => {
    const readings: KeyReadings = { 'force-delete-protected-hyper-protect-key': 'alternative' };
    expect(answers({ service: 'hs-crypto', registrations: 1 }, readings)).toEqual({
      ...A1.active,
      delete: protects,
    });
  });

  test('naming the cautious reading changes nothing', () => {
    const readings: KeyReadings = {
      'rotate-deactivated-key': 'cautious',
      'restore-generated-key': 'cautious',
      'restore-expired-key': 'cautious',
      'force-delete-protected-hyper-protect-key': 'cautious',
    };
    for (const state of states) expect(answers({ state }, readings)).toEqual(A1[state]);
  });
});

describe('the state that holds now decides, not the one last written', () => {
  test.each(['pre-active', 'active', 'suspended'] as const)('%s, expired: as deactivated', (state) => {
    expect(answers({ state, expiresAt: now })).toEqual(A1.deactivated);
  });

  test('destroyed 90 days ago: purged, refuses everything', () => {
    const refused = keyActions.map((action) => [action, 'refused: purged']);
    expect(answers({ state: 'destroyed', deletedAt: now - days(90) })).toEqual(Object.fromEntries(refused));
  });
});

describe('standard keys (ibm-control-plane.md 6.1.2; Key Protect error-messages.md, KEY_ROOT_REQ_ERR)', () => {
  const standard = 'refused: not-a-root-key';

  test.each(states)('%s: refuses disable, enable, restore and rotate, the rest as A1', (state) => {
    expect(answers({ state, extractable: true })).toEqual({
      ...A1[state],
      disable: standard,
      enable: standard,
      restore: standard,
      rotate: standard,
    });
  });
});
