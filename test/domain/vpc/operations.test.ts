/** Every cell of ibm-vpc.md 4.3 for volumes, with 4.5, 4.6 and behaviour.md A3 for the columns that it lacks. */
import type { Condition } from '../../../domain/condition';
import { type VolumeOperation, volumeOperations, volumePermits } from '../../../domain/vpc/operations';

const columns: readonly Condition[] = [
  'usable',
  'suspended',
  'deactivated',
  'destroyed',
  'purged',
  'unauthorized',
];

/** `y` permitted, `-` refused; in the order of the columns. */
const rows: readonly (readonly [VolumeOperation, string])[] = [
  ['create', 'y-----'],
  ['read', 'yyyyyy'],
  ['io', 'yyy--y'],
  ['attach', 'y-y---'],
  ['detach', 'yyyyyy'],
  ['delete', 'yyyyyy'],
  ['resize', 'yyy--y'],
  ['update', 'yyy--y'],
  ['snapshot', 'y-----'],
  ['instance.start', 'y-y---'],
  ['instance.stop', 'yyyyyy'],
];

test.each(rows)('%s', (operation, expected) => {
  expect(columns.map((condition) => (volumePermits(condition, operation) ? 'y' : '-')).join('')).toBe(
    expected,
  );
});

test('the rows above are all there are', () => {
  expect(rows.map(([operation]) => operation).sort()).toEqual(Object.keys(volumeOperations).sort());
});

describe('the kinds of volume of which each is asked', () => {
  test.each([
    ['create', []],
    ['read', ['boot-volume', 'data-volume-attached', 'data-volume']],
    ['io', ['boot-volume', 'data-volume-attached']],
    ['attach', ['data-volume']],
    ['detach', ['data-volume-attached']],
    ['delete', ['data-volume']],
    ['resize', ['boot-volume', 'data-volume-attached', 'data-volume']],
    ['update', ['boot-volume', 'data-volume-attached', 'data-volume']],
    ['snapshot', ['boot-volume', 'data-volume-attached', 'data-volume']],
    ['instance.start', ['boot-volume', 'data-volume-attached']],
    ['instance.stop', ['boot-volume', 'data-volume-attached']],
  ] as const)('%s', (operation, kinds) => {
    expect(volumeOperations[operation].on).toEqual(kinds);
  });
});

describe('disputed cells', () => {
  test.each([
    ['delete', 'destroyed', '4.8 item 13'],
    ['snapshot', 'deactivated', '4.3 against 4.5'],
    ['instance.start', 'suspended', '4.3'],
  ] as const)('%s, %s', (operation, condition, source) => {
    const cell = volumeOperations[operation][condition];
    expect('disputed' in cell && cell.disputed?.source).toContain(source);
  });
});

test('deleting without authorization leaves the registration (ibm-vpc.md 4.10)', () => {
  expect(volumeOperations.delete.unauthorized.remark).toBe(
    'the registration on the root key is left dangling',
  );
});
