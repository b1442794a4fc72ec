/**
 * The way from vendor tools to a platform's proxy: the variables that lead there, and what the proxy refused meanwhile.
 * Names: ibm-control-plane.md 2.2, 2.3.
 */
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { PlatformEnvironment } from './environment';
import { CliError } from './errors';
import type { PlatformClient, ProxyPlace, RefusedHost } from './platform-client';

/** The proxy of a platform that runs already; throws when it has none, or one that this machine cannot trust. */
export async function proxyOf(client: PlatformClient): Promise<ProxyPlace> {
  const { proxy } = await client.health();
  if (proxy === undefined) {
    throw new CliError({
      what: `the platform at ${client.url} has no proxy`,
      rule: "the vendor's provider reaches Secrets Manager by host names that only a proxy can lead to the platform",
      remedy: "start it with 'keyquake up --proxy-port 4511'",
    });
  }
  if (!existsSync(proxy.ca)) {
    throw new CliError({
      what: `the CA certificate ${proxy.ca} of the proxy ${proxy.url} is not on this machine`,
      rule: 'a client that does not trust it ends every connection',
      remedy: 'run this where the platform runs',
    });
  }
  return proxy;
}

const proxyVariables = ['ALL_PROXY', 'HTTPS_PROXY', 'HTTP_PROXY'] as const;
/** Each takes the place of what the machine trusts: nothing else can be reached. */
const trustVariables = [
  'CURL_CA_BUNDLE',
  'NODE_EXTRA_CA_CERTS',
  'REQUESTS_CA_BUNDLE',
  'SSL_CERT_FILE',
] as const;

const loopback = ['127.0.0.1', 'localhost', '::1'] as const;

function inBothCases(name: string, value: string): Record<string, string> {
  return { [name]: value, [name.toLowerCase()]: value };
}

/**
 * With it the vendor's provider takes every endpoint of Key Protect for public; without, the Resource Controller tells
 * it of both, and the proxy knows the private one (ibm-control-plane.md 2.4).
 */
const misleading = ['IBMCLOUD_KP_API_ENDPOINT'] as const;

/**
 * What leads a client through the proxy of the platform at `url`. Go takes its roots from a file on all systems but
 * macOS and Windows; there the vendor's provider is told not to check the host that it reaches by TLS.
 */
export function proxyEnvironment(
  url: string,
  { url: proxy, ca, endpoints }: ProxyPlace,
  system: NodeJS.Platform,
): PlatformEnvironment {
  const platform = new URL(url).hostname.replace(/^\[|\]$/g, '');
  const readsRootsFromFile = system !== 'darwin' && system !== 'win32';
  const set = {
    ...Object.assign({}, ...proxyVariables.map((name) => inBothCases(name, proxy))),
    ...inBothCases('NO_PROXY', [...new Set([...loopback, platform])].join(',')),
    NODE_USE_ENV_PROXY: '1',
    ...Object.fromEntries(trustVariables.map((name) => [name, ca])),
    SSL_CERT_DIR: dirname(ca),
    IBMCLOUD_ENDPOINTS_FILE_PATH: endpoints,
    ...(readsRootsFromFile ? {} : { SECRETS_MANAGER_DISABLE_SSL: 'true' }),
  };
  return { set, unset: misleading };
}

/** What was refused between two looks at the same proxy. */
export function refusedSince(before: readonly RefusedHost[], after: readonly RefusedHost[]): RefusedHost[] {
  const earlier = new Map(before.map(({ host, requests }) => [host, requests]));
  return after
    .map(({ host, requests }) => ({ host, requests: requests - (earlier.get(host) ?? 0) }))
    .filter(({ requests }) => requests > 0);
}

/** One line that names every refused host; undefined when there is none. */
export function refusalNotice(refused: readonly RefusedHost[]): string | undefined {
  if (refused.length === 0) return undefined;
  const hosts = refused.map(
    ({ host, requests }) => `${host} (${requests} request${requests === 1 ? '' : 's'})`,
  );
  return [
    `keyquake: the command was refused ${hosts.join(', ')}`,
    'no service of the platform answers there, and nothing was sent',
    "what it fetches from elsewhere, as 'terraform init' does, is to be fetched before\n",
  ].join('; ');
}
