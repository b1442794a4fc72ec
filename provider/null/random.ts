import type { ProviderContext } from '../core/context';

/** A random whole number from 0 to 2^63 - 1, in decimal: the form of the ids of `hashicorp/null`. */
export function randomNumber(context: ProviderContext): string {
  const bits = Buffer.from(context.entropy(8)).readBigUInt64BE();
  return BigInt.asUintN(63, bits).toString();
}
