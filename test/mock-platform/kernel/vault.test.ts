import { seededRandom } from '../../../mock-platform/kernel/context';
import { DecryptionError, decrypt, encrypt, Vault } from '../../../mock-platform/kernel/vault';

const random = seededRandom(7);
const key = Buffer.alloc(32, 1);

test.each([16, 24, 32])('opens what it sealed under a key of %d bytes', (length) => {
  const ownKey = Buffer.alloc(length, 3);
  expect(decrypt(ownKey, encrypt(ownKey, Buffer.from('payload'), 'doc-1', random), 'doc-1').toString()).toBe(
    'payload',
  );
});

test('every message has a nonce of 96 bits of its own, and a tag of 128 (behaviour.md B1)', () => {
  const sealed = Array.from({ length: 50 }, () => encrypt(key, Buffer.from('same'), 'doc', random));
  expect(new Set(sealed.map((text) => text.subarray(0, 12).toString('hex'))).size).toBe(50);
  expect(sealed[0]?.length).toBe(12 + 4 + 16);
});

test.each([
  ['another key', Buffer.alloc(32, 2), 'doc', (text: Buffer) => text],
  ['other associated data', key, 'doc-2', (text: Buffer) => text],
  [
    'a bit that flipped',
    key,
    'doc',
    (text: Buffer) => Buffer.from(text.map((byte, at) => (at === 13 ? byte ^ 1 : byte))),
  ],
  ['a ciphertext that was cut', key, 'doc', (text: Buffer) => text.subarray(0, 20)],
])('refuses %s', (_case, otherKey, associated, damage) => {
  const sealed = encrypt(key, Buffer.from('payload'), 'doc', random);
  expect(() => decrypt(otherKey, damage(sealed), associated)).toThrow(DecryptionError);
});

test('a vault seals to text that shows nothing of the secret', () => {
  const vault = new Vault(key, random);
  const sealed = vault.seal(Buffer.from('canary-secret'), 'doc');
  expect(sealed + Buffer.from(sealed, 'base64').toString('latin1')).not.toContain('canary');
  expect(vault.open(sealed, 'doc').toString()).toBe('canary-secret');
});

test('a master key of another length is refused', () => {
  expect(() => new Vault(Buffer.alloc(16), random)).toThrow('the master key has 16 bytes; it needs 32');
});
