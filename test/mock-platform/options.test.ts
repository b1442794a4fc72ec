/** Settings of a platform that cannot be are refused when it is made, before its store is touched. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPlatform } from '../../mock-platform';

const folder = mkdtempSync(join(tmpdir(), 'keyquake-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

test.each([
  [
    { propagation: -1 },
    'PlatformOptionsError',
    'propagation is -1 ms; a delay is from 0 to 31622400000 ms, which is 366 days',
  ],
  [
    { registrationRelease: 31_622_400_001 },
    'PlatformOptionsError',
    'registrationRelease is 31622400001 ms; a delay is from 0 to 31622400000 ms, which is 366 days',
  ],
  [
    { registrationRelease: Number.NaN },
    'PlatformOptionsError',
    'registrationRelease is NaN ms; a delay is from 0 to 31622400000 ms, which is 366 days',
  ],
  [
    { startAt: Date.parse('9000-01-01T00:00:01Z') },
    'ClockError',
    "the platform's time ends at 9000-01-01T00:00:00.000Z; choose an earlier one",
  ],
  [
    { identities: { users: [{ id: 'anna', name: 'anna' }] } },
    'IdentitiesError',
    "identities.users[0].id is 'anna'; such an id starts with IBMid-",
  ],
])('%j', async (settings, name, message) => {
  const store = join(folder, 'untouched.db');
  await expect(createPlatform({ ...settings, store })).rejects.toMatchObject({ name, message });
  expect([existsSync(store), existsSync(`${store}.key`)]).toEqual([false, false]);
});

test('a store that is a folder', async () => {
  await expect(createPlatform({ store: folder })).rejects.toMatchObject({
    name: 'MasterKeyError',
    message: `${folder} is a folder; a store is a file`,
  });
  expect(existsSync(`${folder}.key`)).toBe(false);
});
