/** The generated L1 constructs: one per type of the schema facts, under the names that the README promises. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NullProvider } from '@cdktf/provider-null/lib/provider';
import { Resource } from '@cdktf/provider-null/lib/resource';
import * as ibm from '../../constructs/bindings/ibm';
import * as keyquake from '../../constructs/bindings/keyquake';
import { synthesize } from './support';

const root = join(__dirname, '../..');
const bindings = { ibm, keyquake } as Record<string, Record<string, { readonly tfResourceType?: string }>>;

function typesOf(provider: string, kind: string): readonly string[] {
  return readdirSync(join(root, 'provider', provider, 'schema', kind)).map((name) =>
    name.replace('.json', ''),
  );
}

/** Names that the generator sets apart, because a nested block of another type would have the same. */
const setApart: Readonly<Record<string, string>> = {
  DataIbmIsInstanceVolumeAttachments: 'DataIbmIsInstanceVolumeAttachmentsA',
  DataIbmIsShareMountTargets: 'DataIbmIsShareMountTargetsA',
};

/** `ibm_is_volume` → `IsVolume`, as the README says. */
function classNameOf(provider: string, type: string): string {
  return type
    .slice(provider.length + 1)
    .split('_')
    .map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`)
    .join('');
}

describe.each(['ibm', 'keyquake'])('bindings of %s', (provider) => {
  const classes = bindings[provider] ?? {};
  const capitalized = classNameOf('', `_${provider}`);

  test('have a class for every resource, named after its type', () => {
    const types = typesOf(provider, 'resources');
    const found = types.map((type) => [type, classes[classNameOf(provider, type)]?.tfResourceType]);
    expect(found).toEqual(types.map((type) => [type, type]));
  });

  test('have a class for every data source, named after its type with a prefix', () => {
    const types = typesOf(provider, 'data-sources');
    const found = types.map((type) => {
      const name = `Data${capitalized}${classNameOf(provider, type)}`;
      return [type, classes[setApart[name] ?? name]?.tfResourceType];
    });
    expect(found).toEqual(types.map((type) => [type, type]));
  });

  test('have a class for the provider, and nothing else', () => {
    expect(classes[`${capitalized}Provider`]?.tfResourceType).toBe(provider);
    const count = typesOf(provider, 'resources').length + typesOf(provider, 'data-sources').length + 1;
    expect(Object.keys(classes)).toHaveLength(count);
  });

  test('are in one folder each, for those who import just one', () => {
    const folders = readdirSync(join(root, 'constructs/bindings', provider), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name);
    expect(folders).toHaveLength(Object.keys(classes).length);
    for (const folder of folders) {
      expect(existsSync(join(root, 'constructs/bindings', provider, folder, 'index.ts'))).toBe(true);
    }
  });
});

test.each([
  ['IsVolume', 'ibm_is_volume'],
  ['KmsKey', 'ibm_kms_key'],
  ['SmArbitrarySecret', 'ibm_sm_arbitrary_secret'],
  ['DataIbmKmsKey', 'ibm_kms_key'],
  ['IbmProvider', 'ibm'],
])('ibm has %s for %s', (name, type) => {
  expect(bindings['ibm']?.[name]?.tfResourceType).toBe(type);
});

test.each([
  ['SecretLock', 'keyquake_secret_lock'],
  ['RootKeyState', 'keyquake_root_key_state'],
  ['DataKeyquakeImpact', 'keyquake_impact'],
  ['KeyquakeProvider', 'keyquake'],
])('keyquake has %s for %s', (name, type) => {
  expect(bindings['keyquake']?.[name]?.tfResourceType).toBe(type);
});

test('our own types carry descriptions and no link to a page that does not exist', () => {
  const source = readFileSync(join(root, 'constructs/bindings/keyquake/secret-lock/index.ts'), 'utf8');
  expect(source).toContain('Id of the secret to lock.');
  expect(source).not.toContain('https://');
});

test('an L1 construct takes what the schema takes', () => {
  const stack = synthesize((scope) => {
    new ibm.IsVolume(scope, 'plain', { name: 'plain', profile: 'general-purpose', zone: 'us-south-1' });
    new keyquake.KeyquakeProvider(scope, 'mine', { url: 'http://127.0.0.1:4510' });
    new keyquake.DataKeyquakeImpact(scope, 'impact', { key: 'orders', action: 'disable', at: 'P31D' });
  });
  const json = JSON.parse(stack.json);
  expect(stack.resource('ibm_is_volume.plain')).toEqual({
    name: 'plain',
    profile: 'general-purpose',
    zone: 'us-south-1',
  });
  expect(json.data).toEqual({
    keyquake_impact: { impact: { key: 'orders', action: 'disable', at: 'P31D' } },
  });
  expect(json.provider.keyquake).toEqual([{ url: 'http://127.0.0.1:4510' }]);
});

test('providers are named without a registry, so that Terraform and OpenTofu each find their own', () => {
  const stack = synthesize((scope) => {
    new keyquake.KeyquakeProvider(scope, 'mine');
  });
  expect(JSON.parse(stack.json).terraform.required_providers).toEqual({
    ibm: { source: 'ibm-cloud/ibm', version: '~> 2.5' },
    keyquake: { source: 'keyquake/keyquake' },
  });
});

test('the null provider stands beside them in one stack', () => {
  const stack = synthesize((scope) => {
    new NullProvider(scope, 'null');
    new Resource(scope, 'nothing', { triggers: { when: 'always' } });
  });
  expect(stack.resource('null_resource.nothing')).toEqual({ triggers: { when: 'always' } });
});
