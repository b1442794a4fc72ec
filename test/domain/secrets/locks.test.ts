/** behaviour.md C1, C2, C5 to C11; ibm-control-plane.md 6.2.6. */
import {
  createLocks,
  deleteLocks,
  deleteSecret,
  deleteVersionData,
  effectiveSecretState,
  findVersion,
  isLocked,
  type LockMode,
  readSecret,
} from '../../../domain/secrets/locks';
import {
  type LockableSecret,
  locksTotal,
  type NamedLock,
  type SecretState,
  type SecretType,
  secretTypes,
} from '../../../domain/secrets/types';
import { days, now } from '../keys/support';
import { lock, names, secret, version } from './support';

function create(of: LockableSecret, at: string, added: readonly string[], mode?: LockMode) {
  const result = createLocks(of, { version: at, locks: added.map(lock), mode });
  if (!result.allowed) return result;
  return result.changes.map((change) => ({ ...change, locks: names(change.locks) }));
}

const refused = (refusal: string, locks: readonly string[] = []) => ({ allowed: false, refusal, locks });

describe('C1 creating locks', () => {
  test('on the current version', () => {
    expect(create(secret(), 'current', ['app-1', 'app-2'])).toEqual([
      { versionId: 'v3', locks: ['app-1', 'app-2'], payloadAvailable: true },
    ]);
  });

  test('on the previous version, beside those it has', () => {
    expect(create(secret({ previous: ['app-1'] }), 'previous', ['app-2'])).toEqual([
      { versionId: 'v2', locks: ['app-1', 'app-2'], payloadAvailable: true },
    ]);
  });

  test('on a version named by its id', () => {
    expect(create(secret(), 'v2', ['app-1'])).toEqual([
      { versionId: 'v2', locks: ['app-1'], payloadAvailable: true },
    ]);
  });

  test('a lock of the same name is replaced, in its place', () => {
    interface Described extends NamedLock {
      readonly description: string;
    }
    const locked: LockableSecret<Described> = {
      secretType: 'kv',
      versions: [
        {
          id: 'v1',
          alias: 'current',
          payloadAvailable: true,
          locks: [
            { name: 'app-1', description: 'old' },
            { name: 'app-2', description: 'other' },
          ],
        },
      ],
    };
    const result = createLocks(locked, {
      version: 'current',
      locks: [
        { name: 'app-1', description: 'new' },
        { name: 'app-1', description: 'newer' },
      ],
    });
    expect(result).toEqual({
      allowed: true,
      changes: [
        {
          versionId: 'v1',
          payloadAvailable: true,
          locks: [
            { name: 'app-1', description: 'newer' },
            { name: 'app-2', description: 'other' },
          ],
        },
      ],
    });
  });

  test.each([
    ['a version that does not exist', secret(), 'v9', 'version-not-found'],
    [
      'a previous version that does not exist',
      { secretType: 'arbitrary', versions: [version('v1', { alias: 'current' })] } as const,
      'previous',
      'version-not-found',
    ],
    ['an older version', secret(), 'v1', 'version-without-alias'],
    ['a previous version without its data', secret({ previousPayload: false }), 'previous', 'no-payload'],
    [
      'custom credentials with a pending task',
      secret({ secretType: 'custom_credentials', taskPending: true }),
      'current',
      'task-pending',
    ],
  ])('is refused on %s', (_what, of, at, refusal) => {
    expect(create(of, at, ['app-1'])).toEqual(refused(refusal));
  });

  test('up to 1,000 per secret, counted over its versions', () => {
    const many = (count: number) => Array.from({ length: count }, (_, index) => `app-${index}`);
    const full = secret({ previous: many(400), current: many(599) });
    expect(create(full, 'current', ['one-more'])).toHaveLength(1);
    expect(create(full, 'current', ['one-more', 'two-more'])).toEqual(refused('too-many-locks'));
    expect(create(full, 'current', ['app-1', 'app-2', 'one-more'])).toHaveLength(1);
    expect(create(secret(), 'current', many(1_000))).toHaveLength(1);
    expect(create(secret(), 'current', many(1_001))).toEqual(refused('too-many-locks'));
  });
});

describe('C8 remove_previous', () => {
  test('takes locks of the same names off the previous version and leaves the others and the data', () => {
    expect(create(secret({ previous: ['app-1', 'app-2'] }), 'current', ['app-1'], 'remove_previous')).toEqual(
      [
        { versionId: 'v3', locks: ['app-1'], payloadAvailable: true },
        { versionId: 'v2', locks: ['app-2'], payloadAvailable: true },
      ],
    );
    expect(create(secret({ previous: ['app-1'] }), 'current', ['app-1'], 'remove_previous')).toEqual([
      { versionId: 'v3', locks: ['app-1'], payloadAvailable: true },
      { versionId: 'v2', locks: [], payloadAvailable: true },
    ]);
  });

  test('makes room for the limit', () => {
    const many = Array.from({ length: 1_000 }, (_, index) => `app-${index}`);
    expect(create(secret({ previous: many }), 'current', many)).toEqual(refused('too-many-locks'));
    expect(create(secret({ previous: many }), 'current', many, 'remove_previous')).toHaveLength(2);
  });
});

describe('C9 remove_previous_and_delete', () => {
  const mode = 'remove_previous_and_delete';

  test('deletes the data of the previous version once no lock is left there', () => {
    expect(create(secret({ previous: ['app-1'] }), 'current', ['app-1'], mode)).toEqual([
      { versionId: 'v3', locks: ['app-1'], payloadAvailable: true },
      { versionId: 'v2', locks: [], payloadAvailable: false },
    ]);
    expect(create(secret(), 'current', ['app-1'], mode)).toEqual([
      { versionId: 'v3', locks: ['app-1'], payloadAvailable: true },
      { versionId: 'v2', locks: [], payloadAvailable: false },
    ]);
  });

  test('keeps it while somebody else holds a lock there', () => {
    expect(create(secret({ previous: ['app-1', 'app-2'] }), 'current', ['app-1'], mode)).toEqual([
      { versionId: 'v3', locks: ['app-1'], payloadAvailable: true },
      { versionId: 'v2', locks: ['app-2'], payloadAvailable: true },
    ]);
  });

  test('is refused to custom credentials, remove_previous is not', () => {
    const custom = secret({ secretType: 'custom_credentials', previous: ['app-1'] });
    expect(create(custom, 'current', ['app-1'], mode)).toEqual(refused('mode-not-supported'));
    expect(create(custom, 'current', ['app-1'], 'remove_previous')).toHaveLength(2);
  });

  test('does nothing to the previous version when that is the one locked', () => {
    expect(create(secret({ previous: ['app-1'] }), 'previous', ['app-1'], mode)).toEqual([
      { versionId: 'v2', locks: ['app-1'], payloadAvailable: true },
    ]);
  });

  test('needs no previous version', () => {
    const first: LockableSecret = { secretType: 'kv', versions: [version('v1', { alias: 'current' })] };
    expect(create(first, 'current', ['app-1'], mode)).toEqual([
      { versionId: 'v1', locks: ['app-1'], payloadAvailable: true },
    ]);
  });
});

describe('C10 deleting locks', () => {
  function remove(of: LockableSecret, at: string, which: readonly string[] | '*') {
    const result = deleteLocks(of, { version: at, names: which });
    return result.allowed
      ? result.changes.map((change) => ({ ...change, locks: names(change.locks) }))
      : result;
  }
  const locked = secret({ current: ['a', 'b', 'c'], previous: ['a', 'z'] });

  test.each([
    ['by name', 'current', ['a', 'c'], [{ versionId: 'v3', locks: ['b'], payloadAvailable: true }]],
    [
      'of the previous version',
      'previous',
      ['a'],
      [{ versionId: 'v2', locks: ['z'], payloadAvailable: true }],
    ],
    ['all', 'current', '*', [{ versionId: 'v3', locks: [], payloadAvailable: true }]],
    ['all, as a name', 'v2', ['*'], [{ versionId: 'v2', locks: [], payloadAvailable: true }]],
    [
      'names that are not there',
      'current',
      ['x'],
      [{ versionId: 'v3', locks: ['a', 'b', 'c'], payloadAvailable: true }],
    ],
    ['of a version without data', 'v1', '*', [{ versionId: 'v1', locks: [], payloadAvailable: false }]],
  ] as const)('%s', (_what, at, which, changes) => {
    expect(remove(locked, at, which)).toEqual(changes);
  });

  test('of a version that does not exist', () => {
    expect(remove(locked, 'v9', '*')).toEqual(refused('version-not-found'));
  });
});

describe('C2, C11 what a lock keeps from being deleted', () => {
  test('the data of a locked version', () => {
    const locked = secret({ current: ['app-1', 'app-2'] });
    expect(deleteVersionData(locked, 'current')).toEqual(refused('version-locked', ['app-1', 'app-2']));
    expect(deleteVersionData(locked, 'previous')).toEqual({ allowed: true, versionId: 'v2' });
    expect(deleteVersionData(secret(), 'v3')).toEqual({ allowed: true, versionId: 'v3' });
    expect(deleteVersionData(secret(), 'v1')).toEqual(refused('no-payload'));
    expect(deleteVersionData(secret(), 'v9')).toEqual(refused('version-not-found'));
  });

  test('a secret until every lock on every version is gone', () => {
    expect(deleteSecret(secret({ current: ['a'], previous: ['b'] }))).toEqual(
      refused('secret-locked', ['b', 'a']),
    );
    expect(deleteSecret(secret({ previous: ['b'] }))).toEqual(refused('secret-locked', ['b']));
    expect(deleteSecret(secret())).toEqual({ allowed: true });
    expect(isLocked(secret({ previous: ['b'] }))).toBe(true);
    expect(isLocked(secret())).toBe(false);
  });

  test('locks_total is the sum over the versions', () => {
    expect(locksTotal(secret({ current: ['a', 'b'], previous: ['a'] }))).toBe(3);
    expect(locksTotal(secret())).toBe(0);
  });
});

describe('C5, C6 expiration', () => {
  const state = (secretType: SecretType, locked: boolean, expiresAt: number | undefined): SecretState =>
    effectiveSecretState({ state: 'active', secretType, locked, expiresAt }, now);
  const certificates: readonly SecretType[] = ['imported_cert', 'public_cert', 'private_cert'];

  test.each(secretTypes)('%s', (secretType) => {
    expect(state(secretType, false, undefined)).toBe('active');
    expect(state(secretType, false, now + 1)).toBe('active');
    expect(state(secretType, true, now + 1)).toBe('active');
    expect(state(secretType, false, now)).toBe('destroyed');
    expect(state(secretType, true, now)).toBe(certificates.includes(secretType) ? 'destroyed' : 'active');
    expect(state(secretType, true, now - days(400))).toBe(
      certificates.includes(secretType) ? 'destroyed' : 'active',
    );
  });

  test.each(['pre_activation', 'suspended', 'deactivated', 'destroyed'] as const)(
    'a date does not bring %s back',
    (stored) => {
      const expired = { secretType: 'arbitrary', locked: true, expiresAt: now - 1 } as const;
      expect(effectiveSecretState({ state: stored, ...expired }, now)).toBe(stored);
    },
  );
});

describe('C7 reading a locked secret', () => {
  test.each(secretTypes)('%s', (secretType) => {
    const result = readSecret(secret({ secretType, current: ['app-1'] }));
    expect(result).toEqual(
      secretType === 'iam_credentials' ? refused('dynamic-secret-locked', ['app-1']) : { allowed: true },
    );
    expect(readSecret(secret({ secretType }))).toEqual({ allowed: true });
  });

  test('IAM credentials that reuse their key can be read (ibm-control-plane.md 6.2.6)', () => {
    const facts = { secretType: 'iam_credentials', current: ['app-1'] } as const;
    expect(readSecret(secret({ ...facts, reuseApiKey: true }))).toEqual({ allowed: true });
    expect(readSecret(secret({ ...facts, reuseApiKey: false }))).toEqual(
      refused('dynamic-secret-locked', ['app-1']),
    );
  });
});

test('findVersion takes aliases and ids', () => {
  expect(findVersion(secret(), 'current')?.id).toBe('v3');
  expect(findVersion(secret(), 'previous')?.id).toBe('v2');
  expect(findVersion(secret(), 'v1')?.id).toBe('v1');
  expect(findVersion(secret(), 'v9')).toBeUndefined();
});
