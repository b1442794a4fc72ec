/**
 * Who exists in the platform's account besides its owner: users, service ids, trusted profiles and access groups, with
 * their API keys and what they may do. Configuration, not state: a reset keeps them, and API keys are never stored.
 */

/** Roles on everything in the account, or on what the other members narrow it to. */
export interface SeededAccess {
  /** Display names, `Reader`, `Administrator`, or role CRNs. */
  readonly roles: readonly string[];
  /** Catalog name of a service, `kms`. */
  readonly service?: string;
  /** GUID of a service instance. */
  readonly instance?: string;
  /** Id of a resource group. */
  readonly resourceGroup?: string;
}

interface Seeded {
  readonly name: string;
  readonly access?: readonly SeededAccess[];
}

export interface SeededUser extends Seeded {
  /** IAM id, `IBMid-…`. */
  readonly id: string;
  readonly email?: string;
  readonly apiKeys?: readonly string[];
}

export interface SeededServiceId extends Seeded {
  /** IAM id, `iam-ServiceId-…`. */
  readonly id: string;
  readonly apiKeys?: readonly string[];
}

export interface SeededProfile extends Seeded {
  /** Profile id, `Profile-…`; its IAM id is `iam-Profile-…`. */
  readonly id: string;
  /** IAM ids of those who may assume it; absent means everybody in the account. */
  readonly assumableBy?: readonly string[];
}

export interface SeededAccessGroup extends Seeded {
  /** `AccessGroupId-…`. */
  readonly id: string;
  /** IAM ids. */
  readonly members: readonly string[];
}

export interface SeededIdentities {
  /** API keys of the account's owner. */
  readonly ownerApiKeys?: readonly string[];
  readonly users?: readonly SeededUser[];
  readonly serviceIds?: readonly SeededServiceId[];
  readonly profiles?: readonly SeededProfile[];
  readonly accessGroups?: readonly SeededAccessGroup[];
}
