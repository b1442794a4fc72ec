/** `keyquake up` as a process: the ready line, signals, ports, stores (design.md 3.1). */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningCli, spawnKeyquake, startKeyquake } from './support';

const ready = /^ready (http:\/\/127\.0\.0\.1:(\d+))\n/;
const folder = mkdtempSync(join(tmpdir(), 'keyquake-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function startPlatform(...args: string[]): Promise<{ cli: RunningCli; url: string; port: string }> {
  const cli = startKeyquake(['up', '--port', '0', ...args]);
  const [, url = '', port = ''] = await cli.waitFor(ready);
  return { cli, url, port };
}

async function getJson(url: string): Promise<unknown> {
  return (await fetch(url, { headers: { connection: 'close' } })).json();
}

test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
  'prints one line when ready and ends with 0 on %s',
  async (signal) => {
    const { cli, url } = await startPlatform();
    expect(await getJson(`${url}/_keyquake/health`)).toMatchObject({ status: 'ok', auth: 'open' });
    cli.child.kill(signal);
    const ended = await cli.ended;
    expect(ended).toMatchObject({ status: 0, signal: null, stdout: `ready ${url}\n` });
    expect(ended.stderr).not.toContain('WARNING');
    expect(ended.stderr).toContain(`info ${signal}: finishing what is under way\n`);
  },
);

test('refuses a port that is in use', async () => {
  const { cli, port } = await startPlatform();
  const second = await spawnKeyquake(['up', '--port', port]);
  expect(second).toMatchObject({
    status: 1,
    stdout: '',
    stderr: `keyquake: port ${port} of 127.0.0.1 is in use; another program, perhaps another 'keyquake up', listens there; stop it, or pass --port 0 for any free port\n`,
  });
  cli.child.kill('SIGTERM');
  expect((await cli.ended).status).toBe(0);
});

test('says loudly that it listens beyond this machine', async () => {
  const cli = startKeyquake(['up', '--port', '0', '--host', '0.0.0.0']);
  const [line] = await cli.waitFor(/^ready http:\/\/0\.0\.0\.0:\d+\n/);
  cli.child.kill('SIGTERM');
  const { status, stdout, stderr } = await cli.ended;
  expect([status, stdout]).toEqual([0, line]);
  expect(stderr).toContain('WARNING: the platform listens on 0.0.0.0, which is not a loopback address.\n');
});

test('refuses a host that this machine does not have', async () => {
  // 192.0.2.0/24 is set aside for documentation (RFC 5737).
  expect(await spawnKeyquake(['up', '--port', '0', '--host', '192.0.2.1'])).toMatchObject({
    status: 1,
    stdout: '',
    stderr:
      'keyquake: --host 192.0.2.1 is not an address of this machine; pass --host 127.0.0.1, or an address that this machine has\n',
  });
});

test('keeps its time in a store file, and starts where --clock says', async () => {
  const store = join(folder, 'kept.db');
  const first = await startPlatform('--store', store, '--clock', '2031-01-01T00:00:00Z');
  expect(await getJson(`${first.url}/_keyquake/clock`)).toEqual({
    now: expect.stringMatching(/^2031-01-01T00:00:/),
  });
  first.cli.child.kill('SIGTERM');
  expect((await first.cli.ended).status).toBe(0);
  const second = await startPlatform('--store', store);
  expect(await getJson(`${second.url}/_keyquake/clock`)).toEqual({
    now: expect.stringMatching(/^2031-01-01T00:0/),
  });
  second.cli.child.kill('SIGTERM');
  expect((await second.cli.ended).status).toBe(0);
});

test.each([
  ['a folder', () => folder, `${folder} is a folder; a store is a file`],
  ['a folder that is not there', () => join(folder, 'absent/platform.db'), 'there is no such file or folder'],
  [
    'a file that is no store',
    () => {
      const file = join(folder, 'letter.txt');
      writeFileSync(file, 'Dear reader,\n'.repeat(400));
      writeFileSync(`${file}.key`, Buffer.alloc(32, 1).toString('base64'));
      return file;
    },
    'file is not a database',
  ],
  [
    'a store without its key file',
    () => {
      const file = join(folder, 'keyless.db');
      writeFileSync(file, '');
      return file;
    },
    `the store ${join(folder, 'keyless.db')} has lost its key file ${join(folder, 'keyless.db')}.key; put it back, or begin a new store`,
  ],
])('refuses %s', async (_name, make, cause) => {
  const store = make();
  expect(await spawnKeyquake(['up', '--port', '0', '--store', store])).toMatchObject({
    status: 1,
    stdout: '',
    stderr: `keyquake: --store ${store} cannot be opened as a store; ${cause}; name a file that 'keyquake up' has written, or one in a writable folder that is not there yet\n`,
  });
});
