import type { Answer, Input, Session } from '../../kernel/operation';
import { ok } from '../../kernel/operation';
import { tokenLifetimeSeconds } from '../../kernel/tokens';
import { notEmulated } from './errors';
import type { Token } from './gen/token';
import type { TokenRequest } from './gen/token-request';
import { identityFor } from './grants';
import { issueRefreshToken, noRefreshToken } from './refresh-tokens';

const refreshingClient = 'bx:bx';

/** The client id and secret of a Basic authorization header, `id:secret`. */
function clientOf(header: string | undefined): string | undefined {
  const [, encoded] = /^Basic\s+(\S+)$/i.exec(header ?? '') ?? [];
  return encoded === undefined ? undefined : Buffer.from(encoded, 'base64').toString('utf8');
}

/** Only the kind of token that the emulated APIs take; clients may leave the choice out (ibm-control-plane.md 1.2). */
function checkResponseType({ response_type: type }: TokenRequest): void {
  if (type !== undefined && type !== '' && type !== 'cloud_iam') {
    throw notEmulated(`The response type ${type}`);
  }
}

export async function getToken(session: Session, { body, headers }: Input<TokenRequest>): Promise<Answer> {
  const identity = await identityFor(session, body);
  checkResponseType(body);
  const { tx, tokens, now } = session;
  const request = { identity, now, grantType: body.grant_type ?? '' };
  const { token, expiration } = await tokens.issue(tx, request);
  const refreshes = clientOf(headers['authorization']) === refreshingClient;
  return ok<Token>({
    access_token: token,
    refresh_token: refreshes ? issueRefreshToken(session, identity) : noRefreshToken,
    token_type: 'Bearer',
    expires_in: tokenLifetimeSeconds,
    expiration,
    scope: 'ibm openid',
  });
}
