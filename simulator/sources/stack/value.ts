/** Values of expressions, some of which only apply will know. */
import type { Json } from '../json';
import { type Attribute, absent, type Mentions, type Origin, type UnknownAttribute } from '../resource';

export type Value = null | boolean | number | string | readonly Value[] | ValueMap | Unknown | Handle;

/** An object or a map. */
export type ValueMap = ReadonlyMap<string, Value>;

/** A value that apply decides; `pieces` when it is text of which some pieces are known. */
export class Unknown {
  constructor(
    readonly origins: readonly Origin[],
    readonly problems: readonly string[] = [],
    readonly pieces?: readonly (string | Unknown)[],
  ) {}

  /** The same without its pieces: what comes of it when something is computed from it. */
  blurred(): Unknown {
    return new Unknown(this.origins, this.problems);
  }
}

/** Something whose members are computed when they are asked for: a resource instance, `local`, `var`, … */
export class Handle {
  constructor(
    readonly member: (name: string) => Value,
    /** Set for a resource instance: what a reference to the whole of it comes from. */
    readonly origin?: Origin,
  ) {}
}

export function isMap(value: Value | undefined): value is ValueMap {
  return value instanceof Map;
}

export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

export function isUnknown(value: Value | undefined): value is Unknown {
  return value instanceof Unknown;
}

export function isHandle(value: Value | undefined): value is Handle {
  return value instanceof Handle;
}

/** Reason without origin. */
export function problem(text: string): Unknown {
  return new Unknown([], [text]);
}

/** One unknown for everything unknown in these values, however deep. */
export function unknownIn(values: readonly Value[]): Unknown {
  const found = values.flatMap(unknownsIn);
  return new Unknown(
    found.flatMap(({ origins }) => origins),
    [...new Set(found.flatMap(({ problems }) => problems))],
  );
}

function unknownsIn(value: Value): readonly Unknown[] {
  if (isUnknown(value)) return [value];
  if (isHandle(value)) return [new Unknown(value.origin ? [value.origin] : [])];
  if (isList(value)) return value.flatMap(unknownsIn);
  return isMap(value) ? [...value.values()].flatMap(unknownsIn) : [];
}

export function isKnown(value: Value): boolean {
  return unknownsIn(value).length === 0;
}

/** A literal of the configuration, without expressions in it. */
export function literal(json: Json | undefined): Value {
  if (json === undefined || json === null || typeof json !== 'object') return json ?? null;
  if (Array.isArray(json)) return json.map((item: Json) => literal(item));
  return new Map(Object.entries(json).map(([name, item]) => [name, literal(item)]));
}

/** As JSON; undefined when some of it is not known. */
export function jsonOf(value: Value): Json | undefined {
  if (!isKnown(value)) return undefined;
  if (isList(value)) return value.map((item) => jsonOf(item) ?? null);
  if (isMap(value)) return Object.fromEntries([...value].map(([name, item]) => [name, jsonOf(item) ?? null]));
  return value as Exclude<Value, readonly Value[] | ValueMap | Unknown | Handle>;
}

/** What a source shows of the value. Sensitive variables never get this far, so nothing known is sensitive. */
export function attributeOf(value: Value): Attribute {
  if (value === null) return absent;
  const json = jsonOf(value);
  if (json !== undefined && json !== null) return { kind: 'known', value: json, sensitive: false };
  return isUnknown(value) ? unknownAttribute(value) : unknownAttribute(unknownIn([value]));
}

function unknownAttribute({ origins, problems, pieces }: Unknown): UnknownAttribute {
  return {
    kind: 'unknown',
    origins,
    problems,
    ...(pieces && {
      pieces: pieces.map((piece) => (typeof piece === 'string' ? piece : unknownAttribute(piece))),
    }),
  };
}

export function mentionsOf(value: Value): Mentions {
  const { origins, problems } = unknownIn([value]);
  return { texts: textsIn(value), origins, problems };
}

function textsIn(value: Value): readonly string[] {
  if (typeof value === 'string') return [value];
  if (isUnknown(value)) return (value.pieces ?? []).filter((piece) => typeof piece === 'string');
  if (isList(value)) return value.flatMap(textsIn);
  return isMap(value) ? [...value.values()].flatMap(textsIn) : [];
}
