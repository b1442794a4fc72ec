/**
 * States of a root key, by the numbers that NIST SP 800-57 and the Key Protect API give them.
 * Source: ibm-control-plane.md 6.1.4; behaviour.md A1.
 */
export const keyStates = {
  'pre-active': 0,
  active: 1,
  suspended: 2,
  deactivated: 3,
  destroyed: 5,
} as const;

export type KeyState = keyof typeof keyStates;

export type KeyStateNumber = (typeof keyStates)[KeyState];

export function keyStateNumber(state: KeyState): KeyStateNumber {
  return keyStates[state];
}

/** The state with that number; undefined for a number that is no state (4, for one). */
export function keyStateOf(number: number): KeyState | undefined {
  return (Object.keys(keyStates) as KeyState[]).find((state) => keyStates[state] === number);
}
