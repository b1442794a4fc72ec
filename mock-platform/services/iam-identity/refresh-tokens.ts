/**
 * Refresh tokens: opaque to clients, sealed under the platform's master key, so nothing has to be kept of them.
 * Only the client `bx` gets one; others get the text `not_supported` (ibm-control-plane.md 1.2).
 */
import { day, type Instant } from '../../../domain/time';
import type { Identity } from '../../kernel/identity';
import type { Session } from '../../kernel/operation';
import { DecryptionError } from '../../kernel/vault';
import { refreshTokenExpired, refreshTokenInvalid } from './errors';

const purpose = 'iam/refresh-token';
export const noRefreshToken = 'not_supported';
/** How long a session may be refreshed; the vendor's default for accounts. */
const lifetime = 3 * day;

interface Content {
  readonly identity: Identity;
  readonly expiresAt: Instant;
}

export function issueRefreshToken(session: Session, identity: Identity): string {
  const content: Content = { identity, expiresAt: session.now + lifetime };
  const sealed = session.vault.seal(Buffer.from(JSON.stringify(content)), purpose);
  return Buffer.from(sealed, 'base64').toString('base64url');
}

/** Whose session it continues. Throws BXNIM0407E for anything not issued here, BXNIM0408E when it is too old. */
export function readRefreshToken(session: Session, token: string): Identity {
  const { identity, expiresAt } = open(session, token);
  if (expiresAt <= session.now) throw refreshTokenExpired();
  return identity;
}

function open(session: Session, token: string): Content {
  try {
    const sealed = Buffer.from(token, 'base64url').toString('base64');
    return JSON.parse(session.vault.open(sealed, purpose).toString('utf8')) as Content;
  } catch (error) {
    if (error instanceof DecryptionError) throw refreshTokenInvalid();
    throw error;
  }
}
