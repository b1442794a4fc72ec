/** Every cell of ibm-control-plane.md 6.1.4, and the operations of 6.1.2 that it leaves out. */
import { type KeyOperation, permits } from '../../../domain/keys/operations';
import type { KeyState } from '../../../domain/keys/states';

/** Columns: active (1), suspended (2), deactivated (3), destroyed (5). */
const columns: readonly KeyState[] = ['active', 'suspended', 'deactivated', 'destroyed'];

/** `y` permitted, `-` refused. Rotate of a deactivated key follows behaviour.md A1. */
const documented: readonly (readonly [KeyOperation, string])[] = [
  ['get', 'yyyy'],
  ['get-metadata', 'yyyy'],
  ['list', 'yyy-'],
  ['rotate', 'y---'],
  ['wrap', 'y---'],
  ['unwrap', 'y-y-'],
  ['rewrap', 'y-y-'],
  ['disable', 'y---'],
  ['enable', '-y--'],
  ['delete', 'yyy-'],
  ['restore', '---y'],
  ['purge', '---y'],
];

/** Key Protect error-messages.md: KEY_ACTION_INVALID_STATE_ERR, KEY_INVALID_STATE_ERR. */
const ofErrorMessages: readonly (readonly [KeyOperation, string])[] = [
  ['set-for-deletion', 'y---'],
  ['unset-for-deletion', 'y---'],
  ['register', 'y---'],
];

const inferred: readonly (readonly [KeyOperation, string])[] = [
  ['list-versions', 'y---'],
  ['sync', 'yyyy'],
  ['list-registrations', 'yyyy'],
  ['get-policy', 'yyyy'],
  ['put-policy', 'yyy-'],
  ['patch', 'yyy-'],
  ['create-alias', 'yyy-'],
  ['delete-alias', 'yyyy'],
];

const all = [...documented, ...ofErrorMessages, ...inferred];

describe.each([
  ['6.1.4', documented],
  ['error-messages.md', ofErrorMessages],
  ['inferred', inferred],
] as const)('%s', (_source, rows) => {
  test.each(rows)('%s', (operation, expected) => {
    expect(columns.map((state) => (permits(state, operation) ? 'y' : '-')).join('')).toBe(expected);
  });
});

test.each(all)('a purged key refuses %s', (operation) => {
  expect(permits('purged', operation)).toBe(false);
});

test('the other reading of 6.1.4 permits the rotation of a deactivated key', () => {
  expect(permits('deactivated', 'rotate', { 'rotate-deactivated-key': 'alternative' })).toBe(true);
  expect(permits('suspended', 'rotate', { 'rotate-deactivated-key': 'alternative' })).toBe(false);
});
