/** What a user of an import token does besides Terraform (ibm-control-plane.md 6.1.8, 6.1.10). */
import { constants, createCipheriv, publicEncrypt } from 'node:crypto';
import { fetchToken } from '../../cli/access-token';
import { requestJson } from '../../cli/http';
import type { EncryptedKeyMaterial } from '../../constructs';

interface ImportToken {
  /** Base64 of a public key in PEM. */
  readonly payload: string;
  /** Base64. */
  readonly nonce: string;
}

/** Makes a token of the instance and takes it. */
export async function importToken(url: string, instanceGuid: string): Promise<ImportToken> {
  const headers = { authorization: `Bearer ${await fetchToken(url)}`, 'bluemix-instance': instanceGuid };
  const path = '/api/v2/import_token';
  const made = await requestJson(url, { method: 'POST', path, headers, body: { expiration: 86_400 } });
  const taken = await requestJson(url, { method: 'GET', path, headers });
  expect([made.status, taken.status]).toEqual([200, 200]);
  return taken.body as ImportToken;
}

/** The material under the public key, and the nonce under the material with an iv of 12 bytes. */
export function encryptedUnder(
  { payload, nonce }: ImportToken,
  material: Buffer,
  iv = Buffer.alloc(12, 5),
): EncryptedKeyMaterial {
  const cipher = createCipheriv('aes-256-gcm', material, iv);
  const encrypted = [cipher.update(Buffer.from(nonce, 'base64')), cipher.final(), cipher.getAuthTag()];
  const key = Buffer.from(payload, 'base64').toString('utf8');
  const padding = constants.RSA_PKCS1_OAEP_PADDING;
  return {
    ciphertext: publicEncrypt({ key, padding, oaepHash: 'sha256' }, material).toString('base64'),
    encryptedNonce: Buffer.concat(encrypted).toString('base64'),
    iv: iv.toString('base64'),
  };
}
