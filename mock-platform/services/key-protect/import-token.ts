/**
 * Import tokens: one RSA key pair and nonce per instance, under which key material travels encrypted. The caller
 * encrypts the material with the public key (RSAES-OAEP), and the nonce with the material, which proves that both
 * belong together. (ibm-control-plane.md 6.1.8, 6.1.10)
 */
import {
  constants,
  createDecipheriv,
  createPrivateKey,
  generateKeyPair,
  privateDecrypt,
  timingSafeEqual,
} from 'node:crypto';
import { promisify } from 'node:util';
import { keyLimits } from '../../../domain/limits';
import { formatInstant, parseInstant, second } from '../../../domain/time';
import type { Session } from '../../kernel/operation';
import {
  badBody,
  importTokenExpired,
  importTokenNotFound,
  incorrectNonce,
  incorrectNonceOrIv,
  invalidField,
} from './errors';
import { bytesOf } from './fields';
import type { KeyInstance } from './instance';
import { type ImportEnvelope, type ImportTokenDocument, importTokens, type KeyServiceName } from './model';

const newKeyPair = promisify(generateKeyPair);
/**
 * The vendor's have 4096 bits (Key Protect `concepts/importing-keys.md`). Making one of those took 0.4 to 3.3 seconds
 * on two busy cores, one of these 0.04 to 0.9, and it is made in the transaction of the request: every other request
 * would wait as long. Clients read the size from the key itself.
 */
const modulusLength = 2048;
const nonceLength = 12;

const sealedKeyFor = (instance: string, id: string): string => `kms-import-token/${instance}/${id}/key`;
const sealedNonceFor = (instance: string, id: string): string => `kms-import-token/${instance}/${id}/nonce`;

export interface TokenTerms {
  /** Seconds. */
  readonly expiration?: number;
  readonly maxAllowedRetrievals?: number;
}

/** Makes the token of an instance; one that was there is replaced. */
export async function createImportToken(
  session: Session,
  instance: KeyInstance,
  terms: TokenTerms,
): Promise<ImportTokenDocument> {
  const { tx, now, vault, context, identity } = session;
  const { expiration, retrievals } = keyLimits.importToken;
  const lifetime = terms.expiration ?? expiration.default;
  const limit = terms.maxAllowedRetrievals ?? retrievals.default;
  const id = context.ids.uuid();
  const pair = await newKeyPair('rsa', {
    modulusLength,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'der' },
  });
  const doc: ImportTokenDocument = {
    id,
    created: { by: identity.iamId, at: formatInstant(now) },
    expiresAt: formatInstant(now + lifetime * second),
    maxAllowedRetrievals: limit,
    remainingRetrievals: limit,
    publicKey: Buffer.from(pair.publicKey).toString('base64'),
    sealedPrivateKey: vault.seal(pair.privateKey, sealedKeyFor(instance.guid, id)),
    sealedNonce: vault.seal(context.random.bytes(nonceLength), sealedNonceFor(instance.guid, id)),
  };
  const former = await tx.get(importTokens, instance.guid);
  if (former) await tx.update(former, { doc });
  else await tx.insert(importTokens, { id: instance.guid, scope: instance.guid, doc });
  return doc;
}

export interface RetrievedToken {
  readonly token: ImportTokenDocument;
  /** Base64. */
  readonly nonce: string;
}

/** Hands the token out once more. Throws IMPORT_TOKEN_EXPIRED_ERR when its time or its retrievals are used up. */
export async function retrieveImportToken(session: Session, instance: KeyInstance): Promise<RetrievedToken> {
  const stored = await session.tx.get(importTokens, instance.guid);
  if (stored === undefined) throw importTokenNotFound();
  checkTime(session, stored.doc);
  if (stored.doc.remainingRetrievals === 0) {
    throw importTokenExpired(
      `it was retrieved ${stored.doc.maxAllowedRetrievals} times, as often as it may be`,
    );
  }
  const token = { ...stored.doc, remainingRetrievals: stored.doc.remainingRetrievals - 1 };
  await session.tx.update(stored, { doc: token });
  return { token, nonce: nonceOf(session, instance, token).toString('base64') };
}

function checkTime(session: Session, token: ImportTokenDocument): void {
  if (session.now < parseInstant(token.expiresAt)) return;
  throw importTokenExpired(`it expired at ${token.expiresAt}`);
}

function nonceOf(session: Session, instance: KeyInstance, token: ImportTokenDocument): Buffer {
  return session.vault.open(token.sealedNonce, sealedNonceFor(instance.guid, token.id));
}

/** Material as it travels. */
export interface MaterialFields {
  readonly payload: string;
  readonly encryptedNonce?: string;
  readonly iv?: string;
  readonly encryptionAlgorithm?: string;
}

export interface ImportedMaterial {
  readonly material: Buffer;
  /** Present when an import token was used. */
  readonly envelope?: ImportEnvelope;
}

/** The material of a request: in the clear, or under the import token when it says so. */
export async function readMaterial(
  session: Session,
  instance: KeyInstance,
  fields: MaterialFields,
): Promise<ImportedMaterial> {
  const { payload, encryptedNonce, iv, encryptionAlgorithm } = fields;
  const bytes = bytesOf('payload', payload);
  if (encryptedNonce === undefined && iv === undefined) {
    if (encryptionAlgorithm !== undefined) throw badBody('encryptionAlgorithm needs encryptedNonce and iv');
    return { material: bytes };
  }
  if (encryptedNonce === undefined || iv === undefined) {
    throw badBody('encryptedNonce and iv come together');
  }
  const algorithm = encryptionAlgorithm ?? standardAlgorithm;
  const material = await decrypted(session, instance, bytes, { encryptedNonce, iv, algorithm });
  return { material, envelope: { encryptedNonce, iv, encryptionAlgorithm: algorithm } };
}

const standardAlgorithm = 'RSAES_OAEP_SHA_256';

/** Digest of RSAES-OAEP by service and algorithm; SHA-1 is for Hyper Protect only (Go client, `import_token.go`). */
const digests: Record<KeyServiceName, Readonly<Record<string, string>>> = {
  kms: { RSAES_OAEP_SHA_256: 'sha256' },
  'hs-crypto': { RSAES_OAEP_SHA_256: 'sha256', RSAES_OAEP_SHA_1: 'sha1' },
};

async function decrypted(
  session: Session,
  instance: KeyInstance,
  payload: Buffer,
  envelope: { readonly encryptedNonce: string; readonly iv: string; readonly algorithm: string },
): Promise<Buffer> {
  const stored = await session.tx.get(importTokens, instance.guid);
  if (stored === undefined) throw importTokenNotFound();
  checkTime(session, stored.doc);
  const digest = digests[instance.service][envelope.algorithm];
  if (digest === undefined) throw invalidField('encryptionAlgorithm', `must be ${standardAlgorithm}`);
  const der = session.vault.open(stored.doc.sealedPrivateKey, sealedKeyFor(instance.guid, stored.doc.id));
  const material = oaepDecrypt(der, payload, digest);
  const nonce = decryptNonce(
    material,
    bytesOf('encryptedNonce', envelope.encryptedNonce),
    bytesOf('iv', envelope.iv),
  );
  const expected = nonceOf(session, instance, stored.doc);
  if (nonce.length !== expected.length || !timingSafeEqual(nonce, expected)) throw incorrectNonce();
  return material;
}

function oaepDecrypt(der: Buffer, payload: Buffer, oaepHash: string): Buffer {
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  try {
    return privateDecrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash }, payload);
  } catch {
    throw invalidField(
      'payload',
      'must be the key material, encrypted under the public key of the import token',
    );
  }
}

const gcmTagLength = 16;
const cbcIvLength = 16;

/** AES-GCM; with an iv of 16 bytes AES-CBC, as Hyper Protect's clients send it (Go client, `import_token.go`). */
function decryptNonce(material: Buffer, encrypted: Buffer, iv: Buffer): Buffer {
  const bits = material.length * 8;
  try {
    if (iv.length === cbcIvLength) {
      const decipher = createDecipheriv(`aes-${bits}-cbc`, material, iv);
      return Buffer.concat([decipher.update(encrypted), decipher.final()]);
    }
    const end = encrypted.length - gcmTagLength;
    const decipher = createDecipheriv(`aes-${bits}-gcm` as 'aes-256-gcm', material, iv);
    decipher.setAuthTag(encrypted.subarray(end));
    return Buffer.concat([decipher.update(encrypted.subarray(0, end)), decipher.final()]);
  } catch {
    throw incorrectNonceOrIv();
  }
}
