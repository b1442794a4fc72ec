/** Instances, root keys and authorizations, made over HTTP, for the tests of services that encrypt. */
import { parseDuration } from '../../domain/time';
import type { Reply, TestPlatform } from './platform';

export const reader = 'crn:v1:bluemix:public:iam::::serviceRole:Reader';

/** Plan ids of ibm-control-plane.md 6.4.4. */
const plans = {
  kms: 'eedd3585-90c6-4c8f-be3d-062069e99fc3',
  'secrets-manager': '7713c3a8-3be8-4a9a-81bb-ee822fcaac3d',
} as const;

export interface InstanceRequest {
  readonly service: keyof typeof plans;
  readonly name?: string;
  readonly region?: string;
  readonly parameters?: Record<string, unknown>;
}

export interface TestKey {
  readonly id: string;
  readonly crn: string;
  /** GUID of its instance. */
  readonly instance: string;
}

/** Text that base64 decodes to the 16 bytes of an imported root key. */
export const importedMaterial = Buffer.alloc(16, 7).toString('base64');

function mustBe(reply: Reply, ...statuses: readonly number[]): Reply {
  if (!statuses.includes(reply.status)) throw new Error(`${reply.status} ${JSON.stringify(reply.body)}`);
  return reply;
}

export class Encryption {
  constructor(private readonly platform: TestPlatform) {}

  private request(...call: Parameters<TestPlatform['request']>): Promise<Reply> {
    return this.platform.request(...call);
  }

  async tryInstance({
    service,
    name = service,
    region = 'us-south',
    parameters,
  }: InstanceRequest): Promise<Reply> {
    const { body } = mustBe(await this.request('GET', '/v2/resource_groups?default=true'), 200);
    return this.request('POST', '/v2/resource_instances', {
      name,
      target: region,
      resource_group: body.resources[0].id,
      resource_plan_id: plans[service],
      ...(parameters && { parameters }),
    });
  }

  /** GUID and CRN of a new instance. */
  async instance(request: InstanceRequest): Promise<{ guid: string; crn: string }> {
    const { guid, crn } = mustBe(await this.tryInstance(request), 201, 202).body;
    return { guid, crn };
  }

  /** A root key of 256 bits; `imported` brings material of its own. */
  async key(
    instance: string,
    options: {
      readonly imported?: boolean;
      readonly extractable?: boolean;
      readonly expirationDate?: string;
    } = {},
  ): Promise<TestKey> {
    const { imported = false, extractable = false, expirationDate } = options;
    const resource = {
      type: 'application/vnd.ibm.kms.key+json',
      name: 'root-key',
      extractable,
      ...(expirationDate !== undefined && { expirationDate }),
      ...(imported && { payload: importedMaterial }),
    };
    const metadata = { collectionType: 'application/vnd.ibm.kms.key+json', collectionTotal: 1 };
    const made = await this.kms(instance, 'POST', '/keys', { metadata, resources: [resource] });
    const { id, crn } = mustBe(made, 201).body.resources[0];
    return { id, crn, instance };
  }

  kms(instance: string, method: string, path: string, body?: unknown): Promise<Reply> {
    return this.request(method, `/api/v2${path}`, body, { 'Bluemix-Instance': instance });
  }

  async disable({ instance, id }: TestKey): Promise<void> {
    mustBe(await this.kms(instance, 'POST', `/keys/${id}/actions/disable`), 204);
  }

  /** Waits the 30 seconds that the vendor demands after a disable. */
  async enable({ instance, id }: TestKey): Promise<void> {
    this.wait('PT30S');
    mustBe(await this.kms(instance, 'POST', `/keys/${id}/actions/enable`), 204);
  }

  async forceDelete({ instance, id }: TestKey): Promise<void> {
    mustBe(await this.kms(instance, 'DELETE', `/keys/${id}?force=true`), 200, 204);
  }

  /** Of an imported key, 30 seconds after its deletion. */
  async restore({ instance, id }: TestKey): Promise<void> {
    this.wait('PT30S');
    const metadata = { collectionType: 'application/vnd.ibm.kms.key+json', collectionTotal: 1 };
    const body = { metadata, resources: [{ payload: importedMaterial }] };
    mustBe(await this.kms(instance, 'POST', `/keys/${id}/restore`, body), 201);
  }

  async rotate({ instance, id }: TestKey): Promise<void> {
    mustBe(await this.kms(instance, 'POST', `/keys/${id}/actions/rotate`), 204);
  }

  async registrations({ instance, id }: TestKey): Promise<string[]> {
    const { body } = mustBe(await this.kms(instance, 'GET', `/keys/${id}/registrations`), 200);
    return body.resources.map(({ resourceCrn }: { resourceCrn: string }) => resourceCrn);
  }

  /** Lets a service use the keys of one instance; answers the policy's id. */
  async authorize(sourceService: string, kmsInstance: string, sourceInstance?: string): Promise<string> {
    const accountId = this.platform.platform.options.account;
    const attributes = (values: Record<string, string | undefined>) => [
      {
        attributes: Object.entries(values).flatMap(([name, value]) =>
          value === undefined ? [] : [{ name, value }],
        ),
      },
    ];
    const made = await this.request('POST', '/v1/policies', {
      type: 'authorization',
      subjects: attributes({ accountId, serviceName: sourceService, serviceInstance: sourceInstance }),
      roles: [{ role_id: reader }],
      resources: attributes({ accountId, serviceName: 'kms', serviceInstance: kmsInstance }),
    });
    return mustBe(made, 201).body.id;
  }

  async revoke(policy: string): Promise<void> {
    mustBe(await this.request('DELETE', `/v1/policies/${policy}`), 204);
  }

  /** Advances the clock by an ISO 8601 duration. */
  wait(duration: string): void {
    this.platform.platform.clock.advance(parseDuration(duration));
  }
}
