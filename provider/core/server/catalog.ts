/** The types that a provider serves, each with its schema, built when it is first asked for. */
import type { AnyDataSource } from '../data-source';
import type { AnyEphemeralResource } from '../ephemeral';
import type { TypeFacts } from '../facts';
import type { ProviderFunction } from '../function';
import type { AnyProvider } from '../provider';
import type { AnyResource } from '../resource';
import {
  type Attribute,
  type Block,
  fromFacts,
  fromProviderFacts,
  lookup,
  type Schema,
  SchemaError,
} from '../schema';

export interface Served<Definition> {
  readonly definition: Definition;
  readonly schema: Schema;
  readonly legacy: boolean;
}

export type ServedResource = Served<AnyResource<unknown>>;
export type ServedDataSource = Served<AnyDataSource<unknown>>;
export type ServedEphemeralResource = Served<AnyEphemeralResource<unknown>>;

/** The types of one kind, by name. */
export class Types<Definition extends Hooks & { readonly facts: TypeFacts }> {
  readonly #definitions: ReadonlyMap<string, Definition>;
  readonly #served = new Map<string, Served<Definition>>();

  constructor(
    private readonly kind: string,
    definitions: readonly Definition[],
    private readonly isLegacy: (definition: Definition) => boolean,
  ) {
    this.#definitions = new Map(definitions.map((definition) => [definition.facts.type, definition]));
  }

  get names(): readonly string[] {
    return [...this.#definitions.keys()].sort();
  }

  /** Throws {@link UnknownTypeError}. */
  get(name: string): Served<Definition> {
    const served = this.#served.get(name);
    if (served) return served;
    const definition = this.#definitions.get(name);
    if (!definition) throw new UnknownTypeError(this.kind, name);
    const built = { definition, schema: fromFacts(definition.facts), legacy: this.isLegacy(definition) };
    checkHooks(built.schema, definition);
    if (!built.legacy) checkDefaults(built.schema.block, name);
    this.#served.set(name, built);
    return built;
  }
}

export class UnknownTypeError extends Error {
  override readonly name = 'UnknownTypeError';

  constructor(kind: string, typeName: string) {
    super(`the provider has no ${kind} '${typeName}'`);
  }
}

export class Catalog {
  readonly provider: Schema;
  readonly resources: Types<AnyResource<unknown>>;
  readonly dataSources: Types<AnyDataSource<unknown>>;
  readonly ephemeralResources: Types<AnyEphemeralResource<unknown>>;
  readonly functions: ReadonlyMap<string, ProviderFunction>;

  constructor(readonly definition: AnyProvider) {
    const legacy = definition.legacyTypeSystem ?? false;
    this.provider = fromProviderFacts(definition.name, definition.facts);
    checkHooks(this.provider, definition);
    this.resources = new Types('resource', definition.resources, (each) => each.legacyTypeSystem ?? legacy);
    this.dataSources = new Types('data source', definition.dataSources, () => legacy);
    this.ephemeralResources = new Types(
      'ephemeral resource',
      definition.ephemeralResources ?? [],
      () => false,
    );
    this.functions = new Map(definition.functions?.map((each) => [each.name, each]));
  }
}

interface Hooks {
  readonly validators?: object;
  readonly diffSuppress?: object;
  readonly stateFunc?: object;
  readonly notEmulated?: readonly string[];
}

/** A hook for an attribute that does not exist would silently do nothing. */
function checkHooks(schema: Schema, hooks: Hooks): void {
  const names = [
    ...Object.keys({ ...hooks.validators, ...hooks.diffSuppress, ...hooks.stateFunc }),
    ...(hooks.notEmulated ?? []),
  ];
  const missing = names.filter((name) => !lookup(schema.block, name));
  if (missing.length > 0) {
    throw new SchemaError(
      `${schema.typeName} has hooks for ${missing.join(', ')}, which its schema does not have`,
    );
  }
}

/** Terraform takes a planned value that the configuration does not have for computed attributes only. */
function checkDefaults(block: Block, at: string): void {
  const wrong = (attribute: Attribute): boolean =>
    attribute.planning.default !== undefined && !attribute.computed;
  for (const attribute of block.attributes.values()) {
    if (wrong(attribute)) {
      throw new SchemaError(
        `${at}.${attribute.name} has a default and so must be computed as well as optional`,
      );
    }
    if (attribute.nested) checkDefaults(attribute.nested.block, `${at}.${attribute.name}`);
  }
  for (const nested of block.blocks.values()) checkDefaults(nested.block, `${at}.${nested.name}`);
}
