/** The stacks of `examples/`, as Terraform gets them. Addresses are what users type, so they are typed here too. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type SynthesizedStack, synthesized } from '../../constructs/testing';
import { QuickstartStack } from '../../examples/quickstart/main';
import { newApp, reference } from './support';

const root = join(__dirname, '../..');

describe('the quickstart', () => {
  let stack: SynthesizedStack;
  beforeAll(() => {
    stack = synthesized(new QuickstartStack(newApp(), 'quickstart'));
  });

  test('has an instance, a key, two authorizations, two volumes, a Secrets Manager, a secret and a lock', () => {
    expect(stack.addresses()).toEqual([
      expect.stringMatching(/^ibm_iam_authorization_policy\.kms_secrets-manager_[0-9A-F]{8}$/),
      expect.stringMatching(/^ibm_iam_authorization_policy\.kms_server-protect_[0-9A-F]{8}$/),
      'ibm_is_volume.data',
      'ibm_is_volume.logs',
      'ibm_kms_key.key',
      'ibm_resource_instance.kms',
      'ibm_resource_instance.secrets',
      'ibm_sm_arbitrary_secret.password',
      'ibm_sm_secret_group.database',
      'keyquake_secret_lock.password-in-use',
    ]);
  });

  test.each(['ibm_is_volume.data', 'ibm_is_volume.logs', 'ibm_resource_instance.secrets'])(
    '%s is encrypted with the key',
    (address) => {
      expect(stack).toEncrypt(address, 'ibm_kms_key.key');
    },
  );

  test.each([
    ['server-protect', ['ibm_is_volume.data', 'ibm_is_volume.logs']],
    ['secrets-manager', ['ibm_resource_instance.secrets', 'ibm_sm_arbitrary_secret.password']],
  ])('what %s encrypts is created after its authorization', (sourceService, consumers) => {
    expect(stack).toAuthorize({ sourceService, target: 'ibm_resource_instance.kms', roles: ['Reader'] });
    const authorization = stack
      .addresses('ibm_iam_authorization_policy')
      .find((address) => stack.resource(address)['source_service_name'] === sourceService);
    for (const consumer of consumers) expect(stack).toCreateAfter(consumer, authorization ?? '');
  });

  test('has a lock that names the volume', () => {
    expect(stack).toLock('ibm_sm_arbitrary_secret.password', { consumer: 'ibm_is_volume.data' });
  });

  test('takes the secret from a sensitive variable', () => {
    expect(stack.resource('ibm_sm_arbitrary_secret.password')).toMatchObject({
      payload: reference('coalesce(var.database_password, sha256(ibm_resource_instance.secrets.guid))'),
    });
    expect(JSON.parse(stack.json).variable.database_password).toMatchObject({ sensitive: true });
  });

  test('can be destroyed in one go, and says what that takes', () => {
    expect(stack).not.toProtect('ibm_kms_key.key');
    expect(stack.resource('ibm_kms_key.key')).toMatchObject({ force_delete: true });
    expect(stack.annotations).toEqual([
      {
        level: 'warning',
        path: 'quickstart/key',
        message: 'forceDelete is set: deleting this key takes everything that it protects with it, at once',
      },
    ]);
  });
});

describe.each([
  ['quickstart', ['quickstart']],
  ['two-stacks', ['keys', 'storage']],
])('running examples/%s', (example, stacks) => {
  const folder = mkdtempSync(join(tmpdir(), 'keyquake-example-'));
  const canary = 'canary-5e1f02';
  beforeAll(() => {
    const tsx = require.resolve('tsx');
    execFileSync(process.execPath, ['--import', tsx, join(root, 'examples', example, 'main.ts')], {
      cwd: folder,
      env: { ...process.env, TF_VAR_database_password: canary },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('writes cdktf.out in the current folder', () => {
    expect(readdirSync(folder)).toEqual(['cdktf.out']);
    expect(readdirSync(join(folder, 'cdktf.out/stacks')).sort()).toEqual(stacks);
  });

  test('writes no secret', () => {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    expect(files.length).toBeGreaterThanOrEqual(2);
    for (const file of files) {
      expect(readFileSync(join(file.parentPath, file.name), 'utf8')).not.toContain(canary);
    }
  });
});

test('cdktf.json runs the quickstart that the build writes', () => {
  const { app } = JSON.parse(readFileSync(join(root, 'cdktf.json'), 'utf8')) as { app: string };
  expect(app).toBe('node dist/examples/quickstart/main.js');
});
