import { keyStateNumber, keyStateOf } from '../../../domain/keys/states';

describe('state numbers (ibm-control-plane.md 6.1.4)', () => {
  test.each([
    ['pre-active', 0],
    ['active', 1],
    ['suspended', 2],
    ['deactivated', 3],
    ['destroyed', 5],
  ] as const)('%s is %i', (state, number) => {
    expect(keyStateNumber(state)).toBe(number);
    expect(keyStateOf(number)).toBe(state);
  });

  test.each([4, 6, -1, 1.5])('%d is no state', (number) => {
    expect(keyStateOf(number)).toBeUndefined();
  });
});
