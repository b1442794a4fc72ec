/** A platform that is killed in mid-apply (issue list of bad input): what it kept is whole, and a second apply converges. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ObservedWorld } from '../../domain/world';
import { describeWithTerraform, terraformCommand, terraformTimeout } from '../support/terraform';
import { type Result, type RunningCli, root, spawnKeyquake, startKeyquake } from './support';

/** Passes everything on to a platform and tells of each creation that it has answered. */
class Front {
  readonly server: Server;
  target = '';
  created: (path: string) => void = () => undefined;

  constructor() {
    this.server = createServer((incoming, outgoing) => this.pass(incoming, outgoing));
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  private pass(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const { method, url = '', headers } = incoming;
    const onward = request(`${this.target}${url}`, { method, headers, agent: false }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(outgoing);
      answer.on('end', () => {
        if (method === 'POST' && answer.statusCode === 201) this.created(url);
      });
    });
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  }
}

describeWithTerraform('a platform that is killed in mid-apply', () => {
  const folder = mkdtempSync(join(tmpdir(), 'keyquake-test-'));
  const stack = join(folder, 'cdktf.out/stacks/quickstart');
  const front = new Front();
  let url: string;
  let platform: RunningCli;

  async function start(): Promise<void> {
    platform = startKeyquake(['up', '--port', '0', '--store', join(folder, 'platform.db')]);
    const [, target = ''] = await platform.waitFor(/^ready (\S+)\n/);
    front.target = target;
  }

  beforeAll(async () => {
    const loader = join(root, 'node_modules/tsx/dist/loader.mjs');
    const main = join(root, 'examples/quickstart/main.ts');
    execFileSync(process.execPath, ['--import', loader, main], { cwd: folder, stdio: 'pipe' });
    url = await front.listen();
    await start();
  });
  afterAll(async () => {
    platform.child.kill('SIGTERM');
    await platform.ended;
    front.server.closeAllConnections();
    front.server.close();
    rmSync(folder, { recursive: true });
  });

  function exec(script: string): Promise<Result> {
    const env = {
      TF: terraformCommand() ?? '',
      TF_VAR_database_password: 'x',
      TF_CLI_CONFIG_FILE: '/dev/null',
    };
    return spawnKeyquake(['exec', '--url', url, '--', 'sh', '-c', script], { cwd: stack, env });
  }

  /** What is in use; a key that a half-done creation left behind is destroyed and kept for 90 days (6.1.5). */
  async function names(): Promise<string[]> {
    const answer = await fetch(`${url}/_keyquake/graph`, { headers: { connection: 'close' } });
    const { nodes, statuses } = (await answer.json()) as ObservedWorld;
    const live = nodes.filter(({ id }) => statuses[id]?.live !== false);
    return live.map(({ kind, name }) => `${kind} ${name}`).sort();
  }

  test(
    'the apply fails, what was created stays, the second one adds the rest and nothing twice',
    async () => {
      // The key is there; the volumes, the second authorization and the Secrets Manager are not.
      front.created = (path) => {
        if (path === '/api/v2/keys') platform.child.kill('SIGKILL');
      };
      const failed = await exec('$TF init >/dev/null && $TF apply -auto-approve -parallelism=1 -no-color');
      expect(failed.status).toBe(1);
      expect(failed.stderr).toContain('Error: ');
      expect((await platform.ended).signal).toBe('SIGKILL');

      front.created = () => undefined;
      await start();
      expect(await names()).toEqual(
        expect.arrayContaining(['kms-instance quickstart-kms', 'root-key quickstart-key']),
      );

      const again = await exec('$TF apply -auto-approve -no-color && $TF plan -detailed-exitcode -no-color');
      expect([again.status, again.stderr]).toEqual([0, '']);
      expect((await names()).filter((name) => !name.startsWith('authorization '))).toEqual([
        'kms-instance quickstart-kms',
        'root-key quickstart-key',
        'secret quickstart-password',
        'secret-lock quickstart-password-in-use',
        'secrets-manager-instance quickstart-secrets',
        'volume quickstart-data',
        'volume quickstart-logs',
      ]);
      expect((await names()).filter((name) => name.startsWith('authorization '))).toHaveLength(2);
    },
    terraformTimeout,
  );
});
