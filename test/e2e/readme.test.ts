/** Every code block of the README runs, in its order, in an empty folder in which only the package is installed. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { installedPackage, root } from '../support/package';
import { type CodeBlock, codeBlocks } from '../support/readme';
import { describeWithTerraform } from '../support/terraform';

const blocks = codeBlocks(readFileSync(join(root, 'README.md'), 'utf8'));
/** Times differ from run to run; everything else that is printed must be as the README shows it. */
const withoutTimes = (text: string) => text.replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g, 'TIME');
const background: ChildProcess[] = [];
let folder: string;
let printed = '';

/** Runs a shell block in one shell that keeps its folder and variables for the next block. */
class Shell {
  private state = '';

  async run(code: string): Promise<{ status: number; output: string }> {
    // The package under test is installed already, from its tarball.
    const script = code.replace(/^npm install .*$/m, ':');
    const child = spawn(
      'bash',
      ['-ec', `${this.state}\n${script}\n{ export -p; echo "cd '$PWD'"; } > "$HOME_FOLDER/.shell"`],
      {
        cwd: folder,
        env: {
          ...process.env,
          HOME_FOLDER: folder,
          NO_COLOR: '1',
          CHECKPOINT_DISABLE: '1',
          KEYQUAKE_URL: '',
          TF_CLI_CONFIG_FILE: join(folder, 'empty.rc'),
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    let output = '';
    child.stdout.on('data', (data) => (output += data));
    child.stderr.on('data', (data) => (output += data));
    const status = await new Promise<number>((resolve) => child.on('close', (code) => resolve(code ?? -1)));
    this.state = readFileSync(join(folder, '.shell'), 'utf8');
    return { status, output };
  }
}

/** `keyquake up` stays in its terminal until the end. */
async function start(code: string): Promise<string> {
  const child = spawn('bash', ['-c', `exec ${code}`], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'ignore'],
    detached: true,
  });
  background.push(child);
  return new Promise((resolve) => createInterface(child.stdout).once('line', resolve));
}

const firstWords = ({ code }: CodeBlock) => code.split('\n')[0] ?? '';
const shell = new Shell();

async function run(block: CodeBlock): Promise<void> {
  const { language, code } = block;
  if (language === 'ts') {
    const name = /^\/\/ (\S+\.ts)$/m.exec(code)?.[1];
    if (name === undefined) throw new Error('a ts block names its file in its first line');
    writeFileSync(join(folder, name), code);
  } else if (language === 'text') {
    expect(withoutTimes(printed)).toContain(withoutTimes(code));
  } else if (code.includes('keyquake up')) {
    expect(await start(code.trim())).toBe('ready http://127.0.0.1:4510');
  } else {
    const { status, output } = await shell.run(code);
    if (status !== 0) throw new Error(`exit ${status}: ${output}`);
    printed = output;
  }
}

describeWithTerraform('the README', () => {
  beforeAll(() => {
    folder = installedPackage(['tsx']);
    writeFileSync(join(folder, 'empty.rc'), '');
    writeFileSync(join(folder, '.shell'), '');
  }, 180_000);
  afterAll(() => {
    for (const { pid } of background) if (pid !== undefined) process.kill(-pid, 'SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  });

  test('names the two commands, which are scripts of the package', () => {
    expect(blocks[0]).toEqual({ language: 'sh', code: 'npm run quickstart\nnpm test\n' });
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(['quickstart', 'test']));
  });

  test.each(blocks.slice(1).map((block) => [`${block.language}: ${firstWords(block)}`, block] as const))(
    '%s',
    (_name, block) => run(block),
    180_000,
  );
});
