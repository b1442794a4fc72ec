/** Start-up: the platform to its first answer, a provider to its handshake, beside a bare Node process. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { inTurns, type Measurement } from './measurement';

const dist = join(__dirname, '../../dist');
const turns = 9;

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    if (!child.stdout) return reject(new Error('the process has no standard output'));
    createInterface(child.stdout).once('line', resolve);
    child.once('error', reject);
    child.once('exit', (status) => reject(new Error(`ended with ${status} before its first line`)));
  });
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => child.once('close', () => resolve()));
}

async function bareNode(): Promise<void> {
  await ended(spawn(process.execPath, ['-e', '0']));
}

async function platformAnswers(): Promise<void> {
  const child = spawn(process.execPath, [join(dist, 'cli/main.js'), 'up', '--port', '0'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const line = await firstLine(child);
  await (await fetch(`${line.replace('ready ', '')}/_keyquake/health`)).text();
  child.kill('SIGKILL');
}

/** As Terraform starts it: with the cookie, without TLS so that no client certificate has to be made here. */
async function providerShakesHands(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'keyquake-bench-'));
  const child = spawn(process.execPath, [join(dist, 'provider/bundle/provider.js'), 'ibm'], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: {
      ...process.env,
      TF_PLUGIN_MAGIC_COOKIE: 'd602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2',
      PLUGIN_PROTOCOL_VERSIONS: '6',
      PLUGIN_UNIX_SOCKET_DIR: folder,
    },
  });
  await firstLine(child);
  child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
}

export async function starts(): Promise<Measurement[]> {
  const [floor = Number.NaN, up = Number.NaN, provider = Number.NaN] = await inTurns(turns, [
    bareNode,
    platformAnswers,
    providerShakesHands,
  ]);
  const against = 'node -e 0';
  return [
    { name: 'keyquake up to its first answer', value: up, against, floor, shown: 's' },
    { name: 'managed provider to its handshake', value: provider, against, floor, shown: 's' },
  ];
}
