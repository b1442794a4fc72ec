/**
 * `--vendor-provider` and `--proxy-port`: the vendor's own provider, and anything else that builds the vendor's host
 * names, led to the platform (ibm-control-plane.md 2.1 to 2.4). The client here stands in for it: it knows the
 * variables and nothing of Keyquake.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { proxyEnvironment, refusalNotice, refusedSince } from '../../cli/vendor-proxy';
import { createPlatform, type InterceptingProxy, type Platform } from '../../mock-platform';
import { keyquake, spawnKeyquake, startKeyquake } from './support';

const folder = mkdtempSync(join(tmpdir(), 'keyquake-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** `node client.js HOST PATH`: GET https://HOST/PATH through HTTPS_PROXY, trusting SSL_CERT_FILE alone. */
const client = join(folder, 'client.js');
writeFileSync(
  client,
  `
  const http = require('node:http');
  const https = require('node:https');
  const [host, path] = process.argv.slice(2);
  const { hostname, port } = new URL(process.env.HTTPS_PROXY);
  const connect = http.request({ hostname, port, method: 'CONNECT', path: host + ':443' });
  connect.on('error', (error) => { console.log('no proxy: ' + error.code); });
  connect.on('connect', (reply, socket) => {
    if (reply.statusCode !== 200) { console.log(reply.statusCode + ' ' + reply.statusMessage); process.exit(3); }
    const ca = require('node:fs').readFileSync(process.env.SSL_CERT_FILE);
    https.get({ host, path, socket, agent: false, ca }, (answer) => {
      console.log(answer.statusCode === 501 ? '501 ' + answer.statusMessage : answer.statusCode);
      if (answer.statusCode === 501) process.exitCode = 3;
      socket.destroy();
    });
  });
  connect.end();`,
);

function get(host: string, path: string): string[] {
  return ['--', process.execPath, client, host, path];
}

const show = ['--', process.execPath, '-e', 'console.log(JSON.stringify(process.env))'];

const refusal = (hosts: string): string =>
  `keyquake: the command was refused ${hosts}; no service of the platform answers there, and nothing was sent; what it fetches from elsewhere, as 'terraform init' does, is to be fetched before\n`;

describe('exec --vendor-provider', () => {
  test('leads the vendor’s host names to a platform of its own', async () => {
    expect(
      await spawnKeyquake(['exec', '--vendor-provider', ...get('iam.cloud.ibm.com', '/v2/roles')]),
    ).toMatchObject({
      status: 0,
      stdout: '200\n',
      stderr: '',
    });
  });

  test('refuses every other host, names it once when the command has ended, and keeps the command’s status', async () => {
    const args = ['exec', '--vendor-provider', ...get('user-management.cloud.ibm.com', '/v2')];
    expect(await spawnKeyquake(args)).toMatchObject({
      status: 3,
      stdout: '501 Not emulated by Keyquake: user-management.cloud.ibm.com\n',
      stderr: refusal('user-management.cloud.ibm.com (1 request)'),
    });
  });

  test('ibm is not ours, keyquake and null are', async () => {
    const { stdout } = await spawnKeyquake(['exec', '--vendor-provider', ...show]);
    expect(Object.keys(JSON.parse(JSON.parse(stdout).TF_REATTACH_PROVIDERS)).sort()).toEqual(
      ['registry.opentofu.org', 'registry.terraform.io'].flatMap((host) => [
        `${host}/hashicorp/null`,
        `${host}/keyquake/keyquake`,
      ]),
    );
  });

  test('what would lead around the proxy, or past its certificate, does not reach the command', async () => {
    const env = {
      NO_PROXY: '.cloud.ibm.com',
      no_proxy: '*',
      https_proxy: 'http://192.0.2.1:3128',
      ALL_PROXY: 'socks5://192.0.2.1:1080',
      SSL_CERT_FILE: '/etc/ssl/other.pem',
      SSL_CERT_DIR: '/etc/ssl/certs',
      IC_ENDPOINTS_FILE_PATH: '/other.json',
    };
    const { stdout } = await spawnKeyquake(['exec', '--vendor-provider', ...show], { env });
    const seen = JSON.parse(stdout);
    const proxies = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'all_proxy'];
    expect(new Set(proxies.map((name) => seen[name]))).toEqual(new Set([seen.HTTPS_PROXY]));
    expect(seen.HTTPS_PROXY).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect([seen.NO_PROXY, seen.no_proxy]).toEqual(Array(2).fill('127.0.0.1,localhost,::1'));
    expect(seen.SSL_CERT_DIR).toBe(dirname(seen.SSL_CERT_FILE));
    expect(seen.IBMCLOUD_ENDPOINTS_FILE_PATH).toBe(join(seen.SSL_CERT_DIR, 'endpoints.json'));
    expect(seen).not.toHaveProperty('IC_ENDPOINTS_FILE_PATH');
    expect(existsSync(seen.SSL_CERT_FILE)).toBe(false);
  });

  test('takes the port that it is told', async () => {
    const args = ['exec', '--vendor-provider', '--proxy-port', '0', ...get('iam.cloud.ibm.com', '/v2/roles')];
    expect(await spawnKeyquake(args)).toMatchObject({ status: 0, stdout: '200\n' });
  });

  test('--proxy-port alone leads through the proxy too, with our ibm', async () => {
    const { stdout } = await spawnKeyquake(['exec', '--proxy-port', '0', ...show]);
    const seen = JSON.parse(stdout);
    expect(seen.HTTPS_PROXY).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(Object.keys(JSON.parse(seen.TF_REATTACH_PROVIDERS))).toContain(
      'registry.terraform.io/ibm-cloud/ibm',
    );
  });
});

describe('a platform that runs already', () => {
  let platform: Platform;
  let url: string;
  let proxy: InterceptingProxy;
  beforeAll(async () => {
    platform = await createPlatform();
    url = await platform.listen();
    proxy = await platform.listenProxy();
  });
  afterAll(() => platform.close());

  test('exec uses its proxy, and names what was refused meanwhile only', async () => {
    const first = await spawnKeyquake([
      'exec',
      '--url',
      url,
      '--vendor-provider',
      ...get('one.example', '/'),
    ]);
    expect([first.status, first.stderr]).toEqual([3, refusal('one.example (1 request)')]);
    const second = await spawnKeyquake([
      'exec',
      '--url',
      url,
      '--vendor-provider',
      ...get('two.example', '/'),
    ]);
    expect([second.status, second.stderr]).toEqual([3, refusal('two.example (1 request)')]);
    const third = await spawnKeyquake([
      'exec',
      '--url',
      url,
      '--vendor-provider',
      ...get('iam.cloud.ibm.com', '/v2/roles'),
    ]);
    expect(third).toMatchObject({ status: 0, stdout: '200\n', stderr: '' });
    expect(proxy.refused().map(({ host }) => host)).toEqual(['one.example', 'two.example']);
  });

  test('env --vendor-provider prints the way through it', async () => {
    const { status, stdout } = await keyquake(['env', '--url', url, '--vendor-provider', '--format', 'json']);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      KEYQUAKE_URL: url,
      HTTPS_PROXY: proxy.url,
      SSL_CERT_FILE: proxy.caFile,
      IBMCLOUD_ENDPOINTS_FILE_PATH: proxy.endpointsFile,
      IBMCLOUD_IAM_API_ENDPOINT: url,
      // Otherwise every endpoint of Key Protect counts as public (2.4).
      IBMCLOUD_KP_API_ENDPOINT: null,
      IC_ENDPOINTS_FILE_PATH: null,
    });
  });

  test('env without it says nothing of the proxy', async () => {
    const { stdout } = await keyquake(['env', '--url', url, '--format', 'json']);
    const printed = JSON.parse(stdout);
    expect(Object.keys(printed).filter((name) => /proxy|ssl/i.test(name))).toEqual([]);
    expect(printed.IBMCLOUD_ENDPOINTS_FILE_PATH).toBeNull();
  });
});

describe('a platform without a proxy', () => {
  test.each([['env'], ['exec']])('%s says how to get one', async (command) => {
    const platform = await createPlatform();
    const url = await platform.listen();
    const words = command === 'exec' ? ['--', 'true'] : [];
    expect(await keyquake([command, '--url', url, '--vendor-provider', ...words])).toEqual({
      status: 1,
      stdout: '',
      stderr: `keyquake: the platform at ${url} has no proxy; the vendor's provider reaches Secrets Manager by host names that only a proxy can lead to the platform; start it with 'keyquake up --proxy-port 4511'\n`,
    });
    await platform.close();
  });

  test('nor one whose certificate is elsewhere', async () => {
    const platform = await createPlatform();
    const url = await platform.listen();
    const proxy = await platform.listenProxy();
    rmSync(proxy.caFile);
    expect(await keyquake(['env', '--url', url, '--vendor-provider'])).toEqual({
      status: 1,
      stdout: '',
      stderr: `keyquake: the CA certificate ${proxy.caFile} of the proxy ${proxy.url} is not on this machine; a client that does not trust it ends every connection; run this where the platform runs\n`,
    });
    await platform.close();
  });
});

describe('up --proxy-port', () => {
  test('prints the platform’s line alone on stdout, the proxy and its certificate on stderr', async () => {
    const cli = startKeyquake(['up', '--port', '0', '--proxy-port', '0']);
    const [, url = ''] = await cli.waitFor(/^ready (http:\/\/127\.0\.0\.1:\d+)\n/);
    const reply = await fetch(`${url}/_keyquake/health`, { headers: { connection: 'close' } });
    const { proxy } = (await reply.json()) as { proxy: { url: string; ca: string } };
    expect(readFileSync(proxy.ca, 'utf8')).toMatch(/^-----BEGIN CERTIFICATE-----\n/);
    cli.child.kill('SIGTERM');
    const { status, stdout, stderr } = await cli.ended;
    expect([status, stdout]).toEqual([0, `ready ${url}\n`]);
    expect(stderr).toContain(`info proxy ${proxy.url}, its CA certificate ${proxy.ca}\n`);
    expect(existsSync(proxy.ca)).toBe(false);
  });

  test('a port that is in use is refused, and the platform does not stay', async () => {
    const taken = createServer();
    const port = await new Promise<number>((resolve) => {
      taken.listen(0, '127.0.0.1', () => resolve((taken.address() as { port: number }).port));
    });
    const { status, stdout, stderr } = await spawnKeyquake([
      'up',
      '--port',
      '0',
      '--proxy-port',
      String(port),
    ]);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toContain(
      `keyquake: port ${port} of 127.0.0.1 is in use; another program, perhaps another 'keyquake up', listens there; stop it, or pass --proxy-port 0 for any free port\n`,
    );
    await new Promise((resolve) => taken.close(resolve));
  });
});

describe('the variables', () => {
  const place = { url: 'http://127.0.0.1:4511', ca: '/tmp/p/ca.pem', endpoints: '/tmp/p/endpoints.json' };
  const direct = 'http://127.0.0.1:4510';

  test('on Linux', () => {
    expect(proxyEnvironment(direct, place, 'linux')).toEqual({
      set: {
        ALL_PROXY: 'http://127.0.0.1:4511',
        all_proxy: 'http://127.0.0.1:4511',
        HTTPS_PROXY: 'http://127.0.0.1:4511',
        https_proxy: 'http://127.0.0.1:4511',
        HTTP_PROXY: 'http://127.0.0.1:4511',
        http_proxy: 'http://127.0.0.1:4511',
        NO_PROXY: '127.0.0.1,localhost,::1',
        no_proxy: '127.0.0.1,localhost,::1',
        NODE_USE_ENV_PROXY: '1',
        CURL_CA_BUNDLE: '/tmp/p/ca.pem',
        NODE_EXTRA_CA_CERTS: '/tmp/p/ca.pem',
        REQUESTS_CA_BUNDLE: '/tmp/p/ca.pem',
        SSL_CERT_FILE: '/tmp/p/ca.pem',
        SSL_CERT_DIR: '/tmp/p',
        IBMCLOUD_ENDPOINTS_FILE_PATH: '/tmp/p/endpoints.json',
      },
      unset: ['IBMCLOUD_KP_API_ENDPOINT'],
    });
  });

  // Go does not read SSL_CERT_FILE there; the one client that speaks TLS has a switch of its own (2.3).
  test.each(['darwin', 'win32'] as const)('on %s', (system) => {
    expect(proxyEnvironment(direct, place, system).set['SECRETS_MANAGER_DISABLE_SSL']).toBe('true');
  });

  test.each([
    ['http://10.0.0.5:4510', '127.0.0.1,localhost,::1,10.0.0.5'],
    ['http://[::1]:4510', '127.0.0.1,localhost,::1'],
    ['http://localhost:4510', '127.0.0.1,localhost,::1'],
  ])('the platform at %s is reached without the proxy', (url, direct) => {
    expect(proxyEnvironment(url, place, 'linux').set['NO_PROXY']).toBe(direct);
  });
});

describe('what was refused', () => {
  test('is what was not yet there before', () => {
    const before = [
      { host: 'one', requests: 2 },
      { host: 'two', requests: 1 },
    ];
    const after = [
      { host: 'one', requests: 5 },
      { host: 'two', requests: 1 },
      { host: 'three', requests: 1 },
    ];
    expect(refusedSince(before, after)).toEqual([
      { host: 'one', requests: 3 },
      { host: 'three', requests: 1 },
    ]);
  });

  test('is one line, whatever it was', () => {
    expect(refusalNotice([])).toBeUndefined();
    const several = [
      { host: 'one', requests: 3 },
      { host: 'two:80', requests: 1 },
    ];
    expect(refusalNotice(several)).toBe(refusal('one (3 requests), two:80 (1 request)'));
  });
});
