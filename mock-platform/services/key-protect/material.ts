/**
 * Key material and what is done with it. Every version has material of its own, sealed by the platform's vault; wrapping
 * is AES-GCM under that material, and the ciphertext names the version, so that it stays readable after rotations.
 */

import { formatInstant, type Instant } from '../../../domain/time';
import type { Session } from '../../kernel/operation';
import type { ListRange } from '../../kernel/store/store';
import { DecryptionError, decrypt, encrypt, keyLength } from '../../kernel/vault';
import { unprocessableCiphertext } from './errors';
import { type KeyDocument, type KeyVersionDocument, keyVersions } from './model';

/** First byte of every ciphertext: the layout version, 16 bytes of version id, then what `encrypt` makes. */
const layout = 1;
const headerLength = 17;

export interface NewVersion {
  readonly keyId: string;
  readonly versionId: string;
  readonly at: Instant;
  /** Generated when absent: 256 bits. */
  readonly material?: Buffer;
}

export function generatedMaterial(session: Session): Buffer {
  return session.context.random.bytes(keyLength);
}

/** Stores a version and answers what the key document says of it. */
export async function addVersion(
  session: Session,
  { keyId, versionId, at, material }: NewVersion,
): Promise<KeyDocument['version']> {
  const sealed = session.vault.seal(material ?? generatedMaterial(session), sealedFor(keyId, versionId));
  const doc: KeyVersionDocument = { id: versionId, keyId, at: formatInstant(at), sealed };
  await session.tx.insert(keyVersions, { id: versionId, scope: keyId, doc });
  return { id: versionId, at: doc.at };
}

/** Newest first: versions are made in the order of their dates, those of a policy that catches up too. */
export async function versionsOf(
  session: Session,
  keyId: string,
  range: Omit<ListRange, 'newestFirst'>,
): Promise<KeyVersionDocument[]> {
  const stored = await session.tx.list(keyVersions, { scope: keyId }, { ...range, newestFirst: true });
  return stored.map(({ doc }) => doc);
}

export async function countVersions(session: Session, keyId: string): Promise<number> {
  return session.tx.count(keyVersions, { scope: keyId });
}

export async function destroyMaterial(session: Session, keyId: string): Promise<void> {
  for (const version of await session.tx.list(keyVersions, { scope: keyId }))
    await session.tx.remove(version);
}

export async function materialOf(
  session: Session,
  keyId: string,
  versionId: string,
): Promise<Buffer | undefined> {
  const stored = await session.tx.get(keyVersions, versionId);
  if (stored === undefined || stored.doc.keyId !== keyId) return undefined;
  return session.vault.open(stored.doc.sealed, sealedFor(keyId, versionId));
}

function sealedFor(keyId: string, versionId: string): string {
  return `kms-key/${keyId}/${versionId}`;
}

/** An unambiguous text of the key, the version and the caller's strings. */
function associatedText(keyId: string, versionId: string, aad: readonly string[]): string {
  return JSON.stringify([keyId, versionId, ...aad]);
}

/** Wraps under the newest version; the answer is opaque base64. */
export async function wrap(
  session: Session,
  key: KeyDocument,
  plaintext: Buffer,
  aad: readonly string[],
): Promise<string> {
  const versionId = key.version.id;
  const material = await materialOf(session, key.id, versionId);
  if (material === undefined) throw new Error(`the newest version of key ${key.id} has no material`);
  const header = Buffer.alloc(headerLength);
  header.writeUInt8(layout, 0);
  header.write(versionId.replaceAll('-', ''), 1, 'hex');
  const sealed = encrypt(material, plaintext, associatedText(key.id, versionId, aad), session.context.random);
  return Buffer.concat([header, sealed]).toString('base64');
}

export interface Unwrapped {
  readonly plaintext: Buffer;
  readonly versionId: string;
}

/** Throws UNPROCESSABLE_CIPHERTEXT_ERR for a ciphertext of another key, other strings, or one tampered with. */
export async function unwrap(
  session: Session,
  key: KeyDocument,
  ciphertext: Buffer,
  aad: readonly string[],
): Promise<Unwrapped> {
  if (ciphertext.length < headerLength || ciphertext.readUInt8(0) !== layout) throw unprocessableCiphertext();
  const versionId = uuidOf(ciphertext.subarray(1, headerLength));
  const material = await materialOf(session, key.id, versionId);
  if (material === undefined) throw unprocessableCiphertext();
  try {
    const sealed = ciphertext.subarray(headerLength);
    return { plaintext: decrypt(material, sealed, associatedText(key.id, versionId, aad)), versionId };
  } catch (error) {
    if (error instanceof DecryptionError) throw unprocessableCiphertext();
    throw error;
  }
}

function uuidOf(bytes: Buffer): string {
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
