/**
 * What a key management instance holds: keys, the versions of their material, registrations, aliases, rings, policies
 * and the import token. Times are RFC 3339 text with milliseconds; key material and nonces rest only sealed.
 */
import type { KeyState } from '../../../domain/keys/states';
import { collection } from '../../kernel/store/store';
import type { Wire } from '../../kernel/wire';
import type { PolicyAttributes } from './gen/instance-policy-collection';

export type KeyServiceName = 'kms' | 'hs-crypto';

/** Catalog names of the services that this API serves. */
export const keyServiceNames: readonly KeyServiceName[] = ['kms', 'hs-crypto'];

export interface Stamp {
  readonly by: string;
  readonly at: string;
}

/** A state that the key was put into, and since when. What holds now follows from the last of them and the time. */
export interface StateEntry {
  readonly state: KeyState;
  readonly since: string;
}

export interface KeyPolicy {
  readonly id: string;
  readonly created: Stamp;
  readonly updated: Stamp;
}

export interface RotationPolicy extends KeyPolicy {
  readonly enabled: boolean;
  readonly intervalMonths: number;
  /** When the next rotation is due; absent while disabled. */
  readonly nextAt?: string;
}

export interface DualAuthPolicy extends KeyPolicy {
  readonly enabled: boolean;
}

export interface ImportEnvelope {
  readonly encryptedNonce: string;
  readonly iv: string;
  readonly encryptionAlgorithm: string;
}

export interface KeyDocument {
  readonly id: string;
  readonly crn: string;
  readonly instance: string;
  readonly service: KeyServiceName;
  readonly name: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly ring: string;
  /** The ring that it was in before, and since when it no longer is. */
  readonly formerRing?: { readonly ring: string; readonly until: string };
  readonly extractable: boolean;
  readonly imported: boolean;
  /** Never empty, oldest first. */
  readonly states: readonly StateEntry[];
  readonly created: Stamp;
  readonly updatedAt: string;
  readonly expiresAt?: string;
  readonly rotatedAt?: string;
  /** The version that encrypts. */
  readonly version: { readonly id: string; readonly at: string };
  readonly deletion?: Stamp;
  /** The first person's consent to a deletion under dual authorization, valid until then. */
  readonly deletionAuthorization?: { readonly by: string; readonly until: string };
  readonly syncedAt?: string;
  readonly rotation?: RotationPolicy;
  readonly dualAuthDelete?: DualAuthPolicy;
  /** How the material of the newest version came in, when an import token was used. */
  readonly envelope?: ImportEnvelope;
}

/** Scope: the instance. */
export const keys = collection<KeyDocument>('kms-key');

export interface KeyVersionDocument {
  readonly id: string;
  readonly keyId: string;
  readonly at: string;
  /** Material sealed by the vault, bound to key and version. */
  readonly sealed: string;
}

/** Scope: the key. */
export const keyVersions = collection<KeyVersionDocument>('kms-key-version');

export interface RegistrationDocument {
  readonly keyId: string;
  readonly resourceCrn: string;
  readonly description: string;
  readonly preventKeyDeletion: boolean;
  readonly created: Stamp;
  readonly updated: Stamp;
  readonly keyVersion: { readonly id: string; readonly at: string };
  /** Set when the resource let go of the key and the registration outlasts it: when it goes. */
  readonly goesAt?: string;
  /** Set when the resource is gone but could not tell the key management service. */
  readonly danglingSince?: string;
}

/** Scope: the instance. Name: the key. Id: {@link registrationId}. */
export const registrations = collection<RegistrationDocument>('kms-registration');

export function registrationId(keyId: string, resourceCrn: string): string {
  return `${keyId}/${resourceCrn}`;
}

export interface AliasDocument {
  readonly alias: string;
  readonly keyId: string;
  readonly created: Stamp;
}

/** Scope: the instance. Name: the key. Id: {@link inInstance} of the alias. */
export const aliases = collection<AliasDocument>('kms-alias');

export interface RingDocument {
  readonly id: string;
  readonly created: Stamp;
}

/** The ring that every instance has, without a document. */
export const defaultRing = 'default';

/** Scope: the instance. Id: {@link inInstance} of the ring. */
export const rings = collection<RingDocument>('kms-key-ring');

export type InstancePolicyType =
  | 'dualAuthDelete'
  | 'allowedNetwork'
  | 'allowedIP'
  | 'metrics'
  | 'keyCreateImportAccess'
  | 'rotation';

export interface InstancePolicyDocument {
  readonly type: InstancePolicyType;
  readonly enabled: boolean;
  /** As on the wire (ibm-control-plane.md 6.1.7); absent while disabled. */
  readonly attributes?: Wire<PolicyAttributes>;
  readonly created: Stamp;
  readonly updated: Stamp;
}

/** Scope: the instance. Id: {@link inInstance} of the type. */
export const instancePolicies = collection<InstancePolicyDocument>('kms-instance-policy');

export interface ImportTokenDocument {
  readonly id: string;
  readonly created: Stamp;
  readonly expiresAt: string;
  readonly maxAllowedRetrievals: number;
  readonly remainingRetrievals: number;
  /** Base64 of the PEM public key. */
  readonly publicKey: string;
  /** PKCS #8 DER, sealed. */
  readonly sealedPrivateKey: string;
  /** Sealed. */
  readonly sealedNonce: string;
}

/** Scope and id: the instance, which has one at most. */
export const importTokens = collection<ImportTokenDocument>('kms-import-token');

/** When time next brings something about; see `schedule.ts`. One document, {@link agendaId}. */
export interface AgendaDocument {
  /** Up to when everything has been done. */
  readonly settledAt: string;
  /** Absent when nothing is to come. */
  readonly nextAt?: string;
}

export const agendas = collection<AgendaDocument>('kms-agenda');

export const agendaId = 'keys';

/** The id of something whose name is unique in its instance only. */
export function inInstance(instance: string, name: string): string {
  return `${instance}/${name}`;
}
