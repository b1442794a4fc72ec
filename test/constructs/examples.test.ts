/** The stacks of `examples/`, as Terraform gets them. Addresses are what users type, so they are typed here too. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type SynthesizedStack, simulateStack, synthesized } from '../../constructs/testing';
import { HyperProtectStack } from '../../examples/hyper-protect/main';
import { ImportedKeyStack } from '../../examples/imported-key/main';
import { QuickstartStack } from '../../examples/quickstart/main';
import { RotationAndRingStack } from '../../examples/rotation-and-ring/main';
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

/** behaviour.md A1: an imported key can be restored for 30 days after its deletion. */
describe('the imported key', () => {
  const stack = () => new ImportedKeyStack(newApp(), 'imported-key');
  const question = { action: 'force-delete', to: 'imported-key-key', now: '2026-01-15T10:00:00Z' } as const;

  test('takes its material from a sensitive variable that has to be set', () => {
    const { json } = synthesized(stack());
    expect(JSON.parse(json).variable).toEqual({
      key_material: {
        description: 'Material of the root key: base64 of 16, 24 or 32 bytes',
        nullable: false,
        sensitive: true,
        type: 'string',
      },
    });
  });

  test('breaks what it protects when it is deleted, and can be restored until 30 days later', () => {
    const { verdict, findings } = simulateStack(stack(), question);
    expect(verdict).toBe('breaks');
    expect(findings).toMatchObject([
      {
        address: 'ibm_is_volume.records',
        severity: 'breaks',
        after: 'unusable',
        undo: { by: 'restore', from: '2026-01-15T10:00:30Z', until: '2026-02-14T10:00:00Z' },
      },
    ]);
  });

  test('is lost with all that it protects on the 31st day', () => {
    const { verdict, findings } = simulateStack(stack(), { ...question, later: 'P31D' });
    expect(verdict).toBe('lost');
    expect(findings).toMatchObject([{ address: 'ibm_is_volume.records', undo: { by: 'none' } }]);
  });
});

describe('keys under rules', () => {
  let stack: SynthesizedStack;
  beforeAll(() => {
    stack = synthesized(new RotationAndRingStack(newApp(), 'rotation-and-ring'));
  });

  test('are in one ring, of which each says its part', () => {
    expect(stack.addresses()).toEqual([
      expect.stringMatching(/^ibm_iam_authorization_policy\.kms_server-protect_/),
      'ibm_is_volume.ledger',
      'ibm_kms_instance_policies.kms_Policies_E25F1748',
      'ibm_kms_key.cards',
      'ibm_kms_key.retired',
      expect.stringMatching(/^ibm_kms_key_alias\.cards_Aliases_card-data_/),
      expect.stringMatching(/^ibm_kms_key_policies\.cards_Policies_/),
      'ibm_kms_key_rings.ring',
      'ibm_resource_instance.kms',
      expect.stringMatching(/^keyquake_root_key_state\.retired_State_/),
    ]);
    for (const key of ['ibm_kms_key.cards', 'ibm_kms_key.retired']) {
      expect(stack).toCreateAfter(key, 'ibm_kms_key_rings.ring');
      expect(stack).toCreateAfter(key, 'ibm_kms_instance_policies.kms_Policies_E25F1748');
    }
  });

  test('say what it means that one is suspended, and nothing else', () => {
    expect(stack.annotations).toEqual([
      {
        level: 'warning',
        path: 'rotation-and-ring/retired',
        message:
          "state is 'suspended': nothing new can be encrypted with this key, and what it protects stays cut off until it is 'active' again",
      },
    ]);
  });
});

/** behaviour.md A1, A3: no force, two people, one instance that is opened. */
describe('keys at Hyper Protect', () => {
  let stack: SynthesizedStack;
  beforeAll(() => {
    stack = synthesized(new HyperProtectStack(newApp(), 'hyper-protect'));
  });

  test('are opened to block storage by the authorization that was declared, and by no other', () => {
    expect(stack.addresses()).toEqual([
      'ibm_iam_authorization_policy.volumes',
      'ibm_is_volume.archive',
      'ibm_is_volume.entries',
      expect.stringMatching(/^ibm_kms_instance_policies\.hpcs_Policies_/),
      'ibm_kms_key.ledger',
      expect.stringMatching(/^ibm_kms_key_alias\.ledger_Aliases_ledger_/),
      expect.stringMatching(/^ibm_kms_key_policies\.ledger_Policies_/),
      'ibm_kms_key_rings.ring',
      'ibm_resource_instance.hpcs',
    ]);
    expect(stack).toAuthorize({
      sourceService: 'server-protect',
      target: 'ibm_resource_instance.hpcs',
      roles: ['Reader'],
    });
    expect(stack).toCreateAfter('ibm_is_volume.entries', 'ibm_iam_authorization_policy.volumes');
  });

  test.each(['delete', 'force-delete'] as const)('survive %s, and nothing warns', (action) => {
    expect(stack).toSurvive({ action, to: 'ibm_kms_key.ledger' });
    expect(stack.annotations).toEqual([]);
  });
});

describe.each([
  ['quickstart', ['quickstart']],
  ['two-stacks', ['keys', 'storage']],
  ['imported-key', ['imported-key']],
  ['rotation-and-ring', ['rotation-and-ring']],
  ['hyper-protect', ['hyper-protect']],
])('running examples/%s', (example, stacks) => {
  const folder = mkdtempSync(join(tmpdir(), 'keyquake-example-'));
  const canary = 'canary-5e1f02';
  beforeAll(() => {
    const tsx = require.resolve('tsx');
    execFileSync(process.execPath, ['--import', tsx, join(root, 'examples', example, 'main.ts')], {
      cwd: folder,
      env: { ...process.env, TF_VAR_database_password: canary, TF_VAR_key_material: canary },
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
