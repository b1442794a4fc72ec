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

/** Tokens whose signature was found genuine are remembered, up to so many: a client sends the same one for an hour. */
const rememberedTokens = 1000;

export interface TokenRequest {
  readonly identity: Identity;
  readonly now: Instant;
  /** `urn:ibm:params:oauth:grant-type:apikey` and its like. */
  readonly grantType: string;
}

interface SigningKey {
  /** As it stands in the store; another text there means another key. */
  readonly sealed: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  readonly genuine: Map<string, Claims>;
}

/** Issues and reads the tokens of one platform. The key is kept sealed in its store, so that tokens outlive a restart. */
export class TokenAuthority {
  private current: SigningKey | undefined;

  constructor(private readonly vault: Vault) {}

  async issue(tx: Transaction, request: TokenRequest): Promise<{ token: string; expiration: number }> {
    const { privateKey } = await this.signingKey(tx);
    const issuedAt = Math.floor(request.now / 1000);
    const expiration = issuedAt + tokenLifetimeSeconds;
    const header = encode({ kid: 'keyquake', alg: 'ES256', typ: 'JWT' });
    const signed = `${header}.${encode(claimsOf(request, issuedAt, expiration))}`;
    const signature = sign('sha256', Buffer.from(signed), { key: privateKey, dsaEncoding: 'ieee-p1363' });
    return { token: `${signed}.${signature.toString('base64url')}`, expiration };
  }

  /** Who the token speaks for, or why it is refused. */
  async read(tx: Transaction, token: string, now: Instant): Promise<Identity | TokenFault> {
    const claims = genuineClaims(await this.signingKey(tx), token);
    if (typeof claims === 'string') return claims;
    if (claims.exp * 1000 <= now) return 'expired';
    const { iam_id: iamId, account, keyquake_type: type = 'user', sub: name } = claims;
    return { iamId, account: account.bss, type, name };
  }

  private async signingKey(tx: Transaction): Promise<SigningKey> {
    const sealed = (await tx.value(setting)) ?? (await this.createKey(tx));
    if (this.current?.sealed !== sealed) {
      const der = this.vault.open(sealed, setting);
      const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
      this.current = { sealed, privateKey, publicKey: createPublicKey(privateKey), genuine: new Map() };
    }
    return this.current;
  }

  private async createKey(tx: Transaction): Promise<string> {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const sealed = this.vault.seal(privateKey.export({ format: 'der', type: 'pkcs8' }), setting);
    await tx.setValue(setting, sealed);
    return sealed;
  }
}

function claimsOf({ identity, grantType }: TokenRequest, issuedAt: number, expiration: number): object {
  const { iamId, account, name, type } = identity;
  return {
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
    grant_type: grantType,
    scope: 'ibm openid',
    client_id: 'default',
    acr: 1,
    amr: ['pwd'],
    keyquake_type: type,
  };
}

function genuineClaims(key: SigningKey, token: string): Claims | 'malformed' | 'invalid' {
  const known = key.genuine.get(token);
  if (known) return known;
  const [header, payload, signature, ...rest] = token.split('.');
  if (header === undefined || payload === undefined || signature === undefined || rest.length > 0)
    return 'malformed';
  const claims = decodeClaims(payload);
  if (!claims) return 'malformed';
  const signed = Buffer.from(`${header}.${payload}`);
  const verification = { key: key.publicKey, dsaEncoding: 'ieee-p1363' } as const;
  if (!verify('sha256', signed, verification, Buffer.from(signature, 'base64url'))) return 'invalid';
  if (key.genuine.size >= rememberedTokens) key.genuine.clear();
  key.genuine.set(token, claims);
  return claims;
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
