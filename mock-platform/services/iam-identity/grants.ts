/** The ways of getting an access token, by `grant_type` (ibm-control-plane.md 1.2). */
import type { Identity } from '../../kernel/identity';
import type { Session } from '../../kernel/operation';
import {
  missing,
  notEmulated,
  profileNotAssumable,
  tokenInvalid,
  tokenMalformed,
  unsupportedGrant,
} from './errors';
import type { TokenRequest } from './gen/token-request';
import { assumedProfile, holderOf } from './identities';
import { readRefreshToken } from './refresh-tokens';

type Grant = (session: Session, request: TokenRequest) => Promise<Identity>;

function required(request: TokenRequest, property: keyof TokenRequest): string {
  const value = request[property];
  if (value === undefined || value === '') throw missing(property);
  return value;
}

const byApiKey: Grant = async (session, request) => holderOf(session, required(request, 'apikey'));

const byRefreshToken: Grant = async (session, request) =>
  readRefreshToken(session, required(request, 'refresh_token'));

/** A profile by id, by CRN, or by name together with its account. */
const byAssuming: Grant = async (session, request) => {
  const token = required(request, 'access_token');
  const who = await session.tokens.read(session.tx, token, session.now);
  if (who === 'malformed') throw tokenMalformed();
  if (typeof who === 'string') throw tokenInvalid(who);
  const { profile_id: id, profile_crn: crn, profile_name: name } = request;
  if (!id && !crn && !name) throw missing('profile_id');
  const named = !id && !crn;
  if (named && required(request, 'account') !== session.options.account) {
    throw profileNotAssumable(name ?? '');
  }
  return assumedProfile(session, who, { id, crn, name });
};

const prefix = 'urn:ibm:params:oauth:grant-type';

const grants: Readonly<Record<string, Grant>> = {
  [`${prefix}:apikey`]: byApiKey,
  refresh_token: byRefreshToken,
  [`${prefix}:assume`]: byAssuming,
};

const unemulatedGrants: readonly string[] = [
  'password',
  'authorization_code',
  `${prefix}:passcode`,
  `${prefix}:cr-token`,
  `${prefix}:iam-authz`,
  `${prefix}:derive`,
];

/** Who the token is for. Throws the endpoint's own refusals, or 501 naming a grant that is not emulated. */
export async function identityFor(session: Session, request: TokenRequest): Promise<Identity> {
  const grantType = required(request, 'grant_type');
  const grant = grants[grantType];
  if (grant !== undefined) return grant(session, request);
  if (unemulatedGrants.includes(grantType)) throw notEmulated(`The grant type ${grantType}`);
  throw unsupportedGrant(grantType);
}
