import { type Condition, conditionOf, conditions, conditionsOf } from '../../domain/condition';
import { dependentKinds, effectOn } from '../../domain/effects';
import type { KeyState } from '../../domain/keys/states';

describe('conditionsOf (behaviour.md A1, A3; order of two at once inferred)', () => {
  test.each<readonly [KeyState | 'purged', readonly Condition[], readonly Condition[]]>([
    ['pre-active', ['suspended'], ['suspended', 'unauthorized']],
    ['active', ['usable'], ['unauthorized']],
    ['suspended', ['suspended'], ['suspended', 'unauthorized']],
    ['deactivated', ['deactivated'], ['unauthorized', 'deactivated']],
    ['destroyed', ['destroyed'], ['destroyed', 'unauthorized']],
    ['purged', ['purged'], ['purged', 'unauthorized']],
  ])('%s', (keyState, authorized, unauthorized) => {
    expect(conditionsOf({ keyState, authorized: true })).toEqual(authorized);
    expect(conditionOf({ keyState, authorized: true })).toBe(authorized[0]);
    expect(conditionsOf({ keyState, authorized: false })).toEqual(unauthorized);
    expect(conditionOf({ keyState, authorized: false })).toBe(unauthorized[0]);
  });
});

test('whatever a condition breaks, the worse ones break too', () => {
  const worstFirst: readonly Condition[] = [
    'purged',
    'destroyed',
    'suspended',
    'unauthorized',
    'deactivated',
    'usable',
  ];
  expect([...worstFirst].sort()).toEqual([...conditions].sort());
  for (const kind of dependentKinds) {
    worstFirst.slice(1).forEach((condition, index) => {
      const worse = worstFirst[index] ?? 'purged';
      expect(effectOn(kind, worse).breaks).toEqual(
        expect.arrayContaining([...effectOn(kind, condition).breaks]),
      );
    });
  }
});
