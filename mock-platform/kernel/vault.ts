/**
 * Encryption at rest. AES-256-GCM with a fresh 96-bit nonce for every message; the associated data binds a ciphertext
 * to the document that it belongs to, so that it cannot be moved to another. (behaviour.md B1, design.md section 4.3)
 */
import { createCipheriv, createDecipheriv } from 'node:crypto';
import type { RandomSource } from './context';

export const keyLength = 32;
const nonceLength = 12;
const tagLength = 16;

export class DecryptionError extends Error {
  override readonly name = 'DecryptionError';
  constructor() {
    super('the ciphertext was not made with this key and these associated data');
  }
}

/** nonce (12 bytes), ciphertext, tag (16 bytes). `key` is 16, 24 or 32 bytes. */
export function encrypt(key: Buffer, plaintext: Buffer, associated: string, random: RandomSource): Buffer {
  const nonce = random.bytes(nonceLength);
  const cipher = createCipheriv(cipherFor(key), key, nonce, { authTagLength: tagLength });
  cipher.setAAD(Buffer.from(associated));
  return Buffer.concat([nonce, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
}

/** Throws {@link DecryptionError} for another key, other associated data, or anything tampered with. */
export function decrypt(key: Buffer, sealed: Buffer, associated: string): Buffer {
  if (sealed.length < nonceLength + tagLength) throw new DecryptionError();
  try {
    const decipher = createDecipheriv(cipherFor(key), key, sealed.subarray(0, nonceLength), {
      authTagLength: tagLength,
    });
    decipher.setAAD(Buffer.from(associated));
    decipher.setAuthTag(sealed.subarray(sealed.length - tagLength));
    const body = sealed.subarray(nonceLength, sealed.length - tagLength);
    return Buffer.concat([decipher.update(body), decipher.final()]);
  } catch {
    throw new DecryptionError();
  }
}

function cipherFor(key: Buffer): 'aes-128-gcm' | 'aes-192-gcm' | 'aes-256-gcm' {
  if (key.length === 16) return 'aes-128-gcm';
  if (key.length === 24) return 'aes-192-gcm';
  return 'aes-256-gcm';
}

/** Seals small secrets under the platform's master key, as base64 text that may stand in a document. */
export class Vault {
  constructor(
    private readonly masterKey: Buffer,
    private readonly random: RandomSource,
  ) {
    if (masterKey.length !== keyLength) {
      throw new Error(`the master key has ${masterKey.length} bytes; it needs ${keyLength}`);
    }
  }

  seal(plaintext: Buffer, associated: string): string {
    return encrypt(this.masterKey, plaintext, associated, this.random).toString('base64');
  }

  open(sealed: string, associated: string): Buffer {
    return decrypt(this.masterKey, Buffer.from(sealed, 'base64'), associated);
  }
}
