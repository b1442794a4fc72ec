/**
 * The schema of a type as the core works with it: the wire schema and the planning facts of each attribute in one place.
 * Built from facts and from nothing else, so that an emitted schema cannot drift from them.
 */
import type { Duration } from '../../domain/time';
import { parseGoDuration } from './durations';
import type {
  AttributeFacts,
  PlanningFacts,
  ProviderFacts,
  TypeFacts,
  ValidatorFacts,
  WireAttribute,
  WireBlock,
  WireNestedBlock,
} from './facts';
import { type CtyType, type ObjectType, parseType } from './types';

export type Nesting = 'single' | 'list' | 'set' | 'map' | 'group';

export interface Schema {
  readonly typeName: string;
  readonly version: number;
  readonly block: Block;
  /** The type of the whole state. */
  readonly type: ObjectType;
  /** Defaults of the `timeouts` block, by operation. */
  readonly timeouts: ReadonlyMap<string, Duration>;
  readonly validators: readonly ValidatorFacts[];
  readonly planning: PlanningFacts;
}

export interface Block {
  readonly attributes: ReadonlyMap<string, Attribute>;
  readonly blocks: ReadonlyMap<string, NestedBlock>;
  readonly description: string;
  readonly deprecated: boolean;
}

export interface Attribute {
  readonly name: string;
  readonly type: CtyType;
  /** Set for attributes whose members are described one by one. */
  readonly nested?: { readonly nesting: Nesting; readonly block: Block };
  readonly description: string;
  readonly required: boolean;
  readonly optional: boolean;
  readonly computed: boolean;
  readonly sensitive: boolean;
  readonly deprecated: boolean;
  readonly writeOnly: boolean;
  readonly planning: AttributeFacts;
}

export interface NestedBlock {
  readonly name: string;
  readonly nesting: Nesting;
  readonly block: Block;
  readonly minItems: number;
  readonly maxItems: number;
  /** The API fills it in when the configuration has none. */
  readonly computed: boolean;
  readonly planning: AttributeFacts;
}

export class SchemaError extends Error {
  override readonly name = 'SchemaError';
}

type PlanningOf = { readonly [name: string]: AttributeFacts };

/** Builds the schema of a resource, data source or ephemeral resource. Throws {@link SchemaError}. */
export function fromFacts(facts: TypeFacts): Schema {
  const planning = facts.planning ?? {};
  const block = blockFrom(facts.wire.block, planning.attributes ?? {}, facts.type);
  return {
    typeName: facts.type,
    version: facts.wire.version,
    block,
    type: blockType(block),
    timeouts: new Map(
      Object.entries(planning.timeouts ?? {}).map(([operation, text]) => [operation, parseGoDuration(text)]),
    ),
    // The vendor's list has rules that could not be assigned to an attribute; they limit nothing.
    validators: (planning.validators ?? []).filter((rule) => rule.attribute !== ''),
    planning,
  };
}

/** Builds the schema of a provider's own configuration. */
export function fromProviderFacts(name: string, facts: ProviderFacts): Schema {
  return fromFacts({ type: name, wire: facts.wire, planning: { attributes: facts.planning ?? {} } });
}

function blockFrom(wire: WireBlock, planning: PlanningOf, at: string): Block {
  const attributes = Object.entries(wire.attributes ?? {}).map(
    ([name, attribute]) => [name, attributeFrom(name, attribute, planning[name] ?? {}, at)] as const,
  );
  const blocks = Object.entries(wire.block_types ?? {}).map(
    ([name, nested]) => [name, nestedFrom(name, nested, planning[name] ?? {}, at)] as const,
  );
  return {
    attributes: new Map(attributes),
    blocks: new Map(blocks),
    description: wire.description ?? '',
    deprecated: wire.deprecated ?? false,
  };
}

function attributeFrom(name: string, wire: WireAttribute, planning: AttributeFacts, at: string): Attribute {
  const where = `${at}.${name}`;
  const nested = wire.nested_type && {
    nesting: parseNesting(wire.nested_type.nesting_mode, where),
    block: blockFrom({ attributes: wire.nested_type.attributes }, planning.block ?? {}, where),
  };
  return {
    name,
    type: nested ? nestedType(nested.nesting, nested.block) : parseType(wire.type),
    ...(nested && { nested }),
    description: wire.description ?? '',
    required: wire.required ?? false,
    optional: wire.optional ?? false,
    computed: wire.computed ?? false,
    sensitive: wire.sensitive ?? false,
    deprecated: wire.deprecated ?? false,
    writeOnly: wire.write_only ?? false,
    planning,
  };
}

function nestedFrom(name: string, wire: WireNestedBlock, planning: AttributeFacts, at: string): NestedBlock {
  const where = `${at}.${name}`;
  const block = blockFrom(wire.block, planning.block ?? {}, where);
  if (hasDynamic(blockType(block))) {
    throw new SchemaError(`${where}: attributes of type "dynamic" inside nested blocks are not supported`);
  }
  return {
    name,
    nesting: parseNesting(wire.nesting_mode, where),
    block,
    minItems: wire.min_items ?? 0,
    maxItems: wire.max_items ?? 0,
    computed: planning.computed ?? false,
    planning,
  };
}

const nestings: ReadonlySet<string> = new Set<Nesting>(['single', 'list', 'set', 'map', 'group']);

function parseNesting(text: string, where: string): Nesting {
  if (!nestings.has(text))
    throw new SchemaError(`${where}: '${text}' is not one of ${[...nestings].join(', ')}`);
  return text as Nesting;
}

/** The object type of a block's value. */
export function blockType(block: Block): ObjectType {
  const attributes = [...block.attributes.values()].map((each) => [each.name, each.type] as const);
  const blocks = [...block.blocks.values()].map(
    (each) => [each.name, nestedType(each.nesting, each.block)] as const,
  );
  return ['object', Object.fromEntries([...attributes, ...blocks])];
}

/** The type of everything under one nested block's or nested attribute's name. */
export function nestedType(nesting: Nesting, block: Block): CtyType {
  const element = blockType(block);
  return nesting === 'single' || nesting === 'group' ? element : [nesting, element];
}

function hasDynamic(type: CtyType): boolean {
  if (typeof type === 'string') return type === 'dynamic';
  if (type[0] === 'object') return Object.values(type[1]).some(hasDynamic);
  return type[0] === 'tuple' ? type[1].some(hasDynamic) : hasDynamic(type[1]);
}

/** Looks up an attribute or a nested block by name, with dots through blocks: `boot_volume.name`. */
export function lookup(block: Block, name: string): Attribute | NestedBlock | undefined {
  const [first = '', ...rest] = name.split('.');
  const found = block.attributes.get(first) ?? block.blocks.get(first);
  if (rest.length === 0 || !found) return found;
  const inner = 'block' in found ? found.block : found.nested?.block;
  return inner && lookup(inner, rest.join('.'));
}
