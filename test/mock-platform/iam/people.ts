import { bearerOf } from '../../support/callers';
import { type Reply, startTestPlatform, type TestPlatform } from '../../support/platform';
import { authorizationV2 } from './support';

/** Who there is in the tests of roles: administrators, editors and viewers of keys, of secrets, of everything. */
export const identities = {
  ownerApiKeys: ['owner'],
  users: [
    {
      id: 'IBMid-admin',
      name: 'admin of keys',
      apiKeys: ['kms-admin'],
      access: [{ roles: ['Administrator'], service: 'kms' }],
    },
    {
      id: 'IBMid-editor',
      name: 'editor of keys',
      apiKeys: ['kms-editor'],
      access: [{ roles: ['Editor'], service: 'kms' }],
    },
    {
      id: 'IBMid-viewer',
      name: 'viewer of keys',
      apiKeys: ['kms-viewer'],
      access: [{ roles: ['Viewer'], service: 'kms' }],
    },
    {
      id: 'IBMid-manager',
      name: 'manager of keys',
      apiKeys: ['kms-manager'],
      access: [{ roles: ['Manager'], service: 'kms' }],
    },
    {
      id: 'IBMid-sm',
      name: 'admin of secrets',
      apiKeys: ['sm-admin'],
      access: [{ roles: ['Administrator'], service: 'secrets-manager' }],
    },
    { id: 'IBMid-all', name: 'admin of all', apiKeys: ['all-admin'], access: [{ roles: ['Administrator'] }] },
    { id: 'IBMid-none', name: 'nobody', apiKeys: ['nobody'] },
    { id: 'IBMid-member', name: 'member', apiKeys: ['member'] },
  ],
  serviceIds: [
    { id: 'iam-ServiceId-ci', name: 'ci', apiKeys: ['ci'], access: [{ roles: ['Viewer'], service: 'kms' }] },
  ],
  profiles: [{ id: 'Profile-ops', name: 'ops', access: [{ roles: ['Administrator'], service: 'kms' }] }],
  accessGroups: [
    {
      id: 'AccessGroupId-keys',
      name: 'keys',
      members: ['IBMid-member'],
      access: [{ roles: ['Administrator'], service: 'kms' }],
    },
  ],
};

export type Who =
  | 'owner'
  | 'kms-admin'
  | 'kms-editor'
  | 'kms-viewer'
  | 'kms-manager'
  | 'sm-admin'
  | 'all-admin'
  | 'nobody'
  | 'member'
  | 'ci';
export const everybody: readonly Who[] = [
  'owner',
  'kms-admin',
  'kms-editor',
  'kms-viewer',
  'kms-manager',
  'sm-admin',
  'all-admin',
  'nobody',
  'member',
  'ci',
];

/** A platform that enforces roles, and everybody's way to call it. */
export interface Office {
  readonly platform: TestPlatform;
  as(
    who: Who,
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Reply>;
  /** Body of a Key Protect instance in the default group. */
  instanceBody(overrides?: Record<string, unknown>): Record<string, unknown>;
  /** GUID of a new instance. */
  instanceOfOwner(): Promise<string>;
  /** Id of a new policy. */
  policyOfOwner(body?: unknown): Promise<string>;
}

export async function openOffice(): Promise<Office> {
  const platform = await startTestPlatform({ auth: 'enforce', identities });
  const as: Office['as'] = async (who, method, path, body, headers = {}) =>
    platform.request(method, path, body, { ...(await bearerOf(platform, who)), ...headers });
  const groups = await as('owner', 'GET', '/v2/resource_groups?default=true');
  const instanceBody: Office['instanceBody'] = (overrides = {}) => ({
    name: 'keys',
    target: 'us-south',
    resource_group: groups.body.resources[0].id,
    resource_plan_id: 'eedd3585-90c6-4c8f-be3d-062069e99fc3',
    ...overrides,
  });
  return {
    platform,
    as,
    instanceBody,
    instanceOfOwner: async () =>
      (await as('owner', 'POST', '/v2/resource_instances', instanceBody())).body.guid,
    policyOfOwner: async (body = authorizationV2()) =>
      (await as('owner', 'POST', '/v2/policies', body)).body.id,
  };
}
