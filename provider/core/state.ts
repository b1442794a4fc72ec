/**
 * TypeScript types of a resource's state. {@link StateOf} infers them from a schema that is written as
 * `const … = {…} as const satisfies TypeFacts`; for schemas that come as JSON files the resource names a type of its own.
 */
import type { TypeFacts } from './facts';
import type { DynamicValue, TerraformNumber, Unknown, Value } from './values';

/** The state of a resource: every attribute and every nested block of the schema. */
export type StateOf<Facts extends TypeFacts> = Readable<
  BlockState<Facts['wire']['block'], Facts['planning'] extends { attributes: infer A } ? A : unknown>
>;

/**
 * What a function tells of a resource. An attribute that is left out keeps the value it has (in the prior state when
 * reading, in the plan when creating or updating); `null` says that it has none.
 */
export type Observed<State> = { readonly [Name in keyof State]?: State[Name] | undefined };

/** A state in which any value may be unknown: what validation and planning see. */
export type WithUnknowns<T> = Unknown | KnownShape<T>;
type KnownShape<T> = T extends null | string | boolean | TerraformNumber | DynamicValue
  ? T
  : T extends readonly (infer Element)[]
    ? readonly WithUnknowns<Element>[]
    : T extends object
      ? { readonly [Name in keyof T]: WithUnknowns<T[Name]> }
      : T;

/** The top level of a planned or configured resource: the object itself is known, its members need not be. */
export type Configured<State> = { readonly [Name in keyof State]: WithUnknowns<State[Name]> };

type Readable<T> = { readonly [Name in keyof T]: T[Name] };

type BlockState<Block, Planning> = AttributesState<Member<Block, 'attributes'>, Planning> &
  NestedState<Member<Block, 'block_types'>, Planning>;

type Member<T, Name extends string> = T extends { readonly [N in Name]: infer M } ? M : unknown;

type AttributesState<Attributes, Planning> = {
  -readonly [Name in keyof Attributes]: AttributeState<Attributes[Name], Member<Planning, Name & string>>;
};

type AttributeState<Attribute, Planning> = Attribute extends { readonly required: true }
  ? AttributeValue<Attribute, Planning>
  : AttributeValue<Attribute, Planning> | null;

type AttributeValue<Attribute, Planning> = Attribute extends { readonly nested_type: infer Nested }
  ? Nesting<Member<Nested, 'nesting_mode'>, AttributesState<Member<Nested, 'attributes'>, unknown>>
  : Planning extends { readonly type: 'int' }
    ? number
    : TypeState<Member<Attribute, 'type'>>;

type NestedState<Blocks, Planning> = {
  -readonly [Name in keyof Blocks]: Nesting<
    Member<Blocks[Name], 'nesting_mode'>,
    Readable<BlockState<Member<Blocks[Name], 'block'>, Member<Member<Planning, Name & string>, 'block'>>>
  >;
};

type Nesting<Mode, Element> = Mode extends 'list' | 'set'
  ? readonly Element[]
  : Mode extends 'map'
    ? { readonly [key: string]: Element }
    : Element | null;

type TypeState<Type> = Type extends 'string'
  ? string
  : Type extends 'number'
    ? TerraformNumber
    : Type extends 'bool'
      ? boolean
      : Type extends 'dynamic'
        ? DynamicValue
        : Type extends readonly ['list' | 'set', infer Element]
          ? readonly (TypeState<Element> | null)[]
          : Type extends readonly ['map', infer Element]
            ? { readonly [key: string]: TypeState<Element> | null }
            : Type extends readonly ['object', infer Members]
              ? { readonly [Name in keyof Members]: TypeState<Members[Name]> | null }
              : Value;
