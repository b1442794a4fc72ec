/**
 * Access tokens: signed JSON Web Tokens with the claims that the vendor's clients read (ibm-control-plane.md 1.3).
 * ES256, because a fresh key costs a millisecond and no client of the emulated APIs verifies the signature.
 */
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import type { Instant } from '../../domain/time';
import type { Identity } from './identity';
import type { Transaction } from './store/store';
import type { Vault } from './vault';

export const tokenLifetimeSeconds = 3600;
const issuer = 'https://iam.cloud.ibm.com/identity';
const setting = 'keep:token-signing-key';

export type TokenFault = 'malformed' | 'invalid' | 'expired';

interface Claims {
  readonly iam_id: string;
  readonly account: { readonly bss: string };
  readonly sub: string;
  readonly exp: number;
  readonly keyquake_type?: Identity['type'];
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}

/** The signing key of this platform, kept sealed in its store so that tokens outlive a restart. */
export async function signingKey(tx: Transaction, vault: Vault): Promise<KeyObject> {
  const sealed = await tx.value(setting);
  if (sealed !== undefined) {
    return createPrivateKey({ key: vault.open(sealed, setting), format: 'der', type: 'pkcs8' });
  }
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  await tx.setValue(setting, vault.seal(privateKey.export({ format: 'der', type: 'pkcs8' }), setting));
  return privateKey;
}

export interface TokenRequest {
  readonly identity: Identity;
  readonly now: Instant;
  /** `urn:ibm:params:oauth:grant-type:apikey` and its like. */
  readonly grantType: string;
}

export function issueToken(key: KeyObject, request: TokenRequest): { token: string; expiration: number } {
  const issuedAt = Math.floor(request.now / 1000);
  const expiration = issuedAt + tokenLifetimeSeconds;
  const { iamId, account, name, type } = request.identity;
  const payload = encode({
    iam_id: iamId,
    id: iamId,
    realmid: 'IBMid',
    identifier: iamId.replace(/^(IBMid|iam)-/, ''),
    sub: name,
    sub_type: type,
    account: { valid: true, bss: account },
    iat: issuedAt,
    exp: expiration,
    iss: issuer,
    grant_type: request.grantType,
    scope: 'ibm openid',
    client_id: 'default',
    acr: 1,
    amr: ['pwd'],
    keyquake_type: type,
  });
  const signed = `${encode({ kid: 'keyquake', alg: 'ES256', typ: 'JWT' })}.${payload}`;
  const signature = sign('sha256', Buffer.from(signed), { key, dsaEncoding: 'ieee-p1363' });
  return { token: `${signed}.${signature.toString('base64url')}`, expiration };
}

/** Who the token speaks for, or why it is refused. */
export function readToken(key: KeyObject, token: string, now: Instant): Identity | TokenFault {
  const [header, payload, signature, ...rest] = token.split('.');
  if (header === undefined || payload === undefined || signature === undefined || rest.length > 0)
    return 'malformed';
  const claims = decodeClaims(payload);
  if (!claims) return 'malformed';
  const genuine = verify(
    'sha256',
    Buffer.from(`${header}.${payload}`),
    { key: createPublicKey(key), dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  );
  if (!genuine) return 'invalid';
  if (claims.exp * 1000 <= now) return 'expired';
  return {
    iamId: claims.iam_id,
    account: claims.account.bss,
    type: claims.keyquake_type ?? 'user',
    name: claims.sub,
  };
}

function decodeClaims(payload: string): Claims | undefined {
  try {
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Partial<Claims>;
    return typeof claims.iam_id === 'string' && typeof claims.exp === 'number' && claims.account
      ? (claims as Claims)
      : undefined;
  } catch {
    return undefined;
  }
}
