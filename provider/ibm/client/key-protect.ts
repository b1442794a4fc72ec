/**
 * Key Protect and Hyper Protect Crypto Services. Every step first asks the Resource Controller where the instance is,
 * as the vendor does. Source: ibm-control-plane.md 2.4, 4, 6.1.
 */
import { accountOf, formatInstanceCrn, parseCrn } from '../../../domain/crn';
import type { HttpRequest, HttpResponse } from './http';
import { getInstance } from './instances';
import type { IbmSession } from './session';

export interface Key {
  readonly id: string;
  readonly name: string;
  readonly crn: string;
  readonly state: number;
  readonly description?: string;
  readonly extractable: boolean;
  readonly imported?: boolean;
  readonly keyRingID?: string;
  readonly expirationDate?: string;
  readonly encryptedNonce?: string;
  readonly iv?: string;
  readonly aliases?: readonly string[];
}

export interface Registration {
  readonly keyId: string;
  readonly resourceCrn: string;
  readonly preventKeyDeletion: boolean;
}

/** State number of a destroyed key (ibm-control-plane.md 6.1.4). */
export const destroyedState = 5;

const keyType = 'application/vnd.ibm.kms.key+json';

/** The GUID in an instance id that is a GUID or a CRN: the third segment from the end (ibm-control-plane.md 4.0). */
export function instanceGuid(id: string): string {
  const segments = id.split(':');
  return segments.length > 3 ? (segments.at(-3) ?? id) : id;
}

export interface KeyAddress {
  readonly guid: string;
  readonly instanceCrn: string;
  readonly keyId: string;
  /** `kms` or `hs-crypto`. */
  readonly service: string;
}

/** What the CRN of a key says of its instance. Throws `CrnError` for anything that is no CRN. */
export function keyAddress(crn: string): KeyAddress {
  const parsed = parseCrn(crn);
  const { serviceName, location, serviceInstance: guid, resource: keyId } = parsed;
  const instanceCrn = formatInstanceCrn({ serviceName, location, account: accountOf(parsed) ?? '', guid });
  return { guid, instanceCrn, keyId, service: serviceName };
}

/** One KMS instance at the endpoint that it answers on. */
export class KeyProtectClient {
  private constructor(
    private readonly session: IbmSession,
    readonly guid: string,
    readonly endpoint: string,
    private readonly signal: AbortSignal,
  ) {}

  static async of(
    session: IbmSession,
    instance: { readonly guid: string; readonly endpointType?: string | null | undefined },
    signal: AbortSignal,
  ): Promise<KeyProtectClient> {
    const { extensions } = await getInstance(session, instance.guid, signal);
    const endpoints = (extensions?.['endpoints'] ?? {}) as Record<string, string | undefined>;
    const own = endpoints[instance.endpointType === 'private' ? 'private' : 'public'];
    const endpoint = session.endpoints.keyProtect ?? own;
    if (endpoint === undefined)
      throw new Error(`instance ${instance.guid} names no endpoint in its extensions`);
    return new KeyProtectClient(session, instance.guid, endpoint.replace(/\/api\/v2\/keys$/, ''), signal);
  }

  /** `private` when the endpoint that is used says so, whatever was asked for (2.4, step 4). */
  get endpointType(): 'public' | 'private' {
    return this.endpoint.includes('private') ? 'private' : 'public';
  }

  send(request: Omit<HttpRequest, 'url' | 'signal'> & { readonly path: string }): Promise<HttpResponse> {
    const { path, headers, ...rest } = request;
    return this.session.send({
      ...rest,
      url: `${this.endpoint}/api/v2/${path}`,
      headers: { 'bluemix-instance': this.guid, ...headers },
      signal: this.signal,
    });
  }

  async createKey(resource: Readonly<Record<string, unknown>>, keyRing: string): Promise<Key> {
    const { body } = await this.send({
      method: 'POST',
      path: 'keys',
      headers: { 'x-kms-key-ring': keyRing, prefer: 'return=representation' },
      body: {
        metadata: { collectionType: keyType, collectionTotal: 1 },
        resources: [{ type: keyType, ...resource }],
      },
    });
    return only<Key>(body);
  }

  async getKey(idOrAlias: string): Promise<Key> {
    return only<Key>(
      (await this.send({ method: 'GET', path: `keys/${encodeURIComponent(idOrAlias)}` })).body,
    );
  }

  async listKeys(limit: number, offset: number): Promise<readonly Key[]> {
    const query = { limit: String(limit), offset: String(offset) };
    return resources<Key>((await this.send({ method: 'GET', path: 'keys', query })).body);
  }

  async deleteKey(id: string, options: { readonly force: boolean }): Promise<void> {
    await this.send({
      method: 'DELETE',
      path: `keys/${encodeURIComponent(id)}`,
      query: { force: String(options.force) },
      headers: { prefer: 'return=representation' },
    });
  }

  async act(id: string, action: 'enable' | 'disable' | 'rotate' | 'restore'): Promise<void> {
    const path = action === 'restore' ? `keys/${id}/restore` : `keys/${id}/actions/${action}`;
    await this.send({ method: 'POST', path });
  }

  async registrations(id: string): Promise<readonly Registration[]> {
    const path = `keys/${encodeURIComponent(id)}/registrations`;
    return resources<Registration>((await this.send({ method: 'GET', path })).body);
  }

  async policies(idOrAlias: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
    const path = `keys/${encodeURIComponent(idOrAlias)}/policies`;
    return resources((await this.send({ method: 'GET', path })).body);
  }
}

function resources<T>(body: unknown): readonly T[] {
  return (body as { resources?: readonly T[] } | undefined)?.resources ?? [];
}

function only<T>(body: unknown): T {
  const [resource] = resources<T>(body);
  if (resource === undefined) throw new Error('Key Protect answered without the key that it was asked for');
  return resource;
}
