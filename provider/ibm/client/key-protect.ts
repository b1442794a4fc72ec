/**
 * Key Protect and Hyper Protect Crypto Services. Every step first asks the Resource Controller where the instance is,
 * as the vendor does. Source: ibm-control-plane.md 2.4, 4, 6.1.
 */
import { accountOf, CrnError, formatInstanceCrn, parseCrn } from '../../../domain/crn';
import type { HttpRequest, HttpResponse } from './http';
import { getInstance } from './instances';
import type { InstancePolicy, InstancePolicyType, KeyPolicy, KeyPolicyDraft } from './key-protect-policies';
import type { IbmSession } from './session';

export interface Key {
  readonly id: string;
  readonly name: string;
  readonly crn: string;
  readonly state: number;
  readonly description?: string;
  readonly extractable: boolean;
  readonly imported?: boolean;
  /** Base64; of standard keys only, and of those that were just created. */
  readonly payload?: string;
  readonly keyRingID?: string;
  readonly expirationDate?: string;
  readonly encryptedNonce?: string;
  readonly iv?: string;
  readonly aliases?: readonly string[];
  readonly lastUpdateDate?: string;
  readonly creationDate?: string;
}

export interface KeyDraft {
  readonly name?: string;
  readonly extractable: boolean;
  readonly description?: string;
  readonly expirationDate?: string;
  readonly payload?: string;
  readonly encryptedNonce?: string;
  readonly iv?: string;
  readonly encryptionAlgorithm?: string;
}

export interface Registration {
  readonly keyId: string;
  readonly resourceCrn: string;
  readonly preventKeyDeletion: boolean;
  readonly description?: string;
  readonly createdBy?: string;
  readonly creationDate?: string;
  readonly lastUpdated?: string;
  /** Free text of the service that registered the resource. */
  readonly registrationMetadata?: string;
  readonly keyVersion?: { readonly id: string };
}

/** Which registrations are asked for; what is left out does not narrow. */
export interface RegistrationFilter {
  /** A CRN, in which `*` stands for any run of characters. */
  readonly resourceCrn?: string;
  readonly preventKeyDeletion?: boolean;
}

export interface KeyRing {
  readonly id: string;
  readonly creationDate?: string;
  readonly createdBy?: string;
}

/** State number of a destroyed key (ibm-control-plane.md 6.1.4). */
export const destroyedState = 5;

/** What the API answers at a time when nothing is asked for (6.1.2). */
const registrationsPerPage = 200;

const media = (kind: string): string => `application/vnd.ibm.kms.${kind}+json`;
const keyType = media('key');
const policyType = media('policy');

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

/** What the CRN of a key says of its instance. Throws `CrnError` for anything that is no CRN of a key. */
export function keyAddress(crn: string): KeyAddress {
  const parsed = parseCrn(crn);
  const { serviceName, location, serviceInstance: guid, resourceType, resource: keyId } = parsed;
  if (resourceType !== 'key' || guid === '' || keyId === '') {
    throw new CrnError(`'${crn}' is not the CRN of a key; that ends in {instance id}:key:{key id}`);
  }
  const instanceCrn = formatInstanceCrn({ serviceName, location, account: accountOf(parsed) ?? '', guid });
  return { guid, instanceCrn, keyId, service: serviceName };
}

export interface InstanceAddress {
  readonly guid: string;
  readonly endpointType?: string | null | undefined;
}

function withoutPath(endpoint: string): string {
  return endpoint.replace(/\/api\/v2\/keys$/, '');
}

function typeOf(...endpoints: readonly string[]): 'public' | 'private' {
  return endpoints.some((url) => url.includes('private')) ? 'private' : 'public';
}

/** One KMS instance at the endpoint that it answers on. */
export class KeyProtectClient {
  private constructor(
    private readonly session: IbmSession,
    readonly guid: string,
    readonly endpoint: string,
    /** CRN of the instance; empty when it was not asked for. */
    readonly instanceCrn: string,
    /**
     * `private` when the endpoint says so (2.4, step 4). One that a variable puts in the place of the instance's own leads
     * elsewhere, and changes nothing of what was asked for.
     */
    readonly endpointType: 'public' | 'private',
    private readonly signal: AbortSignal,
  ) {}

  static async of(
    session: IbmSession,
    { guid, endpointType }: InstanceAddress,
    signal: AbortSignal,
  ): Promise<KeyProtectClient> {
    const { extensions, crn } = await getInstance(session, guid, signal);
    const { override, isPrivate } = session.endpoints.keyProtect;
    const own = (extensions?.['endpoints'] ?? {}) as Readonly<Record<string, string | undefined>>;
    const named = own[endpointType === 'private' || isPrivate ? 'private' : 'public'];
    const endpoint = override ?? named;
    if (endpoint === undefined) {
      throw new Error(`instance ${guid} names no ${endpointType ?? 'public'} endpoint in its extensions`);
    }
    const shown = typeOf(endpoint, named ?? '', session.endpoints.keyProtect.regional);
    return new KeyProtectClient(session, guid, withoutPath(endpoint), crn, shown, signal);
  }

  /** Without asking where the instance is: at the host of the provider's region. */
  static inRegion(session: IbmSession, guid: string, signal: AbortSignal): KeyProtectClient {
    const { regional } = session.endpoints.keyProtect;
    return new KeyProtectClient(session, guid, withoutPath(regional), '', typeOf(regional), signal);
  }

  async createKey(draft: KeyDraft, keyRing: string): Promise<Key> {
    return only<Key>(await this.post('keys', keyType, draft, keyRing));
  }

  /** With policies of its own in place of those that the instance sets for new keys. */
  async createKeyWithPolicyOverrides(draft: KeyDraft & KeyPolicyDraft, keyRing: string): Promise<Key> {
    return only<Key>(await this.post('keys_with_policy_overrides', keyType, draft, keyRing));
  }

  async getKey(idOrAlias: string): Promise<Key> {
    return only<Key>(await this.send({ method: 'GET', path: `keys/${encodeURIComponent(idOrAlias)}` }));
  }

  /** Without its material, which is why a Reader may ask for it. Knows destroyed keys too. */
  async keyMetadata(idOrAlias: string): Promise<Key> {
    const path = `keys/${encodeURIComponent(idOrAlias)}/metadata`;
    return only<Key>(await this.send({ method: 'GET', path }));
  }

  async listKeys(limit: number, offset: number): Promise<readonly Key[]> {
    const query = { limit: String(limit), offset: String(offset) };
    return resources<Key>(await this.send({ method: 'GET', path: 'keys', query }));
  }

  async deleteKey(id: string, options: { readonly force: boolean }): Promise<void> {
    const query = { force: String(options.force) };
    const headers = { prefer: 'return=representation' };
    await this.send({ method: 'DELETE', path: `keys/${encodeURIComponent(id)}`, query, headers });
  }

  async act(id: string, action: 'enable' | 'disable'): Promise<void> {
    await this.send({ method: 'POST', path: `keys/${encodeURIComponent(id)}/actions/${action}` });
  }

  /** Those of the first page, as the vendor's types show them. */
  async registrations(id: string): Promise<readonly Registration[]> {
    const path = `keys/${encodeURIComponent(id)}/registrations`;
    return resources<Registration>(await this.send({ method: 'GET', path }));
  }

  /** All pages (6.1.2). */
  async allRegistrations(id: string, filter: RegistrationFilter): Promise<readonly Registration[]> {
    const path = `keys/${encodeURIComponent(id)}/registrations`;
    const { resourceCrn, preventKeyDeletion } = filter;
    const found: Registration[] = [];
    for (let full = true; full; ) {
      const query = {
        limit: String(registrationsPerPage),
        offset: String(found.length),
        urlEncodedResourceCRNQuery: resourceCrn,
        preventKeyDeletion: preventKeyDeletion === undefined ? undefined : String(preventKeyDeletion),
      };
      const page = resources<Registration>(await this.send({ method: 'GET', path, query }));
      found.push(...page);
      full = page.length === registrationsPerPage;
    }
    return found;
  }

  /** Answers with the id of the key that carries the alias now. */
  async createAlias(keyIdOrAlias: string, alias: string): Promise<string> {
    const path = `keys/${encodeURIComponent(keyIdOrAlias)}/aliases/${encodeURIComponent(alias)}`;
    return only<{ keyId: string }>(await this.send({ method: 'POST', path })).keyId;
  }

  async deleteAlias(keyId: string, alias: string): Promise<void> {
    const path = `keys/${encodeURIComponent(keyId)}/aliases/${encodeURIComponent(alias)}`;
    await this.send({ method: 'DELETE', path });
  }

  async createRing(id: string): Promise<void> {
    await this.send({ method: 'POST', path: `key_rings/${encodeURIComponent(id)}` });
  }

  async listRings(): Promise<readonly KeyRing[]> {
    return resources<KeyRing>(await this.send({ method: 'GET', path: 'key_rings' }));
  }

  /** A ring whose keys are all destroyed goes too; its keys move to the default ring. */
  async deleteRing(id: string): Promise<void> {
    const path = `key_rings/${encodeURIComponent(id)}`;
    await this.send({ method: 'DELETE', path, query: { force: 'true' } });
  }

  async policies(idOrAlias: string): Promise<readonly KeyPolicy[]> {
    const path = `keys/${encodeURIComponent(idOrAlias)}/policies`;
    return resources<KeyPolicy>(await this.send({ method: 'GET', path }));
  }

  /** Sets the policies that the draft has and leaves the others as they are. */
  async setPolicies(idOrAlias: string, draft: KeyPolicyDraft): Promise<void> {
    const path = `keys/${encodeURIComponent(idOrAlias)}/policies`;
    const policies = Object.entries(draft).map(([kind, policy]) => ({ type: policyType, [kind]: policy }));
    await this.send({ method: 'PUT', path, body: collection(policyType, policies) });
  }

  async instancePolicies(type?: InstancePolicyType): Promise<readonly InstancePolicy[]> {
    const query = { policy: type };
    return resources<InstancePolicy>(await this.send({ method: 'GET', path: 'instance/policies', query }));
  }

  async setInstancePolicies(policies: readonly InstancePolicy[]): Promise<void> {
    await this.send({ method: 'PUT', path: 'instance/policies', body: collection(policyType, policies) });
  }

  private post(path: string, type: string, resource: object, keyRing: string): Promise<HttpResponse> {
    const headers = { 'x-kms-key-ring': keyRing, prefer: 'return=representation' };
    return this.send({ method: 'POST', path, headers, body: collection(type, [{ type, ...resource }]) });
  }

  private send(
    request: Omit<HttpRequest, 'url' | 'signal'> & { readonly path: string },
  ): Promise<HttpResponse> {
    const { path, headers, ...rest } = request;
    return this.session.send({
      ...rest,
      url: `${this.endpoint}/api/v2/${path}`,
      headers: { 'bluemix-instance': this.guid, ...headers },
      signal: this.signal,
    });
  }
}

function collection(collectionType: string, resources: readonly object[]): object {
  return { metadata: { collectionType, collectionTotal: resources.length }, resources };
}

function resources<T>({ body }: HttpResponse): readonly T[] {
  return (body as { resources?: readonly T[] } | undefined)?.resources ?? [];
}

function only<T>(response: HttpResponse): T {
  const [resource] = resources<T>(response);
  if (resource === undefined)
    throw new Error('Key Protect answered without the object that it was asked for');
  return resource;
}
