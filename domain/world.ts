/**
 * The shape in which a world of keys and dependants is handed around: the platform answers it at
 * `GET /_keyquake/graph`, the simulator builds it from stacks, plans and states. Rules read these facts and nothing
 * else, which is why one question has one answer whatever the source.
 */
import type { KeyState } from './keys/states';

interface NodeBase {
  /** Terraform address, or the CRN when the source is a running platform. Unique in the world. */
  readonly id: string;
  readonly name: string;
  /** Absent while it is not known yet (planned, not created). */
  readonly crn?: string;
  /** Terraform address where the source has one. */
  readonly address?: string;
}

export interface KmsInstanceNode extends NodeBase {
  readonly kind: 'kms-instance';
  readonly service: 'kms' | 'hs-crypto';
  readonly region?: string;
  /** RFC 3339; when it was deleted. It can be restored until its reclamation ends. */
  readonly deletedAt?: string;
  /** How many living keys it holds that are no nodes here: standard keys. */
  readonly otherKeys?: number;
}

export interface RootKeyNode extends NodeBase {
  readonly kind: 'root-key';
  readonly service: 'kms' | 'hs-crypto';
  readonly state: KeyState;
  /** Whether the material was brought by the user; decides whether a deletion can be undone. */
  readonly imported: boolean;
  /** RFC 3339; when it was deleted. */
  readonly deletedAt?: string;
  /** RFC 3339; when it deactivates by itself. */
  readonly expiresAt?: string;
  /** RFC 3339; since when it is suspended. */
  readonly disabledAt?: string;
  /** RFC 3339; the last rotation. */
  readonly rotatedAt?: string;
  /** How many resources are registered on it, where that is more than it protects in this world. */
  readonly registrations?: number;
  /** A registration forbids its deletion. */
  readonly preventsDeletion?: boolean;
  /** Its deletion needs two people. */
  readonly dualAuthDelete?: boolean;
  /** RFC 3339; how long the consent of the first of them holds. */
  readonly deletionAuthorizedUntil?: string;
}

export interface AuthorizationNode extends NodeBase {
  readonly kind: 'authorization';
  readonly sourceService: string;
  readonly sourceResourceType?: string;
  /** Node id of the one source instance it is limited to, or its GUID when that is outside this world. */
  readonly sourceInstance?: string;
  readonly targetService: string;
  readonly targetInstance?: string;
  readonly roles: readonly string[];
}

export interface VolumeNode extends NodeBase {
  readonly kind: 'volume';
  readonly zone?: string;
  /** Whether an instance holds it: an attached volume keeps working while its key is suspended. */
  readonly attached: boolean;
  /** Its root key is gone for good; no node is left of it. */
  readonly keyPurged?: boolean;
}

export interface SecretsManagerInstanceNode extends NodeBase {
  readonly kind: 'secrets-manager-instance';
  readonly region?: string;
  /** RFC 3339; when it was deleted. It can be restored until its reclamation ends. */
  readonly deletedAt?: string;
  /** Its root key is gone for good; no node is left of it. */
  readonly keyPurged?: boolean;
}

export interface SecretNode extends NodeBase {
  readonly kind: 'secret';
  readonly secretType: string;
  /** It reached its expiration date: what it held is gone. */
  readonly destroyed?: boolean;
}

export interface SecretLockNode extends NodeBase {
  readonly kind: 'secret-lock';
  readonly versionAlias: 'current' | 'previous';
  /** Who holds the lock, as the lock's attributes name it. */
  readonly consumer?: string;
}

export type WorldNode =
  | KmsInstanceNode
  | RootKeyNode
  | AuthorizationNode
  | VolumeNode
  | SecretsManagerInstanceNode
  | SecretNode
  | SecretLockNode;

export type NodeKind = WorldNode['kind'];

/**
 * `contains`: service instance → what lives in it. `protects`: root key → what it encrypts.
 * `authorizes`: authorization → the KMS instance (or, account-wide, every KMS instance) it opens.
 * `locks`: secret lock → the secret whose version it holds.
 */
export type EdgeType = 'contains' | 'protects' | 'authorizes' | 'locks';

export interface WorldEdge {
  readonly type: EdgeType;
  readonly from: string;
  readonly to: string;
}

/** Something of the source that could not be placed in the world; always reported, never dropped. */
export interface Unmapped {
  readonly address: string;
  readonly reason: string;
}

export interface World {
  /** RFC 3339; the time at which the statuses hold. */
  readonly at: string;
  readonly nodes: readonly WorldNode[];
  readonly edges: readonly WorldEdge[];
  readonly unmapped: readonly Unmapped[];
  /** No authorization lies outside of it: a platform knows them all, a stack need not. */
  readonly complete?: boolean;
}

/** What a reader of the platform is shown beside the facts: the status that follows from them. */
export interface ObservedStatus {
  readonly status: string;
  readonly reasons: readonly string[];
  /** False for what was deleted and is only kept to be restored: a destroyed key, an instance awaiting reclamation. */
  readonly live: boolean;
}

/** What the platform answers: the world, and by node id the status that each shows. */
export interface ObservedWorld extends World {
  readonly statuses: Readonly<Record<string, ObservedStatus>>;
}
