/**
 * CDKTF bindings (L1 constructs) of the provider schemas, in `constructs/bindings/{provider}/{type}/index.ts`, by the
 * generator behind `cdktf get`. It is fed from the schema facts, so neither Terraform nor a registry is needed.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { filesBelow } from './files';
import type { Generator } from './index';

const folder = 'constructs/bindings';

interface ProviderBinding {
  /** Last part of the provider's address and name of the folder that is written. */
  readonly name: string;
  /** Address without a host: Terraform and OpenTofu each add their own. */
  readonly source: string;
  /** Versions of the provider that have what the facts describe; every one when left out. */
  readonly version?: string;
  readonly facts: string;
}

const providers: readonly ProviderBinding[] = [
  { name: 'ibm', source: 'ibm-cloud/ibm', version: '~> 2.5', facts: 'provider/ibm/schema' },
  { name: 'keyquake', source: 'keyquake/keyquake', facts: 'provider/keyquake/schema' },
];

export const bindings: Generator = {
  name: 'bindings',
  async files(root) {
    const files = new Map<string, string>();
    for (const provider of providers) {
      const sources = await generate(provider, join(root, provider.facts));
      for (const [path, source] of sources) files.set(`${folder}/${provider.name}/${path}`, source);
      files.set(`${folder}/${provider.name}/index.ts`, lazyIndex(provider, sources));
    }
    return files;
  },
  present: (root) => filesBelow(root, folder),
};

type Wire = Record<string, unknown>;

function wireOf(path: string): Wire {
  return (JSON.parse(readFileSync(path, 'utf8')) as { wire: Wire }).wire;
}

function wiresIn(facts: string): Record<string, Wire> {
  const names = readdirSync(facts).filter((name) => name.endsWith('.json'));
  return Object.fromEntries(
    names.sort().map((name) => [name.slice(0, -'.json'.length), wireOf(join(facts, name))]),
  );
}

/** What `terraform providers schema -json` would answer for one provider. */
function providerSchema({ source }: ProviderBinding, facts: string) {
  return {
    format_version: '1.0',
    provider_schemas: {
      [`registry.terraform.io/${source}`]: {
        provider: wireOf(join(facts, 'provider.json')),
        resource_schemas: wiresIn(join(facts, 'resources')),
        data_source_schemas: wiresIn(join(facts, 'data-sources')),
      },
    },
  };
}

/** Path below the provider's folder → source, for every file that holds code. */
async function generate(provider: ProviderBinding, facts: string): Promise<ReadonlyMap<string, string>> {
  const { CodeMaker, TerraformProviderGenerator, target } = await loadGenerator();
  const code = new CodeMaker();
  const schema = providerSchema(provider, facts) as unknown as ConstructorParameters<
    typeof TerraformProviderGenerator
  >[1];
  new TerraformProviderGenerator(code, schema).generate(target(provider));
  const output = mkdtempSync(join(tmpdir(), 'keyquake-bindings-'));
  try {
    await code.save(output);
    return readBack(join(output, 'providers', provider.name), provider);
  } finally {
    rmSync(output, { recursive: true, force: true });
  }
}

/**
 * The package's own entry point wants the multi-language compilers, which TypeScript output does not need; the
 * modules behind it do not. Loading them starts `terraform version` and reports its absence to the vendor: neither
 * is wanted here, so the name of the command leads nowhere while they load, and reporting is off.
 */
async function loadGenerator() {
  const commons = await withEnvironment(
    { CHECKPOINT_DISABLE: '1', TERRAFORM_BINARY_NAME: 'terraform-is-not-needed' },
    () => import('@cdktf/commons'),
  );
  const { CodeMaker } = await import('codemaker');
  const { TerraformProviderGenerator } = await import(
    '@cdktf/provider-generator/lib/get/generator/provider-generator.js'
  );
  const target = ({ source, version }: ProviderBinding) =>
    new commons.ConstructsMakerProviderTarget(
      new commons.TerraformProviderConstraint([source, version].filter(Boolean).join('@')),
      commons.Language.TYPESCRIPT,
    );
  return { CodeMaker, TerraformProviderGenerator, target };
}

async function withEnvironment<T>(variables: Record<string, string>, load: () => Promise<T>): Promise<T> {
  const before = { ...process.env };
  Object.assign(process.env, variables);
  try {
    return await load();
  } finally {
    for (const name of Object.keys(variables)) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
  }
}

function readBack(output: string, provider: ProviderBinding): ReadonlyMap<string, string> {
  const paths = filesBelow(output, '.').map((path) => path.replaceAll('\\', '/'));
  const code = paths.filter((path) => path.includes('/') && path.endsWith('.ts')).sort();
  return new Map(code.map((path) => [path, annotated(readFileSync(join(output, path), 'utf8'), provider)]));
}

/**
 * The generator's output is not written for `noImplicitOverride`, hence `@ts-nocheck`: its types are still exported.
 * Our own provider has no page at a registry, so its links go and its descriptions stay.
 */
function annotated(source: string, { name, facts }: ProviderBinding): string {
  const header = `/** Generated by \`npm run generate\` from ${facts}. Not to be edited. */\n// @ts-nocheck\n`;
  const withoutLinks =
    name === 'keyquake' ? source.replace(registryLines, '').replace(registryLinks, '$1') : source;
  return header + withoutLinks;
}

const registryLines =
  /^(?:\/\/ https:\/\/registry|[ ]*\*[ ]*(?:Docs at Terraform Registry)).*\n(?:[ ]*\*\n)?/gm;
const registryLinks = /\{@link https:\/\/registry\S+ ([^}]+)\}/g;

/**
 * Every L1 class by name, its file loaded when the name is first used; types of the nested blocks come along as
 * types only. Written out in the form that Node's ES module loader recognizes as named exports.
 */
function lazyIndex(provider: ProviderBinding, sources: ReadonlyMap<string, string>): string {
  const classes = [...sources].flatMap(([path, source]) => {
    const name = /^export class (\w+) extends cdktf\.Terraform(?:Resource|DataSource|Provider) \{/m.exec(
      source,
    )?.[1];
    return name === undefined ? [] : [{ name, file: `./${path.replace(/\/index\.ts$/, '')}` }];
  });
  return [
    `/** Generated by \`npm run generate\` from ${provider.facts}. Not to be edited. */`,
    ...classes.map(({ file }) => `export type * from '${file}';`),
    ...classes.flatMap(({ name, file }) => [
      `export declare const ${name}: typeof import('${file}').${name};`,
      `export type ${name} = import('${file}').${name};`,
    ]),
    'const files = {',
    ...classes.map(({ name, file }) => `  get ${name}() { return require('${file}').${name}; },`),
    '};',
    ...classes.map(
      ({ name }) =>
        `Object.defineProperty(module.exports, '${name}', { enumerable: true, get: function () { return files.${name}; } });`,
    ),
    '',
  ].join('\n');
}
