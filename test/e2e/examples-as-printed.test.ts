/** The commands that the header of each example prints, as a user runs them one after the other in an empty folder. */
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../support/package';
import { describeWithTerraform, terraformTimeout, workspace } from '../support/terraform';

/** The quickstart has a command of its own (`npm run quickstart`). */
const examples = readdirSync(join(root, 'examples')).filter((name) => name !== 'quickstart');

/** The indented lines of the comment that the program begins with. */
function commandsOf(example: string): string {
  const [, header = ''] =
    /^\/\*\*([\s\S]*?)\*\//.exec(readFileSync(join(root, 'examples', example, 'main.ts'), 'utf8')) ?? [];
  const lines = header.split('\n').filter((line) => line.startsWith(' *     '));
  return lines.map((line) => line.slice(' *     '.length)).join('\n');
}

/** The same from the sources, which need no build. */
function fromSources(commands: string): string {
  return commands.replace(
    /node dist\/(\S+)\.js/g,
    (_built, path: string) => `node --import ${require.resolve('tsx')} ${join(root, path)}.ts`,
  );
}

function run(commands: string, folder: string): Promise<{ status: number | null; output: string }> {
  const own = Object.entries(process.env).filter(([name]) => !/^(TF_|KEYQUAKE_)/.test(name));
  const env = { ...Object.fromEntries(own), CHECKPOINT_DISABLE: '1', NO_COLOR: '1' };
  return new Promise((resolve) => {
    const child = spawn('bash', ['-ec', commands], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data));
    child.on('close', (status) => resolve({ status, output }));
  });
}

/** What the impact line of the header prints; behaviour.md A1 for the refusal. */
const verdicts: Readonly<Record<string, string>> = {
  'hyper-protect': 'refused: the key protects 2 registered resources',
  'imported-key': 'force-delete of ibm_kms_key.key (imported-key-key): breaks',
  'rotation-and-ring': 'rotate of ibm_kms_key.cards (rotation-and-ring-cards): safe',
  'two-stacks': 'disable of keys/ibm_kms_key.key (keys-key): latent',
};

describeWithTerraform.each(examples)('examples/%s', (example) => {
  test(
    'synthesizes, tells the impact and is applied, as its header says',
    async () => {
      const commands = commandsOf(example);
      expect(commands).toContain(`node dist/examples/${example}/main.js`);
      const { status, output } = await run(fromSources(commands), workspace({}));
      expect([status, status === 0 ? '' : output]).toEqual([0, '']);
      expect(output).toContain(verdicts[example]);
      expect(output).toContain('Apply complete!');
    },
    terraformTimeout,
  );
});
