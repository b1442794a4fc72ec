/**
 * The world as the platform sees it: time, identifiers and randomness come through here and nowhere else, so that a
 * run can be repeated (`seed`), rewound in a test, or moved to the day after a restore window closes.
 */
import { createHash, randomBytes } from 'node:crypto';
import { type Clock, systemClock } from './clock';

export interface RandomSource {
  bytes(length: number): Buffer;
}

export interface IdSource {
  /** A version 4 UUID. */
  uuid(): string;
  /** `length` lower-case hexadecimal digits. */
  hex(length: number): string;
}

export interface Context {
  readonly clock: Clock;
  readonly random: RandomSource;
  readonly ids: IdSource;
}

/** The time of this machine. The only reader of it in the platform. */
export function machineTime(): number {
  return Date.now();
}

export const systemRandom: RandomSource = { bytes: (length) => randomBytes(length) };

/**
 * Repeatable bytes: SHA-256 over the seed, a salt and a counter. For tests and recorded runs only; a store that
 * outlives the process passes a new `salt` at every start, so that no nonce is used twice under one key.
 */
export function seededRandom(seed: number, salt = ''): RandomSource {
  let counter = 0;
  let pool = Buffer.alloc(0);
  return {
    bytes(length) {
      while (pool.length < length) {
        const block = createHash('sha256').update(`${seed}/${salt}/${counter}`).digest();
        counter += 1;
        pool = Buffer.concat([pool, block]);
      }
      const taken = Buffer.from(pool.subarray(0, length));
      pool = pool.subarray(length);
      return taken;
    },
  };
}

export function idsFrom(random: RandomSource): IdSource {
  return {
    uuid() {
      const bytes = random.bytes(16);
      bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6);
      bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
      const hex = bytes.toString('hex');
      return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join(
        '-',
      );
    },
    hex: (length) =>
      random
        .bytes(Math.ceil(length / 2))
        .toString('hex')
        .slice(0, length),
  };
}

export function createContext(options: { clock?: Clock; random?: RandomSource } = {}): Context {
  const random = options.random ?? systemRandom;
  return { clock: options.clock ?? systemClock(machineTime), random, ids: idsFrom(random) };
}
