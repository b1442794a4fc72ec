/** The key under which secrets rest: of this process for a store in memory, in a file of its own for a store on disk. */
import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import type { RandomSource } from './context';
import { keyLength } from './vault';

export class MasterKeyError extends Error {
  override readonly name = 'MasterKeyError';
}

/** Reads `{store file}.key`, or makes it, readable by its owner only. Without it the store cannot be read. */
export function masterKeyFor(storeFile: string, random: RandomSource): Buffer {
  if (statSync(storeFile, { throwIfNoEntry: false })?.isDirectory()) {
    throw new MasterKeyError(`${storeFile} is a folder; a store is a file`);
  }
  const file = `${storeFile}.key`;
  if (!existsSync(file)) {
    if (existsSync(storeFile)) {
      throw new MasterKeyError(
        `the store ${storeFile} has lost its key file ${file}; put it back, or begin a new store`,
      );
    }
    const key = random.bytes(keyLength);
    writeFileSync(file, `${key.toString('base64')}\n`, { mode: 0o600, flag: 'wx' });
    chmodSync(file, 0o600);
    return key;
  }
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64');
  if (key.length !== keyLength) {
    throw new MasterKeyError(
      `${file} holds ${key.length} bytes; a master key has ${keyLength}, as base64 text`,
    );
  }
  return key;
}
