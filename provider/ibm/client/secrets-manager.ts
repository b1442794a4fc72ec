/** Secrets Manager, one host per instance (ibm-control-plane.md 2.3, 5.0, 6.2). */
import type { HttpRequest } from './http';
import type { IbmSession } from './session';

export interface SecretGroup {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly created_at: string;
  readonly updated_at: string;
}

export interface Secret {
  readonly id: string;
  readonly name: string;
  readonly secret_type: string;
  readonly secret_group_id: string;
  readonly crn: string;
  readonly description?: string;
  readonly labels?: readonly string[];
  readonly custom_metadata?: Readonly<Record<string, unknown>>;
  readonly payload?: string;
  readonly expiration_date?: string;
  readonly created_at: string;
  readonly created_by: string;
  readonly updated_at: string;
  readonly downloaded?: boolean;
  readonly locks_total: number;
  readonly state: number;
  readonly state_description: string;
  readonly versions_total: number;
}

export interface SecretVersion {
  readonly id: string;
  readonly version_custom_metadata?: Readonly<Record<string, unknown>>;
}

export interface SecretLock {
  readonly name: string;
  readonly description?: string;
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly secret_version_id: string;
  readonly secret_version_alias: string;
  readonly created_at: string;
  readonly updated_at: string;
  readonly created_by: string;
}

export interface InstanceAddress {
  readonly instance_id: string;
  readonly region: string | null;
  readonly endpoint_type?: string | null;
}

/** `{region}/{instance}/{id}`: how the vendor's provider names what lives in an instance (5.0). */
export function compositeId(address: { readonly region: string; readonly guid: string }, id: string): string {
  return `${address.region}/${address.guid}/${id}`;
}

export function parseCompositeId(text: string): { region: string; guid: string; id: string } {
  const [region, guid, id, ...rest] = text.split('/');
  if (!region || !guid || !id || rest.length > 0) {
    throw new Error(`'${text}' is not of the form {region}/{instance id}/{id}`);
  }
  return { region, guid, id };
}

export class SecretsManagerClient {
  readonly guid: string;
  readonly region: string;
  private readonly base: string;

  constructor(
    private readonly session: IbmSession,
    address: InstanceAddress,
    private readonly signal: AbortSignal,
  ) {
    this.guid = address.instance_id;
    this.region = address.region || session.region;
    const { guid, region } = this;
    this.base = session.endpoints.secretsManager({ guid, region, endpointType: address.endpoint_type });
  }

  async send<T>(
    method: HttpRequest['method'],
    path: string,
    body?: object,
    query: HttpRequest['query'] = {},
  ): Promise<T> {
    const patch = method === 'PATCH' ? { 'content-type': 'application/merge-patch+json' } : {};
    const request = {
      method,
      url: `${this.base}/api/v2/${path}`,
      headers: patch,
      query,
      signal: this.signal,
    };
    const { body: answer } = await this.session.send({ ...request, ...(body === undefined ? {} : { body }) });
    return answer as T;
  }
}
