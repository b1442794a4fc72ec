import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readWorld, SourceError } from '../../../simulator';
import { at, fixtureFolder, fixtureText } from '../fixtures';
import { workload } from '../worlds';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyquake-load-'));
});

afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string): string {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, content);
  return path;
}

const read = (source: string, standardInput?: string) =>
  readWorld(source, {
    at,
    standardInput: standardInput === undefined ? undefined : async () => standardInput,
  });

async function refusal(source: string, standardInput?: string): Promise<string> {
  const error: unknown = await read(source, standardInput).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof SourceError)) throw new Error(`not refused: ${String(error)}`);
  expect(error.message).not.toContain('\n');
  return error.message;
}

describe('a source', () => {
  it.each([
    ['a synthesized stack', ['orders', 'cdk.tf.json'], 13],
    ['a plan', ['orders', 'plan.json'], 13],
    ['a printed state', ['orders', 'state.json'], 13],
    ['a state file', ['orders', 'state-file.json'], 13],
    ['a folder of one stack', ['orders'], 13],
    ['a folder with a manifest', ['shop'], 22],
  ])('may be %s', async (_, path, nodes) => {
    expect((await read(join(fixtureFolder, ...path))).nodes).toHaveLength(nodes);
  });

  it('may be the standard input', async () => {
    expect((await read('-', fixtureText('orders', 'plan.json'))).nodes).toHaveLength(13);
  });

  it('may begin with a byte order mark', async () => {
    expect((await read('-', `\uFEFF${fixtureText('orders', 'plan.json')}`)).nodes).toHaveLength(13);
  });
});

describe('a source that cannot be read says why', () => {
  it('no such file', async () => {
    const path = join(folder, 'missing.json');
    expect(await refusal(path)).toBe(`cannot read ${path}: there is no such file or folder; check the path`);
  });

  it('no JSON, without quoting it', async () => {
    const path = file('secret.txt', 'CANARY is no JSON');
    expect(await refusal(path)).toBe(
      `${path} is not JSON; give a cdktf.out folder, a cdk.tf.json, a plan or state printed by 'terraform show -json', a terraform.tfstate, or the URL of a platform`,
    );
  });

  it('a saved plan', async () => {
    const path = file('plan.out', 'PK\u0003\u0004CANARY');
    expect(await refusal(path)).toBe(
      `${path} is a saved plan, not JSON; give what 'terraform show -json' prints of it`,
    );
  });

  it.each(['{"CANARY": 1}', '[]', '"CANARY"', 'null', '{"format_version": "1.0", "provider_schemas": {}}'])(
    'JSON of another kind: %s',
    async (text) => {
      expect(await refusal('-', text)).toBe(
        "the standard input is JSON of no format that is read; give a synthesized cdk.tf.json, a plan or state printed by 'terraform show -json', a terraform.tfstate, or the graph of a platform",
      );
    },
  );

  it('a folder without stacks', async () => {
    expect(await refusal(folder)).toBe(
      `${folder} holds neither manifest.json nor cdk.tf.json; give the folder that 'cdktf synth' writes, cdktf.out by default`,
    );
  });

  it('a manifest that names a stack which is not there', async () => {
    file(
      'broken/manifest.json',
      '{"stacks": {"a": {"name": "a", "synthesizedStackPath": "stacks/a/cdk.tf.json"}}}',
    );
    expect(await refusal(join(folder, 'broken'))).toBe(
      `cannot read ${join(folder, 'broken/stacks/a/cdk.tf.json')}: the manifest names it and it is not there; synthesize again`,
    );
  });

  it('a manifest that is no object', async () => {
    const path = file('list/manifest.json', '[]');
    expect(await refusal(join(folder, 'list'))).toBe(`${path} is JSON but no object; synthesize again`);
  });
});

describe('a platform', () => {
  let server: Server;
  let url: string;

  beforeAll(async () => {
    server = createServer((request, response) => {
      const [status, body] =
        request.url === '/_keyquake/graph' ? [200, JSON.stringify(workload())] : [404, '{"error":"CANARY"}'];
      response.writeHead(status, { 'content-type': 'application/json' }).end(body);
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterAll(() => new Promise((done) => server.close(done)));

  it.each(['', '/', '/_keyquake/graph'])('is asked for its graph at %j', async (path) => {
    const world = await read(`${url}${path}`);
    expect(world.nodes).toHaveLength(10);
    expect(world.at).toBe('2026-01-01T00:00:00.000Z');
  });

  it('that is something else', async () => {
    const other = createServer((_, response) => response.writeHead(404).end());
    await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
    const address = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
    expect(await refusal(address)).toBe(
      `${address}/_keyquake/graph answered 404; a platform answers 200 there: give the URL that 'keyquake up' prints`,
    );
    await new Promise((done) => other.close(done));
    expect(await refusal(address)).toBe(
      `cannot reach a platform at ${address}: ECONNREFUSED; start one with 'keyquake up' and give the URL that it prints`,
    );
  });

  it('whose URL is none', async () => {
    expect(await refusal('http://[')).toBe("'http://[' is not a URL; give one like http://127.0.0.1:4510");
  });

  it('whose URL holds credentials', async () => {
    expect(await refusal('http://me:CANARY@127.0.0.1:1')).toBe(
      'the URL of the platform holds a user name or password; a platform asks for none: give it without',
    );
  });
});
