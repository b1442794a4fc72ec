/** Small worlds for tests, typed by hand. */
import type {
  AuthorizationNode,
  EdgeType,
  RootKeyNode,
  SecretLockNode,
  VolumeNode,
  World,
  WorldEdge,
  WorldNode,
} from '../../domain/world';

export const now = '2026-01-01T00:00:00.000Z';

export function edge(type: EdgeType, from: string, to: string): WorldEdge {
  return { type, from, to };
}

export const kms: WorldNode = {
  kind: 'kms-instance',
  id: 'kms',
  name: 'kms',
  service: 'kms',
  region: 'us-south',
};

export function rootKey(facts: Partial<RootKeyNode> = {}): RootKeyNode {
  return {
    kind: 'root-key',
    id: 'key',
    name: 'orders',
    service: 'kms',
    state: 'active',
    imported: false,
    ...facts,
  };
}

export function volume(facts: Partial<VolumeNode> = {}): VolumeNode {
  return { kind: 'volume', id: 'volume', name: 'data', zone: 'us-south-1', attached: false, ...facts };
}

export const attachedVolume = volume({ id: 'attached', name: 'boot data', attached: true });

export const secretsManager: WorldNode = {
  kind: 'secrets-manager-instance',
  id: 'sm',
  name: 'secrets',
  region: 'us-south',
};

export const secret: WorldNode = {
  kind: 'secret',
  id: 'secret',
  name: 'db-password',
  secretType: 'arbitrary',
};

export function lock(facts: Partial<SecretLockNode> = {}): SecretLockNode {
  return { kind: 'secret-lock', id: 'lock', name: 'lock', versionAlias: 'current', ...facts };
}

export function authorization(facts: Partial<AuthorizationNode> = {}): AuthorizationNode {
  return {
    kind: 'authorization',
    id: 'block-storage',
    name: 'block storage',
    sourceService: 'server-protect',
    targetService: 'kms',
    targetInstance: 'kms',
    roles: ['Reader'],
    ...facts,
  };
}

export const secretsAuthorization = authorization({
  id: 'secrets-manager',
  name: 'secrets manager',
  sourceService: 'secrets-manager',
});

/** One key that protects one of everything, with the authorizations that takes. */
export function workload(key: Partial<RootKeyNode> = {}): World {
  return {
    at: now,
    nodes: [
      { ...kms, ...(key.service && { service: key.service }) } as WorldNode,
      rootKey(key),
      authorization(key.service && { targetService: key.service }),
      { ...secretsAuthorization, ...(key.service && { targetService: key.service }) },
      volume(),
      attachedVolume,
      secretsManager,
      secret,
      lock({ id: 'lock-billing', name: 'billing', consumer: 'billing-service' }),
      lock({ id: 'lock-reports', name: 'reports', versionAlias: 'previous' }),
    ],
    edges: [
      edge('contains', 'kms', 'key'),
      edge('authorizes', 'block-storage', 'kms'),
      edge('authorizes', 'secrets-manager', 'kms'),
      edge('protects', 'key', 'volume'),
      edge('protects', 'key', 'attached'),
      edge('protects', 'key', 'sm'),
      edge('contains', 'sm', 'secret'),
      edge('locks', 'lock-billing', 'secret'),
      edge('locks', 'lock-reports', 'secret'),
    ],
    unmapped: [],
  };
}

/** The world without these nodes and what hangs on them. */
export function without(world: World, ...ids: readonly string[]): World {
  return {
    ...world,
    nodes: world.nodes.filter(({ id }) => !ids.includes(id)),
    edges: world.edges.filter(({ from, to }) => !ids.includes(from) && !ids.includes(to)),
  };
}
