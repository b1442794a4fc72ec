/** Acts on root keys through the Key Protect API itself, with a token of the platform (ibm-control-plane.md 6.1). */
import { keyStateOf } from '../domain/keys/states';
import { fetchToken } from './access-token';
import { CliError } from './errors';
import { type JsonReply, type JsonRequest, requestJson } from './http';
import type { KeyReference } from './key-selector';

export const keyActions = ['disable', 'enable', 'rotate', 'delete', 'restore', 'purge'] as const;

export type KeyActionName = (typeof keyActions)[number];

/** The members of the vendor's key representation that are shown (6.1.3); never the payload. */
export interface KeyDetails {
  readonly id: string;
  readonly name: string;
  readonly crn: string;
  readonly state: number;
  readonly imported?: boolean;
  readonly extractable?: boolean;
  readonly keyRingID?: string;
  readonly aliases?: readonly string[];
  readonly creationDate?: string;
  readonly lastRotateDate?: string;
  readonly expirationDate?: string;
  readonly deletionDate?: string;
  readonly restoreExpirationDate?: string;
  readonly purgeAllowedFrom?: string;
  readonly purgeScheduledOn?: string;
  readonly keyVersion?: { readonly id: string; readonly creationDate?: string };
}

export interface KeyActionOptions {
  /** Delete although the key protects resources. */
  readonly force?: boolean;
  /** New key material, base64: for the rotation of an imported key. */
  readonly material?: string;
}

const requests: Record<KeyActionName, (path: string, options: KeyActionOptions) => JsonRequest> = {
  disable: (path) => ({ method: 'POST', path: `${path}/actions/disable` }),
  enable: (path) => ({ method: 'POST', path: `${path}/actions/enable` }),
  rotate: (path, { material }) => ({
    method: 'POST',
    path: `${path}/actions/rotate`,
    ...(material === undefined ? {} : { body: { payload: material } }),
  }),
  delete: (path, { force }) => ({ method: 'DELETE', path: `${path}${force === true ? '?force=true' : ''}` }),
  restore: (path) => ({ method: 'POST', path: `${path}/restore` }),
  purge: (path) => ({ method: 'DELETE', path: `${path}/purge` }),
};

/** Key Protect's error body (6.1.10), with the platform's plain cause and remedy beside it. */
interface KeyProtectFailure {
  readonly resources?: readonly {
    readonly errorMsg?: string;
    readonly reasons?: readonly { readonly code?: string; readonly message?: string }[];
  }[];
  readonly keyquake?: { readonly cause?: string; readonly remedy?: string };
}

function refusal(what: string, { status, body }: JsonReply): CliError {
  const { resources, keyquake } = (body ?? {}) as KeyProtectFailure;
  const reason = resources?.[0]?.reasons?.[0];
  const said = reason?.message ?? resources?.[0]?.errorMsg ?? 'no reason given';
  const code = reason?.code === undefined ? '' : ` ${reason.code}`;
  const cause = keyquake?.cause === undefined ? '' : ` (${keyquake.cause})`;
  return new CliError({
    what: `the platform refused to ${what} with status ${status}${code}`,
    rule: `${said}${cause}`,
    ...(keyquake?.remedy === undefined ? {} : { remedy: keyquake.remedy }),
  });
}

/** The name of a key's state; a key that is gone for good is `purged`. */
export function stateName(key: KeyDetails | undefined): string {
  return key === undefined ? 'purged' : (keyStateOf(key.state) ?? `state ${key.state}`);
}

export class KeyClient {
  private constructor(
    private readonly url: string,
    private readonly token: string,
  ) {}

  /** Acts as whoever the API key speaks for. @default - the account's owner */
  static async connect(url: string, apiKey?: string): Promise<KeyClient> {
    return new KeyClient(url, await fetchToken(url, apiKey));
  }

  /** Undefined when the key is purged. */
  async show(key: KeyReference): Promise<KeyDetails | undefined> {
    const reply = await this.send(key, { method: 'GET', path: `${this.path(key)}/metadata` });
    if (reply.status === 404) return undefined;
    const details = (reply.body as { resources?: readonly KeyDetails[] } | undefined)?.resources?.[0];
    if (reply.status !== 200 || details === undefined) throw refusal(`show the key ${key.name}`, reply);
    return details;
  }

  /** Throws with the vendor's code and message when the platform refuses. */
  async act(action: KeyActionName, key: KeyReference, options: KeyActionOptions = {}): Promise<void> {
    const reply = await this.send(key, requests[action](this.path(key), options));
    if (reply.status >= 300) throw refusal(`${action} the key ${key.name}`, reply);
  }

  private path(key: KeyReference): string {
    return `/api/v2/keys/${encodeURIComponent(key.id)}`;
  }

  private send(key: KeyReference, request: JsonRequest): Promise<JsonReply> {
    const headers = { authorization: `Bearer ${this.token}`, 'bluemix-instance': key.instance };
    return requestJson(this.url, { ...request, headers });
  }
}
