/** Who stands behind an API key, and which trusted profile may be assumed by whom. */
import { formatCrn } from '../../../domain/crn';
import type { SeededProfile } from '../../kernel/identities';
import { type Identity, ownerOf } from '../../kernel/identity';
import type { Session } from '../../kernel/operation';
import type { PlatformOptions } from '../../kernel/options';
import { apiKeyNotFound, profileNotAssumable } from './errors';

interface KeyHolder {
  readonly identity: Identity;
  readonly apiKeys: readonly string[];
}

function keyHolders({ account, identities }: PlatformOptions): readonly KeyHolder[] {
  const { ownerApiKeys = [], users = [], serviceIds = [] } = identities;
  return [
    { identity: ownerOf(account), apiKeys: ownerApiKeys },
    ...users.map(({ id, name, apiKeys = [] }) => ({
      identity: { iamId: id, account, name, type: 'user' as const },
      apiKeys,
    })),
    ...serviceIds.map(({ id, name, apiKeys = [] }) => ({
      identity: { iamId: id, account, name, type: 'service-id' as const },
      apiKeys,
    })),
  ];
}

/**
 * Whom the API key speaks for. A key that is configured for nobody speaks for the account's owner, unless tokens are
 * enforced and there are configured ones: it is refused with BXNIM0415E then.
 */
export function holderOf(session: Session, apiKey: string): Identity {
  const { options, logger } = session;
  const holders = keyHolders(options);
  const holder = holders.find(({ apiKeys }) => apiKeys.includes(apiKey));
  if (holder !== undefined) return holder.identity;
  const anyIsConfigured = holders.some(({ apiKeys }) => apiKeys.length > 0);
  if (options.auth === 'enforce' && anyIsConfigured) throw apiKeyNotFound();
  if (options.auth === 'warn' && anyIsConfigured) {
    logger.warn('enforcing tokens would refuse getToken: no identity has that API key');
  }
  return ownerOf(options.account);
}

/** How a request names a profile: by id, by CRN, or by its name in an account. */
export interface ProfileSelector {
  readonly id?: string | undefined;
  readonly crn?: string | undefined;
  readonly name?: string | undefined;
}

function profileCrn(account: string, id: string): string {
  return formatCrn({
    serviceName: 'iam-identity',
    scope: `a/${account}`,
    resourceType: 'profile',
    resource: id,
  });
}

function asIdentity(account: string, { id, name }: Pick<SeededProfile, 'id' | 'name'>): Identity {
  return { iamId: `iam-${id}`, account, name, type: 'profile' };
}

/**
 * The identity of the profile that `who` assumes. Where no profiles are configured, and tokens are not enforced, every
 * profile exists and everybody may assume it. Throws BXNIM0513E otherwise.
 */
export function assumedProfile(session: Session, who: Identity, selector: ProfileSelector): Identity {
  const { account, auth, identities } = session.options;
  const profiles = identities.profiles ?? [];
  const found = profiles.find(
    ({ id, name }) =>
      id === selector.id || profileCrn(account, id) === selector.crn || name === selector.name,
  );
  const named = selector.id ?? selector.crn?.split(':').at(-1) ?? selector.name ?? '';
  if (found === undefined) {
    if (profiles.length > 0 || auth === 'enforce') throw profileNotAssumable(named);
    return asIdentity(account, { id: named, name: named });
  }
  if (found.assumableBy !== undefined && !found.assumableBy.includes(who.iamId)) {
    throw profileNotAssumable(found.id);
  }
  return asIdentity(account, found);
}
