/** 1,000 volumes through our provider and platform, beside 1,000 of Terraform's own `terraform_data`. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Measurement } from './measurement';

const count = 1000;
const keyquake = join(__dirname, '../../dist/cli/main.js');

const floorStack = { resource: { terraform_data: { each: { count, input: 'x' } } } };

const volumeStack = {
  terraform: { required_providers: { ibm: { source: 'IBM-Cloud/ibm' } } },
  provider: { ibm: { region: 'us-south' } },
  resource: {
    ibm_is_volume: {
      each: {
        count,
        // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of Terraform
        name: 'bench-${count.index}',
        profile: 'general-purpose',
        zone: 'us-south-1',
        capacity: 10,
      },
    },
  },
};

function timed(folder: string, command: readonly string[]): number {
  const begun = performance.now();
  const [program = '', ...rest] = command;
  const { status, stderr } = spawnSync(program, rest, {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, CHECKPOINT_DISABLE: '1' },
  });
  if (status !== 0) throw new Error(`${command.join(' ')} ended with ${status}: ${stderr}`);
  return performance.now() - begun;
}

/** Wall time of `terraform apply` alone; initialising is not counted. */
function apply(stack: object, wrap: readonly string[]): number {
  const folder = mkdtempSync(join(tmpdir(), 'keyquake-bench-'));
  writeFileSync(join(folder, 'main.tf.json'), JSON.stringify(stack));
  timed(folder, [...wrap, 'terraform', 'init', '-input=false']);
  const taken = timed(folder, [...wrap, 'terraform', 'apply', '-auto-approve', '-input=false']);
  rmSync(folder, { recursive: true, force: true });
  return taken;
}

export async function applyVolumes(): Promise<Measurement[]> {
  const floor = apply(floorStack, []);
  const volumes = apply(volumeStack, [process.execPath, keyquake, 'exec', '--']);
  return [
    {
      name: `apply of ${count} volumes`,
      value: volumes,
      against: `apply of ${count} terraform_data`,
      floor,
      shown: 's',
    },
  ];
}
