/**
 * What a Secrets Manager instance holds: groups, secrets, their versions and the locks on them. Times are RFC 3339
 * text with milliseconds, persons are IAM ids; payloads rest only encrypted.
 */
import type { SecretState, VersionAlias } from '../../../domain/secrets/types';
import { collection } from '../../kernel/store/store';

/** The group that every instance has, without a document. */
export const defaultGroup = 'default';

export interface SecretGroupDocument {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly createdBy: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** Scope: the instance. Name: the group's, unique in the instance. */
export const secretGroups = collection<SecretGroupDocument>('sm-secret-group');

/** What clients attach to secrets and versions: JSON of their own. */
export type CustomMetadata = Readonly<Record<string, unknown>>;

export interface SecretDocument {
  readonly id: string;
  readonly crn: string;
  /** GUID of the instance. */
  readonly instance: string;
  readonly groupId: string;
  readonly secretType: 'arbitrary';
  readonly name: string;
  readonly description?: string;
  readonly labels: readonly string[];
  readonly customMetadata: CustomMetadata;
  readonly expiresAt?: string;
  /** What was last written; see `settled` in `secret.ts` for what holds now. */
  readonly state: SecretState;
  /** Versions ever made; metadata of the newest ones only is kept. */
  readonly versionsTotal: number;
  readonly createdBy: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** When its payload was last read; absent when it never was. */
  readonly retrievedAt?: string;
}

/** Scope: the instance. Name: {@link uniqueName}. */
export const secrets = collection<SecretDocument>('sm-secret');

/** Names are unique per type and instance, even across groups (ibm-control-plane.md 6.2.8). */
export function uniqueName(secretType: string, name: string): string {
  return `${secretType}/${name}`;
}

/** A data key at rest: wrapped by the customer's root key, or sealed by the platform for the provider's. */
export type WrappedDataKey =
  | {
      readonly by: 'customer';
      readonly keyCrn: string;
      readonly wrapped: string;
      readonly keyVersion: string;
    }
  | { readonly by: 'provider'; readonly sealed: string };

export interface SealedPayload {
  /** AES-256-GCM under the version's own data key: nonce, ciphertext and tag in base64. */
  readonly ciphertext: string;
  readonly dataKey: WrappedDataKey;
}

export interface VersionDocument {
  readonly id: string;
  readonly secretId: string;
  readonly alias?: VersionAlias;
  readonly customMetadata: CustomMetadata;
  readonly downloaded: boolean;
  /** Absent when the data has been deleted. */
  readonly payload?: SealedPayload;
  readonly createdBy: string;
  readonly createdAt: string;
}

/** Scope: the secret. Oldest first. */
export const versions = collection<VersionDocument>('sm-secret-version');

export interface LockDocument {
  readonly name: string;
  readonly description?: string;
  readonly attributes: CustomMetadata;
  readonly secretId: string;
  readonly versionId: string;
  readonly createdBy: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** Scope: the secret. Id: {@link lockId}. */
export const locks = collection<LockDocument>('sm-secret-lock');

/** The name of a lock is unique on its version. */
export function lockId(versionId: string, name: string): string {
  return `${versionId}/${name}`;
}
