/**
 * Key material of your own that travels under an import token: a public key and a nonce that the instance hands out, for
 * a day at most (`POST` and `GET /api/v2/import_token`; ibm-control-plane.md 6.1.8). Nobody but the service can read it,
 * so it may stand in code. All three values belong to one encryption, and all three are kept: a key is replaced when one
 * of them changes.
 */
export interface EncryptedKeyMaterial {
  /** The material, encrypted under the public key of the token (RSAES-OAEP with SHA-256), base64. */
  readonly ciphertext: string;
  /** The nonce of the token, encrypted with the material (AES-GCM, its tag at the end), base64. */
  readonly encryptedNonce: string;
  /** Initialization vector with which the nonce was encrypted, base64. */
  readonly iv: string;
}
