/** What a provider tells Terraform of its schemas, through a real connection, in the form of the facts. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AnyProvider } from '../../../../provider';
import type { WireBlock, WireSchema } from '../../../../provider/core/facts';
import type {
  GetProviderSchema_Response,
  Schema,
  Schema_Block,
} from '../../../../provider/protocol/gen/tfplugin6';
import { fixedContext } from '../../../support/awkward-provider';
import { call, serveForTest } from '../../../support/plugin-client';

export async function emittedSchemas(provider: AnyProvider): Promise<GetProviderSchema_Response> {
  const served = await serveForTest(provider, fixedContext);
  try {
    return await call(served.client, (client) => client.getProviderSchema, {});
  } finally {
    served.close();
  }
}

/** The `wire` of a facts file, below `provider/`. */
export function factsWire(path: string): WireSchema {
  const text = readFileSync(join(__dirname, '../../../../provider', path), 'utf8');
  return (JSON.parse(text) as { wire: WireSchema }).wire;
}

const flags = ['required', 'optional', 'computed', 'sensitive', 'deprecated'] as const;
const nestingModes: readonly string[] = ['', 'single', 'list', 'set', 'map', 'group'];

/** One line per attribute and block: `boot_volume.name: "string" optional computed`. */
export function linesOf({ version, block }: WireSchema): string[] {
  return [`version ${version}`, ...blockLines(block, '')].sort();
}

function blockLines({ attributes = {}, block_types = {} }: WireBlock, prefix: string): string[] {
  const own = Object.entries(attributes).map(([name, attribute]) => {
    const set = flags.filter((flag) => attribute[flag]);
    return `${prefix}${name}: ${JSON.stringify(attribute.type)} ${set.join(' ')}`;
  });
  const nested = Object.entries(block_types).flatMap(([name, type]) => {
    const { nesting_mode, min_items = 0, max_items = 0, block } = type;
    return [
      `${prefix}${name}: block ${nesting_mode} ${min_items}..${max_items}`,
      ...blockLines(block, `${prefix}${name}.`),
    ];
  });
  return [...own, ...nested];
}

export function emittedLines(schema: Schema | undefined): string[] {
  if (!schema?.block) return [];
  return [`version ${schema.version}`, ...emittedBlockLines(schema.block, '')].sort();
}

function emittedBlockLines({ attributes, blockTypes }: Schema_Block, prefix: string): string[] {
  const own = attributes.map((attribute) => {
    const set = flags.filter((flag) => attribute[flag]);
    return `${prefix}${attribute.name}: ${attribute.type.toString()} ${set.join(' ')}`;
  });
  const nested = blockTypes.flatMap(({ typeName, nesting, minItems, maxItems, block }) => [
    `${prefix}${typeName}: block ${nestingModes[nesting]} ${minItems}..${maxItems}`,
    ...(block ? emittedBlockLines(block, `${prefix}${typeName}.`) : []),
  ]);
  return [...own, ...nested];
}
