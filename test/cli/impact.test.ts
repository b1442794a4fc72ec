/** `keyquake impact`: sources, selectors, outputs and exit statuses (design.md 3.1); the findings are the simulator's. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keyquake, type Result, spawnKeyquake } from './support';

const account = 'a/0a1b2c3d4e5f60718293a4b5c6d7e8f9';
const kms = `crn:v1:bluemix:public:kms:us-south:${account}:11111111-1111-4111-8111-111111111111::`;
const keyId = 'aaaaaaaa-0000-4000-8000-000000000001';
const key = `${kms.slice(0, -2)}:key:${keyId}`;
const volume = `crn:v1:bluemix:public:is:us-south-1:${account}::volume:r006-1`;
const authorization = `crn:v1:bluemix:public:iam-access-management::${account}::policy:p-1`;

function node(kind: string, id: string, name: string, members: object): object {
  return { kind, id, crn: id, name, ...members };
}

/** A detached volume under a key: latent while the key is suspended, lost when a generated key is destroyed (A1). */
const world = {
  at: '2026-01-15T10:00:00Z',
  nodes: [
    node('kms-instance', kms, 'kms', { service: 'kms', region: 'us-south' }),
    node('root-key', key, 'orders', { service: 'kms', state: 'active', imported: false }),
    node('authorization', authorization, 'server-protect → kms', {
      sourceService: 'server-protect',
      targetService: 'kms',
      roles: ['Reader'],
    }),
    node('volume', volume, 'data', { zone: 'us-south-1', attached: false }),
  ],
  edges: [
    { type: 'contains', from: kms, to: key },
    { type: 'authorizes', from: authorization, to: kms },
    { type: 'protects', from: key, to: volume },
  ],
  unmapped: [],
  statuses: {},
};

const folder = mkdtempSync(join(tmpdir(), 'keyquake-test-'));
const source = join(folder, 'world.json');
beforeAll(() => writeFileSync(source, JSON.stringify(world)));
afterAll(() => rmSync(folder, { recursive: true }));

function impact(...args: string[]): Promise<Result> {
  return keyquake(['impact', ...args]);
}

const disable = [source, '--key', 'orders', '--action', 'disable'];
const forceDelete = [source, '--key', 'orders', '--action', 'force-delete'];

describe('the exit status', () => {
  test.each<[string, string[], number]>([
    ['latent findings reach the default threshold', disable, 2],
    ['latent findings reach latent', [...disable, '--fail-on', 'latent'], 2],
    ['latent findings stay below breaks', [...disable, '--fail-on', 'breaks'], 0],
    ['latent findings stay below lost', [...disable, '--fail-on', 'lost'], 0],
    ['nothing reaches never', [...forceDelete, '--fail-on', 'never'], 0],
    ['lost findings reach lost', [...forceDelete, '--fail-on', 'lost'], 2],
    ['lost findings reach breaks', [...forceDelete, '--fail-on', 'breaks'], 2],
    ['a rotation reaches nothing', [source, '--key', 'orders', '--action', 'rotate'], 0],
  ])('%s', async (_name, args, status) => {
    const result = await impact(...args);
    expect([result.status, result.stderr]).toEqual([status, '']);
    expect(result.stdout).not.toBe('');
  });
});

describe('formats', () => {
  test('table is the default, without colour away from a terminal', async () => {
    const { stdout } = await impact(...disable);
    expect(stdout).toMatch(/^disable of .*orders.*: latent\n/);
    expect(stdout).not.toContain('\u001b');
    expect((await impact(...disable, '--format', 'table')).stdout).toBe(stdout);
  });

  test('json is the report', async () => {
    const report = JSON.parse((await impact(...disable, '--format', 'json')).stdout);
    expect(report).toMatchObject({
      action: 'disable',
      at: '2026-01-15T10:00:00Z',
      verdict: 'latent',
      targets: [{ id: key, before: 'active', after: 'suspended', refusal: null }],
      findings: [{ id: volume, kind: 'volume', severity: 'latent', before: 'available', after: 'available' }],
      unmapped: [],
    });
  });

  test('markdown', async () => {
    expect((await impact(...disable, '--format', 'markdown')).stdout).toMatch(
      /^### Keyquake: disable of .*: \*\*latent\*\*\n/,
    );
  });

  test('--out writes the file instead, and says so beside it', async () => {
    const out = join(folder, 'report.json');
    const { status, stdout, stderr } = await impact(...disable, '--format', 'json', '--out', out);
    expect([status, stdout, stderr]).toEqual([2, '', `disable: latent; the report is in ${out}\n`]);
    expect(JSON.parse(readFileSync(out, 'utf8'))).toMatchObject({ verdict: 'latent' });
  });
});

describe('when', () => {
  // A generated key cannot be restored (A1, the cautious reading): an action that waits is asked of the later time.
  test.each([
    ['P31D', '2026-02-15T10:00:00Z'],
    ['2026-03-01T00:00:00Z', '2026-03-01T00:00:00Z'],
    ['2026-03-01T02:00:00+02:00', '2026-03-01T00:00:00Z'],
  ])('--at %s', async (at, seen) => {
    const { stdout } = await impact(...forceDelete, '--at', at, '--format', 'json');
    expect(JSON.parse(stdout)).toMatchObject({ acted_at: '2026-01-15T10:00:00Z', at: seen });
  });
});

describe('sources', () => {
  test('- is the standard input', async () => {
    const args = ['impact', '-', ...disable.slice(1), '--format', 'json'];
    const { status, stdout } = await keyquake(args, { input: JSON.stringify(world) });
    expect([status, JSON.parse(stdout).verdict]).toEqual([2, 'latent']);
  });

  test('a stack has its own addresses and is asked at the present time', async () => {
    const stack = {
      resource: { ibm_kms_key: { orders: { key_name: 'orders', instance_id: 'guid', standard_key: false } } },
    };
    const file = join(folder, 'cdk.tf.json');
    writeFileSync(file, JSON.stringify(stack));
    const { status, stdout } = await impact(
      file,
      '--key',
      'ibm_kms_key.orders',
      '--action',
      'disable',
      '--format',
      'json',
    );
    expect([status, JSON.parse(stdout)]).toMatchObject([
      0,
      { verdict: 'safe', targets: [{ id: 'ibm_kms_key.orders' }] },
    ]);
  });

  describe('a platform', () => {
    let server: Server;
    let url: string;
    beforeAll(async () => {
      server = createServer((request, response) => {
        response.setHeader('connection', 'close');
        response.statusCode = request.url === '/_keyquake/graph' ? 200 : 404;
        response.end(JSON.stringify(world));
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    });
    afterAll(() => server.close());

    test('answers with its graph', async () => {
      const { status, stdout } = await impact(url, ...disable.slice(1), '--format', 'json');
      expect([status, JSON.parse(stdout).verdict]).toEqual([2, 'latent']);
    });

    test('that answers something else is refused', async () => {
      const { status, stdout, stderr } = await impact(
        `${url}/elsewhere/_keyquake/graph`,
        ...disable.slice(1),
      );
      expect([status, stdout]).toEqual([1, '']);
      expect(stderr).toBe(
        `keyquake: ${url}/elsewhere/_keyquake/graph answered 404; a platform answers 200 there: give the URL that 'keyquake up' prints\n`,
      );
    });
  });
});

describe('refusals: status 1, one line, no report (issue list of bad input)', () => {
  const ask = ['--key', 'orders', '--action', 'disable'];

  function file(name: string, content: string): string {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  }

  test.each<[string, () => string[], RegExp | string]>([
    [
      'a source that is no JSON',
      () => [file('main.tf', 'resource "x" "y" {}'), ...ask],
      /^.*main\.tf is not JSON; give a cdktf\.out folder, a cdk\.tf\.json, a plan or state .*$/,
    ],
    [
      'JSON of no format that is read',
      () => [file('list.json', '[1, 2]'), ...ask],
      /^.*list\.json is JSON of no format that is read; give .*$/,
    ],
    [
      'a plan of another format version',
      () => [
        file(
          'plan.json',
          '{"format_version":"7.0","planned_values":{"root_module":{}},"resource_changes":[]}',
        ),
        ...ask,
      ],
      /^.*7\.0.*$/,
    ],
    [
      'a folder without a synthesized stack',
      () => [folder.replace(/\/[^/]+$/, ''), ...ask],
      /holds neither manifest\.json nor cdk\.tf\.json/,
    ],
    [
      'a selector that matches nothing, with the candidates',
      () => [source, '--key', 'order', '--action', 'disable'],
      `'order' names no root key of the source; give one of ${key} (orders), or * for all`,
    ],
    [
      'a selector of something that the action is not for',
      () => [source, '--key', 'data', '--action', 'disable'],
      `'data' names no root key of the source; give one of ${key} (orders), or * for all`,
    ],
    [
      'a time before that of the source',
      () => [...disable, '--at', '2020-01-01T00:00:00Z'],
      "the question is asked for 2020-01-01T00:00:00Z, which is before the world's own time 2026-01-15T10:00:00Z; ask for a later one",
    ],
    [
      'an action that there is not',
      () => [source, '--key', 'orders', '--action', 'explode'],
      "option '--action <action>' argument 'explode' is invalid: Allowed choices are disable, enable, expire, delete, force-delete, restore, rotate, purge, revoke-authorization, delete-instance; run 'keyquake impact --help' for what there is",
    ],
    [
      'no key',
      () => [source, '--action', 'disable'],
      "required option '--key <selector>' not specified; run 'keyquake impact --help' for what there is",
    ],
    [
      'no action',
      () => [source, '--key', 'orders'],
      "required option '--action <action>' not specified; run 'keyquake impact --help' for what there is",
    ],
    [
      'no source',
      () => ask,
      "missing required argument 'source'; run 'keyquake impact --help' for what there is",
    ],
    [
      'a severity that there is not',
      () => [...disable, '--fail-on', 'safe'],
      "option '--fail-on <severity>' argument 'safe' is invalid: Allowed choices are lost, breaks, latent, never; run 'keyquake impact --help' for what there is",
    ],
    [
      'a time that is none',
      () => [...disable, '--at', 'P1M'],
      "option '--at <time>' argument 'P1M' is invalid: 'P1M' is not an ISO 8601 duration of weeks, days, hours, minutes or seconds; write it like P7D or PT4H; run 'keyquake impact --help' for what there is",
    ],
    ...['html', 'sarif', 'junit'].map((format): [string, () => string[], string] => [
      `the format ${format}, which is not built yet`,
      () => [...disable, '--format', format],
      `--format ${format} is not built yet; the formats are table, json, markdown; give one of them; json holds everything that the others show`,
    ]),
    [
      'a format that there is not',
      () => [...disable, '--format', 'pdf'],
      '--format pdf is unknown; the formats are table, json, markdown',
    ],
    [
      'an output that cannot be written',
      () => [...disable, '--out', join(folder, 'absent/report.txt')],
      `--out ${join(folder, 'absent/report.txt')} cannot be written; there is no such file or folder; name a file in a folder that is there and writable`,
    ],
  ])('%s', async (_name, args, line) => {
    const { status, stdout, stderr } = await impact(...args());
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr.split('\n')).toHaveLength(2);
    const said = stderr.replace(/^keyquake: /, '').replace(/\n$/, '');
    if (typeof line === 'string') expect(said).toBe(line);
    else expect(said).toMatch(line);
    expect(existsSync(join(folder, 'report.txt'))).toBe(false);
  });
});

test('as a process: a source that is not there', async () => {
  const absent = join(folder, 'absent.json');
  expect(await spawnKeyquake(['impact', absent, '--key', 'orders', '--action', 'disable'])).toMatchObject({
    status: 1,
    stdout: '',
    stderr: `keyquake: cannot read ${absent}: there is no such file or folder; check the path\n`,
  });
});

test('as a process: findings end it with status 2', async () => {
  expect(await spawnKeyquake(['impact', ...disable])).toMatchObject({ status: 2, stderr: '' });
});
