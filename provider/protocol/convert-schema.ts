/** The core's schemas as messages of the protocol. */
import type { FunctionParameter, ProviderFunction } from '../core/function';
import type { Attribute, Block, NestedBlock, Nesting, Schema } from '../core/schema';
import type { CtyType } from '../core/types';
import type * as wire from './gen/tfplugin6';

/** Values of the protocol's enums: both number the modes alike. */
const nestingModes: Readonly<Record<Nesting, number>> = { single: 1, list: 2, set: 3, map: 4, group: 5 };

const plainText = 0;

export function encodeSchema({ version, block }: Schema): wire.Schema {
  return { version, block: encodeBlock(block, version) };
}

function encodeBlock(block: Block, version = 0): wire.Schema_Block {
  return {
    version,
    attributes: [...block.attributes.values()].map(encodeAttribute),
    blockTypes: [...block.blocks.values()].map(encodeNestedBlock),
    description: block.description,
    descriptionKind: plainText,
    deprecated: block.deprecated,
  };
}

function encodeType(type: CtyType): Buffer {
  return Buffer.from(JSON.stringify(type));
}

function encodeAttribute(attribute: Attribute): wire.Schema_Attribute {
  const { name, description, required, optional, computed, sensitive, deprecated, writeOnly, nested } =
    attribute;
  return {
    name,
    type: nested ? Buffer.alloc(0) : encodeType(attribute.type),
    nestedType: nested && {
      attributes: [...nested.block.attributes.values()].map(encodeAttribute),
      nesting: nestingModes[nested.nesting],
    },
    description,
    descriptionKind: plainText,
    required,
    optional,
    computed,
    sensitive,
    deprecated,
    writeOnly,
  };
}

function encodeNestedBlock(nested: NestedBlock): wire.Schema_NestedBlock {
  return {
    typeName: nested.name,
    block: encodeBlock(nested.block),
    nesting: nestingModes[nested.nesting],
    minItems: nested.minItems,
    maxItems: nested.maxItems,
  };
}

export function encodeFunction(served: ProviderFunction): wire.FunctionMessage {
  return {
    parameters: served.parameters.map(encodeParameter),
    variadicParameter: served.variadic && encodeParameter(served.variadic),
    return: { type: encodeType(served.returns) },
    summary: served.summary,
    description: served.description ?? '',
    descriptionKind: plainText,
    deprecationMessage: '',
  };
}

function encodeParameter(parameter: FunctionParameter): wire.Function_Parameter {
  return {
    name: parameter.name,
    type: encodeType(parameter.type),
    allowNullValue: parameter.nullable ?? false,
    allowUnknownValues: false,
    description: parameter.description ?? '',
    descriptionKind: plainText,
  };
}
