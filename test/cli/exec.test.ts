/** `keyquake exec` as a process: CMD's streams, signals and status are its own (design.md 3.1). */
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPlatform } from '../../mock-platform';
import { keyquake, spawnKeyquake, startKeyquake } from './support';

const folder = mkdtempSync(join(tmpdir(), 'keyquake-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

function node(script: string): string[] {
  return ['--', process.execPath, '-e', script];
}

describe('the exit status', () => {
  test.each<[string, string[], number]>([
    ['of success', node(''), 0],
    ['of failure', node('process.exit(7)'), 7],
    [
      'of a command that a signal ended is 128 and its number',
      node('process.kill(process.pid, "SIGKILL")'),
      137,
    ],
  ])('%s', async (_name, args, status) => {
    expect(await spawnKeyquake(['exec', ...args])).toMatchObject({ status, stdout: '', stderr: '' });
  });

  test('of a command that is not there is 127', async () => {
    expect(await spawnKeyquake(['exec', '--', 'terrafrom', 'apply'])).toMatchObject({
      status: 127,
      stdout: '',
      stderr: "keyquake: the command 'terrafrom' was not found; install it, or give its path after --\n",
    });
  });

  test('of no command at all is 127', async () => {
    expect(await spawnKeyquake(['exec', '--', ''])).toMatchObject({
      status: 127,
      stdout: '',
      stderr:
        "keyquake: the command '' is none; it is empty, or holds a null character; give the path of a program after --\n",
    });
  });

  test('of a file that cannot be run is 126', async () => {
    const file = join(folder, 'script.sh');
    writeFileSync(file, 'exit 0\n');
    chmodSync(file, 0o644);
    expect(await spawnKeyquake(['exec', '--', file])).toMatchObject({
      status: 126,
      stdout: '',
      stderr: `keyquake: the command '${file}' cannot be run; it is not an executable file; make it executable, or name its interpreter after --\n`,
    });
  });
});

describe('signals', () => {
  test.each([
    ['SIGINT', 5],
    ['SIGTERM', 143],
  ] as const)('%s reaches the command, whose answer counts', async (signal, status) => {
    const script =
      'process.on("SIGINT", () => process.exit(5)); setInterval(() => {}, 1e6); console.log("on")';
    const cli = startKeyquake(['exec', ...node(script)]);
    await cli.waitFor(/^on\n/);
    cli.child.kill(signal);
    expect(await cli.ended).toMatchObject({ status, signal: null, stdout: 'on\n', stderr: '' });
  });
});

test('a signal that comes while the platform is being started: the command does not run, nothing is left', async () => {
  const temporary = mkdtempSync(join(folder, 'tmp-'));
  const before = { TMPDIR: process.env['TMPDIR'], listeners: process.listenerCount('SIGINT') };
  process.env['TMPDIR'] = temporary;
  const marker = join(folder, 'ran');
  const ended = keyquake(['exec', '--proxy-port', '0', '--', 'touch', marker]);
  expect(process.listenerCount('SIGINT')).toBe(before.listeners + 1);
  process.emit('SIGINT', 'SIGINT');
  expect(await ended).toEqual({ status: 130, stdout: '', stderr: '' });
  expect([existsSync(marker), readdirSync(temporary)]).toEqual([false, []]);
  expect(process.listenerCount('SIGINT')).toBe(before.listeners);
  if (before.TMPDIR === undefined) delete process.env['TMPDIR'];
  else process.env['TMPDIR'] = before.TMPDIR;
});

test('streams are the command’s own, and what stands after -- is not read', async () => {
  const script = `
    process.stdin.on('data', (text) => process.stdout.write(String(text).toUpperCase()));
    process.stderr.write(JSON.stringify(process.argv.slice(1)));`;
  const result = await spawnKeyquake(['exec', ...node(script), '--', '--url', 'x', '--help'], {
    input: 'abc',
  });
  expect(result).toMatchObject({ status: 0, stdout: 'ABC', stderr: '["--url","x","--help"]' });
});

const show = `
  const { KEYQUAKE_URL: url, TF_REATTACH_PROVIDERS: reattach, ...env } = process.env;
  fetch(url + '/_keyquake/health').then((reply) => reply.json()).then((health) => {
    const endpoints = Object.entries(env).filter(([name]) => name.endsWith('_ENDPOINT'));
    console.log(JSON.stringify({ url, health, endpoints, token: env.IC_IAM_TOKEN, mine: env.MINE, reattach: JSON.parse(reattach) }));
  });`;

test('a platform of its own, in memory, that is gone afterwards', async () => {
  const env = { MINE: 'kept', IC_IAM_TOKEN: 'real' };
  const args = ['exec', '--clock', '2031-01-01T00:00:00Z', '--auth', 'enforce', ...node(show)];
  const { status, stdout, stderr } = await spawnKeyquake(args, { env });
  expect([status, stderr]).toEqual([0, '']);
  const seen = JSON.parse(stdout);
  expect(seen.health).toMatchObject({ status: 'ok', auth: 'enforce' });
  expect(seen.health.now).toMatch(/^2031-01-01T00:00:/);
  expect([seen.mine, seen.token]).toEqual(['kept', undefined]);
  expect(seen.endpoints.length).toBeGreaterThan(8);
  for (const [, endpoint] of seen.endpoints) expect(endpoint.startsWith(seen.url)).toBe(true);
  await expect(fetch(`${seen.url}/_keyquake/health`)).rejects.toThrow();
});

test('our providers, reattached for Terraform and OpenTofu', async () => {
  const { stdout } = await spawnKeyquake(['exec', ...node(show)]);
  const { reattach } = JSON.parse(stdout);
  expect(Object.keys(reattach).sort()).toEqual(
    ['registry.opentofu.org', 'registry.terraform.io'].flatMap((host) => [
      `${host}/hashicorp/null`,
      `${host}/ibm-cloud/ibm`,
      `${host}/keyquake/keyquake`,
    ]),
  );
});

describe('a platform that runs already', () => {
  test.each(['--url', 'KEYQUAKE_URL'])('named by %s, is used and left running', async (by) => {
    const platform = await createPlatform();
    const url = await platform.listen();
    try {
      const args = by === '--url' ? ['--url', `${url}/`] : [];
      const env: Record<string, string> = by === '--url' ? {} : { KEYQUAKE_URL: url };
      const { status, stdout } = await spawnKeyquake(['exec', ...args, ...node(show)], { env });
      expect([status, JSON.parse(stdout).url]).toEqual([0, url]);
      expect((await fetch(`${url}/_keyquake/health`, { headers: { connection: 'close' } })).status).toBe(200);
    } finally {
      await platform.close();
    }
  });

  test('that is not there is an error, and the command does not run', async () => {
    const platform = await createPlatform();
    const url = await platform.listen();
    await platform.close();
    expect(await spawnKeyquake(['exec', '--url', url, ...node('console.log("ran")')])).toMatchObject({
      status: 1,
      stdout: '',
      stderr: `keyquake: no platform answers at ${url}; the connection was refused; start one with 'keyquake up', or name its URL with --url or KEYQUAKE_URL\n`,
    });
  });
});
