/** Calls of the Resource Controller, for its tests. */
import type { Reply, TestPlatform } from '../../support/platform';

/** The account of a platform that was told none. */
export const account = '0a1b2c3d4e5f60718293a4b5c6d7e8f9';

/** Plan ids of ibm-control-plane.md 6.4.4. */
export const plans = {
  kms: 'eedd3585-90c6-4c8f-be3d-062069e99fc3',
  secretsManager: '7713c3a8-3be8-4a9a-81bb-ee822fcaac3d',
  secretsManagerTrial: '869c191a-3c2a-4faf-98be-18d48f95ba1f',
} as const;

export const deployment = (plan: string, region: string): string =>
  `crn:v1:bluemix:public:globalcatalog::::deployment:${plan}%3A${region}`;

export interface ResourceController {
  /** Id of the account's default group. */
  readonly group: string;
  /** Creates a Key Protect instance in us-south, changed by `overrides`. */
  create(overrides?: Record<string, unknown>, headers?: Record<string, string>): Promise<Reply>;
  get(id: string): Promise<Reply>;
  change(method: string, id: string, body?: unknown, below?: string): Promise<Reply>;
  list(query?: string): Promise<Reply>;
  reclamations(query?: string): Promise<Reply>;
  act(reclamation: string, action: string, body?: unknown): Promise<Reply>;
}

export async function resourceControllerOf(platform: TestPlatform): Promise<ResourceController> {
  const groups = await platform.request('GET', '/v2/resource_groups?default=true');
  const group: string = groups.body.resources[0].id;
  const path = (id: string): string => `/v2/resource_instances/${encodeURIComponent(id)}`;
  return {
    group,
    create: (overrides = {}, headers = {}) =>
      platform.request(
        'POST',
        '/v2/resource_instances',
        {
          name: 'keys',
          target: deployment(plans.kms, 'us-south'),
          resource_group: group,
          resource_plan_id: plans.kms,
          ...overrides,
        },
        headers,
      ),
    get: (id) => platform.request('GET', path(id)),
    change: (method, id, body, below = '') => platform.request(method, `${path(id)}${below}`, body),
    list: (query = '') => platform.request('GET', `/v2/resource_instances${query}`),
    reclamations: (query = '') => platform.request('GET', `/v1/reclamations${query}`),
    act: (reclamation, action, body) =>
      platform.request('POST', `/v1/reclamations/${reclamation}/actions/${action}`, body),
  };
}

/** Status and message of a refusal. */
export function refusalOf({ status, body }: Reply): readonly [number, string] {
  return [status, body.message];
}
