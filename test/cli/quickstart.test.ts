/** The quickstart: that it compares for real, both its halves, what it leaves behind. */

import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compare } from '../../examples/quickstart/compare';
import type { Observed } from '../../examples/quickstart/observe';
import { quickstartMarkdown } from '../../examples/quickstart/report';
import type { Report } from '../../simulator';
import { describeWithTerraform, terraformTimeout } from '../support/terraform';
import { root } from './support';

describe('comparing', () => {
  const predicted = {
    targets: [{ address: 'ibm_kms_key.key', before: 'active', after: 'suspended' }],
    findings: [
      {
        address: 'ibm_is_volume.data',
        kind: 'volume',
        before: 'available',
        after: 'available',
        operations_lost: [],
      },
      {
        address: 'ibm_sm_arbitrary_secret.password',
        kind: 'secret',
        before: 'active',
        after: 'sealed',
        operations_lost: ['secret.read'],
      },
    ],
  } as unknown as Report;

  function platform(key: string, volume: string, secret: string, readable: boolean): Observed[] {
    return [
      { address: 'ibm_kms_key.key', kind: 'root-key', name: 'key', status: key, live: true },
      { address: 'ibm_is_volume.data', kind: 'volume', name: 'data', status: volume, live: true },
      {
        address: 'ibm_sm_arbitrary_secret.password',
        kind: 'secret',
        name: 'password',
        status: secret,
        live: true,
        readable,
      },
    ];
  }

  const before = platform('active', 'available', 'active', true);
  const after = platform('suspended', 'available', 'sealed', false);

  function different(comparison: ReturnType<typeof compare>): [string, string, string][] {
    return [...comparison.rows, ...comparison.unpredicted]
      .filter(({ same }) => !same)
      .map(({ address, predicted: said, observed }) => [address, said, observed]);
  }

  test('a prediction that came true', () => {
    const comparison = compare(predicted, before, after);
    expect(comparison).toMatchObject({ same: true, unpredicted: [] });
    expect(comparison.rows.map(({ address, observed }) => [address, observed])).toEqual([
      ['ibm_kms_key.key', 'active → suspended'],
      ['ibm_is_volume.data', 'available'],
      ['ibm_sm_arbitrary_secret.password', 'active → sealed; not readable'],
    ]);
  });

  test.each<[string, Observed[], [string, string, string]]>([
    [
      'another status',
      platform('suspended', 'unusable', 'sealed', false),
      ['ibm_is_volume.data', 'available', 'available → unusable'],
    ],
    [
      'a key that did not change',
      platform('active', 'available', 'sealed', false),
      ['ibm_kms_key.key', 'active → suspended', 'active'],
    ],
    [
      'a secret that is still given out',
      platform('suspended', 'available', 'sealed', true),
      ['ibm_sm_arbitrary_secret.password', 'active → sealed; not readable', 'active → sealed; readable'],
    ],
    [
      'something that is not there',
      platform('suspended', 'available', 'sealed', false).filter(({ kind }) => kind !== 'volume'),
      ['ibm_is_volume.data', 'available', 'not on the platform'],
    ],
    [
      'a change that nobody predicted',
      [...after, { address: 'x', kind: 'volume', name: 'x', status: 'unusable', live: true }],
      ['x', 'not named', 'not on the platform'],
    ],
  ])('%s makes it differ', (_name, observed, row) => {
    const comparison = compare(predicted, before, observed);
    expect(comparison.same).toBe(false);
    expect(different(comparison)).toEqual([row]);
  });

  test('the report says when it was wrong, and what is still live', () => {
    const comparison = compare(predicted, before, platform('suspended', 'unusable', 'sealed', false));
    const left = { live: [{ id: 'v', kind: 'volume' as const, name: 'data' }], kept: [] };
    const text = quickstartMarkdown({
      at: '2026-01-15T10:00:00Z',
      engine: 'terraform 1.11.4',
      predictions: [],
      online: { comparison, healed: false, left },
    });
    expect(text).toContain('**The prediction was wrong.**');
    expect(text).toContain('| `ibm_is_volume.data` | available | available → unusable | **no** |');
    expect(text).toContain('**Enabling the key did not bring everything back.**');
    expect(text).toContain('**Something is still live:**\n\n- volume data');
    expect(text).not.toContain('Nothing that is live.');
  });
});

const base = mkdtempSync(join(tmpdir(), 'keyquake-test-'));
afterAll(() => rmSync(base, { recursive: true }));

/** Runs it in a folder of its own, with a folder for temporary files that must be empty afterwards. */
async function quickstart(name: string, env: Record<string, string>) {
  const [cwd, temporary] = [join(base, name), join(base, `${name}-temporary`)];
  for (const folder of [cwd, temporary]) mkdirSync(folder);
  const loader = join(root, 'node_modules/tsx/dist/loader.mjs');
  const child = spawn(process.execPath, ['--import', loader, join(root, 'examples/quickstart/run.ts')], {
    cwd,
    env: { HOME: base, TMPDIR: temporary, ...env },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
  const status = await new Promise((resolve) => child.once('close', resolve));
  const read = (file: string) => readFileSync(join(cwd, file), 'utf8');
  return {
    status,
    output,
    cwd,
    read,
    leftovers: readdirSync(temporary).filter((entry) => !entry.startsWith('tsx-')),
  };
}

describe('without Terraform', () => {
  test('the offline half runs, and the remedy is told', async () => {
    const { status, output, cwd, read, leftovers } = await quickstart('offline', { PATH: '' });
    expect(status).toBe(0);
    expect(output).toContain('neither terraform nor tofu is on the PATH: install one (https://');
    expect(output).toMatch(/disable of ibm_kms_key\.key \(quickstart-key\): breaks\n/);
    expect(output).toMatch(/force-delete of ibm_kms_key\.key \(quickstart-key\): lost\n/);
    expect(readdirSync(cwd).sort()).toEqual(['keyquake-report.json', 'keyquake-report.md']);
    expect(JSON.parse(read('keyquake-report.json'))).toMatchObject({
      engine: null,
      online: null,
      predictions: [
        { action: 'disable', verdict: 'breaks' },
        { action: 'force-delete', verdict: 'lost' },
      ],
    });
    expect(read('keyquake-report.md')).toContain('Without Terraform: only the offline half ran.');
    expect(leftovers).toEqual([]);
  });
});

describeWithTerraform('with Terraform', () => {
  test(
    'the whole job, with a prediction that comes true and nothing live at the end',
    async () => {
      const canary = 'canary-91c5e0';
      const env = { PATH: process.env['PATH'] ?? '', TF_VAR_database_password: canary };
      const { status, output, read, leftovers } = await quickstart('online', env);
      expect([status, output]).toEqual([0, expect.stringContaining('Apply complete! Resources: 10 added')]);
      for (const line of [
        'ibm_kms_key.key: active → suspended',
        'ibm_resource_instance.secrets: active → sealed',
        'ibm_sm_arbitrary_secret.password: active → sealed, cannot be read',
        'the prediction was right',
        'everything is as it was before',
        'Destroy complete! Resources: 10 destroyed.',
        'nothing that is live',
      ]) {
        expect(output).toContain(`    ${line}\n`);
      }
      const report = JSON.parse(read('keyquake-report.json'));
      expect(report.online).toMatchObject({
        comparison: { same: true, unpredicted: [] },
        healed: true,
        left: { live: [] },
      });
      // A destroyed key is kept for 90 days, an instance for 7 (ibm-control-plane.md 6.1.5, 6.4.2).
      expect(
        report.online.left.kept.map(({ kind, name }: { kind: string; name: string }) => [kind, name]).sort(),
      ).toEqual([
        ['kms-instance', 'quickstart-kms'],
        ['root-key', 'quickstart-key'],
        ['secrets-manager-instance', 'quickstart-secrets'],
      ]);
      for (const text of [output, read('keyquake-report.md'), read('keyquake-report.json')]) {
        expect(text).not.toContain(canary);
      }
      expect(leftovers).toEqual([]);
    },
    terraformTimeout,
  );
});
