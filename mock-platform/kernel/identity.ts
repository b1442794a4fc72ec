/** Who calls: decoded from the bearer token, or the platform's owner when tokens are not enforced. */
export interface Identity {
  /** IAM id, `IBMid-…` for users, `iam-ServiceId-…` for service ids. */
  readonly iamId: string;
  readonly account: string;
  readonly type: 'user' | 'service-id' | 'profile';
  readonly name: string;
}

export const ownerId = 'IBMid-0000000001';

/** The owner's API key where no other is configured. It, and those derived from it, open nothing elsewhere. */
export const offlineApiKey = 'keyquake-offline';

export function ownerOf(account: string): Identity {
  return { iamId: ownerId, account, type: 'user', name: 'account owner' };
}
