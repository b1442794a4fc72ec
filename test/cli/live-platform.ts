/** A platform of `keyquake up`, with a Key Protect instance to try the flags on. */
import { type RunningCli, startKeyquake } from './support';

export const account = '0a1b2c3d4e5f60718293a4b5c6d7e8f9';

export interface Answer {
  readonly status: number;
  // Test code reads wire JSON freely.
  // biome-ignore lint/suspicious/noExplicitAny: the body of a vendor API is asserted, not typed
  readonly body: any;
}

export interface LivePlatform {
  readonly cli: RunningCli;
  readonly url: string;
  request(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** Ends the process; answers its log. */
  end(): Promise<string>;
}

export async function startLivePlatform(...flags: string[]): Promise<LivePlatform> {
  const cli = startKeyquake(['up', '--port', '0', ...flags]);
  const [, url = ''] = await cli.waitFor(/^ready (\S+)\n/);
  return {
    cli,
    url,
    async request(method, path, body, headers = {}) {
      const reply = await fetch(`${url}${path}`, {
        method,
        headers: { connection: 'close', ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await reply.text();
      return { status: reply.status, body: text === '' ? undefined : JSON.parse(text) };
    },
    async end() {
      cli.child.kill('SIGTERM');
      return (await cli.ended).stderr;
    },
  };
}

/** GUID of a new Key Protect instance. */
export async function newInstance({ request }: LivePlatform, headers?: Record<string, string>) {
  const groups = await request('GET', '/v2/resource_groups?default=true', undefined, headers);
  const body = {
    name: 'keys',
    target: 'us-south',
    resource_group: groups.body.resources[0].id,
    resource_plan_id: 'eedd3585-90c6-4c8f-be3d-062069e99fc3',
  };
  const { body: made } = await request('POST', '/v2/resource_instances', body, headers);
  return made.guid as string;
}

/** Id and CRN of a new root key. */
export async function newKey(
  { request }: LivePlatform,
  instance: string,
  headers: Record<string, string> = {},
): Promise<{ readonly id: string; readonly crn: string }> {
  const type = 'application/vnd.ibm.kms.key+json';
  const body = {
    metadata: { collectionType: type, collectionTotal: 1 },
    resources: [{ type, name: 'orders', extractable: false }],
  };
  const made = await request('POST', '/api/v2/keys', body, { ...headers, 'bluemix-instance': instance });
  return made.body.resources[0];
}
