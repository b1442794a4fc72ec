/** Client of a platform's own API (`/_keyquake/…`, design.md 3.2). */
import type { ObservedWorld } from '../domain/world';
import { CliError } from './errors';
import { type JsonReply, type JsonRequest, notAPlatform, requestJson } from './http';

/** Where a platform's proxy is, and the files that lead clients to it; they are on the platform's own machine. */
export interface ProxyPlace {
  readonly url: string;
  /** Certificate of its authority, PEM. */
  readonly ca: string;
  /** The vendor's endpoints file, JSON. */
  readonly endpoints: string;
}

/** A host that the proxy refused, and how often. */
export interface RefusedHost {
  readonly host: string;
  readonly requests: number;
}

/** A request that was refused, as its audit event tells. */
export interface RefusedRequest {
  /** Of the event. */
  readonly id: string;
  /** `kms.secrets.create`. */
  readonly action: string;
  readonly initiator: { readonly id: string; readonly name: string };
  /** `id` is a CRN, or the path where there is none. */
  readonly target: { readonly id: string };
  /** `reasonForFailure` is there when a role is missing: `the role Manager is missing`. */
  readonly reason: { readonly reasonCode: number; readonly reasonForFailure?: string };
}

export interface PlatformHealth {
  readonly status: 'ok';
  readonly version: string;
  /** RFC 3339. */
  readonly now: string;
  readonly auth: 'open' | 'warn' | 'enforce';
  /** The platform's one account: 32 hexadecimal digits. */
  readonly account: string;
  readonly services: readonly { readonly name: string; readonly title: string }[];
  /** Absent when the platform has none. */
  readonly proxy?: ProxyPlace;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isHealth(body: unknown): body is PlatformHealth {
  return (
    isRecord(body) &&
    body['status'] === 'ok' &&
    typeof body['version'] === 'string' &&
    typeof body['account'] === 'string' &&
    Array.isArray(body['services'])
  );
}

function hasRefusals(body: unknown): body is { refused: RefusedHost[] } {
  return isRecord(body) && Array.isArray(body['refused']);
}

function hasEvents(body: unknown): body is { events: RefusedRequest[] } {
  return isRecord(body) && Array.isArray(body['events']);
}

function isClock(body: unknown): body is { now: string } {
  return isRecord(body) && typeof body['now'] === 'string';
}

function isObservedWorld(body: unknown): body is ObservedWorld {
  return (
    isRecord(body) &&
    Array.isArray(body['nodes']) &&
    Array.isArray(body['edges']) &&
    isRecord(body['statuses'])
  );
}

/** The control API's error body is `{ error, message, … }`. */
function refusal(what: string, { status, body }: JsonReply): CliError {
  const message = isRecord(body) && typeof body['message'] === 'string' ? body['message'] : 'no reason given';
  return new CliError({ what: `the platform refused to ${what}`, rule: `${message} (status ${status})` });
}

export class PlatformClient {
  /** `url` is a base URL without a trailing slash. */
  constructor(readonly url: string) {}

  /** Also the check that there is a platform at all; throws when there is none, or something else answers. */
  async health(): Promise<PlatformHealth> {
    const reply = await requestJson(this.url, { method: 'GET', path: '/_keyquake/health' });
    if (reply.status !== 200 || !isHealth(reply.body)) {
      throw notAPlatform(this.url, `it answered GET /_keyquake/health with status ${reply.status}`);
    }
    return reply.body;
  }

  /** The platform's time, RFC 3339. */
  async clock(): Promise<string> {
    return this.time('show its clock', { method: 'GET', path: '/_keyquake/clock' });
  }

  /** Moves the time ahead by an ISO 8601 duration and answers the new time. */
  async advanceClock(by: string): Promise<string> {
    return this.time(`advance its clock by ${by}`, {
      method: 'POST',
      path: '/_keyquake/clock',
      body: { advance: by },
    });
  }

  /** Sets the time, never backwards, and answers it. */
  async setClock(to: string): Promise<string> {
    return this.time(`set its clock to ${to}`, {
      method: 'POST',
      path: '/_keyquake/clock',
      body: { set: to },
    });
  }

  async reset(): Promise<void> {
    const reply = await requestJson(this.url, { method: 'POST', path: '/_keyquake/reset' });
    if (reply.status !== 204) throw refusal('reset', reply);
  }

  /** Every host that the platform's proxy refused since it was opened. */
  async refusedHosts(): Promise<readonly RefusedHost[]> {
    const reply = await requestJson(this.url, { method: 'GET', path: '/_keyquake/proxy' });
    if (reply.status !== 200) throw refusal('show its proxy', reply);
    if (!hasRefusals(reply.body)) throw notAPlatform(this.url, 'its proxy tells of no refusals');
    return reply.body.refused;
  }

  /** What was refused since an instant of the platform's time (RFC 3339), in that instant too; the oldest first. */
  async refusedRequests(since: string): Promise<readonly RefusedRequest[]> {
    const query = new URLSearchParams({ outcome: 'failure', since, limit: '999999' });
    const reply = await requestJson(this.url, { method: 'GET', path: `/_keyquake/events?${query}` });
    if (reply.status !== 200) throw refusal('show its audit events', reply);
    if (!hasEvents(reply.body)) throw notAPlatform(this.url, 'it tells of no audit events');
    return reply.body.events;
  }

  /** Keys, what hangs on them, and the status that each shows now. */
  async graph(): Promise<ObservedWorld> {
    const reply = await requestJson(this.url, { method: 'GET', path: '/_keyquake/graph' });
    if (reply.status !== 200) throw refusal('show its graph', reply);
    if (!isObservedWorld(reply.body))
      throw notAPlatform(this.url, 'its graph lacks nodes, edges or statuses');
    return reply.body;
  }

  private async time(what: string, request: JsonRequest): Promise<string> {
    const reply = await requestJson(this.url, request);
    if (reply.status !== 200) throw refusal(what, reply);
    if (!isClock(reply.body)) throw notAPlatform(this.url, 'its clock answers no time');
    return reply.body.now;
  }
}

/** A client of a platform that has shown that it is one. */
export async function connect(url: string): Promise<PlatformClient> {
  const client = new PlatformClient(url);
  await client.health();
  return client;
}
