/** behaviour.md B1, B4, A3; ibm-control-plane.md 6.1.4 for a key that unwraps and no longer wraps. */
import type { Condition } from '../../../domain/condition';
import { type SecretOperation, secretOperations, secretPermits } from '../../../domain/secrets/operations';

const columns: readonly Condition[] = [
  'usable',
  'suspended',
  'deactivated',
  'destroyed',
  'purged',
  'unauthorized',
];

/** `y` permitted, `-` refused; in the order of the columns. */
const rows: readonly (readonly [SecretOperation, string])[] = [
  ['instance.read', 'yyyyyy'],
  ['instance.delete', 'yyyyyy'],
  ['secret.list', 'y-y---'],
  ['secret.create', 'y-----'],
  ['secret.read', 'y-y---'],
  ['secret.read-metadata', 'y-y---'],
  ['secret.update-metadata', 'y-y---'],
  ['secret.rotate', 'y-----'],
  ['secret.delete', 'y-y---'],
  ['lock.list', 'y-y---'],
  ['lock.create', 'y-y---'],
  ['lock.delete', 'y-y---'],
];

test.each(rows)('%s', (operation, expected) => {
  expect(columns.map((condition) => (secretPermits(condition, operation) ? 'y' : '-')).join('')).toBe(
    expected,
  );
});

test('the rows above are all there are', () => {
  expect(rows.map(([operation]) => operation).sort()).toEqual(Object.keys(secretOperations).sort());
});
