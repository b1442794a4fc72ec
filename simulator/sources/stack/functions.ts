/**
 * Functions of the Terraform language that are computed here: those that move values about. A function answers
 * undefined when its arguments are not known well enough; then its result is unknown and comes from its arguments.
 */
import { isKnown, isList, isMap, isUnknown, jsonOf, literal, Unknown, unknownIn, type Value } from './value';

type Compute = (args: readonly Value[]) => Value | undefined;

export const functions: Readonly<Record<string, Compute>> = {
  tolist: ([list]) => itemsOf(list),
  toset: ([list]) => distinct(itemsOf(list)),
  distinct: ([list]) => distinct(itemsOf(list)),
  tomap: ([map]) => (isMap(map) ? map : undefined),
  tostring: ([value]) => textOf(value),
  tonumber: ([value]) => (Number.isNaN(Number(textOf(value) ?? Number.NaN)) ? undefined : Number(value)),
  tobool: ([value]) =>
    value === 'true' ? true : value === 'false' ? false : typeof value === 'boolean' ? value : undefined,
  element: ([list, index]) =>
    isList(list) && typeof index === 'number' && list.length > 0 ? list[index % list.length] : undefined,
  lookup: ([map, key, otherwise]) => {
    const name = textOf(key);
    return isMap(map) && name !== undefined ? (map.get(name) ?? otherwise) : undefined;
  },
  coalesce: (args) => firstCertain(args, (value) => value !== null && value !== ''),
  try: (args) => args.find((value) => !isUnknown(value) || value.origins.length > 0) ?? args[0],
  one: ([list]) => (isList(list) ? (list[0] ?? null) : undefined),
  concat: (args) => (args.every(isList) ? args.flat() : undefined),
  flatten: ([list]) => (isList(list) ? flattened(list) : undefined),
  compact: ([list]) => (isList(list) ? list.filter((item) => item !== null && item !== '') : undefined),
  reverse: ([list]) => (isList(list) ? [...list].reverse() : undefined),
  merge: (args) => (args.every(isMap) ? new Map(args.flatMap((map) => [...map])) : undefined),
  keys: ([map]) => (isMap(map) ? sortedKeys(map) : undefined),
  values: ([map]) => (isMap(map) ? sortedKeys(map).map((key) => map.get(key) ?? null) : undefined),
  zipmap: ([keys, values]) => zipped(keys, values),
  length: ([value]) =>
    isList(value)
      ? value.length
      : isMap(value)
        ? value.size
        : typeof value === 'string'
          ? value.length
          : undefined,
  range: (args) => range(args),
  contains: ([list, value]) =>
    isList(list) && value !== undefined && isKnown(list) && isKnown(value)
      ? list.some((item) => isEqual(item, value))
      : undefined,
  join: ([separator, list]) => joinedBy(separator, list),
  format: (args) => formatted(args),
  lower: ([text]) => textOf(text)?.toLowerCase(),
  upper: ([text]) => textOf(text)?.toUpperCase(),
  trimspace: ([text]) => textOf(text)?.trim(),
  jsonencode: ([value]) => (value === undefined ? undefined : encoded(value)),
  jsondecode: ([text]) => decoded(textOf(text)),
};

/** A primitive as the language writes it into text; undefined for anything else. */
export function textOf(value: Value | undefined): string | undefined {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined;
}

export function isEqual(one: Value, other: Value): boolean {
  return JSON.stringify(jsonOf(one)) === JSON.stringify(jsonOf(other));
}

function itemsOf(value: Value | undefined): readonly Value[] | undefined {
  return isList(value) ? value : undefined;
}

function distinct(list: readonly Value[] | undefined): readonly Value[] | undefined {
  return list?.filter(
    (item, index) =>
      !isKnown(item) || list.findIndex((other) => isKnown(other) && isEqual(other, item)) === index,
  );
}

/** The first that passes, as long as everything before it is known not to. */
function firstCertain(args: readonly Value[], passes: (value: Value) => boolean): Value | undefined {
  for (const value of args) {
    if (isUnknown(value)) return undefined;
    if (passes(value)) return value;
  }
  return undefined;
}

function flattened(list: readonly Value[]): readonly Value[] {
  return list.flatMap((item) => (isList(item) ? flattened(item) : [item]));
}

function sortedKeys(map: ReadonlyMap<string, Value>): readonly string[] {
  return [...map.keys()].sort();
}

function zipped(keys: Value | undefined, values: Value | undefined): Value | undefined {
  if (!isList(keys) || !isList(values)) return undefined;
  const names = keys.map(textOf);
  if (!names.every((name) => name !== undefined)) return undefined;
  return new Map(names.map((name, index) => [name, values[index] ?? null]));
}

const longestRange = 10_000;

function range(args: readonly Value[]): Value | undefined {
  if (!args.every((value) => typeof value === 'number')) return undefined;
  const [start, end, step] =
    args.length === 1 ? [0, args[0] ?? 0, 1] : [args[0] ?? 0, args[1] ?? 0, args[2] ?? 1];
  const count = Math.max(0, Math.ceil((end - start) / step));
  return Number.isFinite(count) && count <= longestRange
    ? Array.from({ length: count }, (_, index) => start + index * step)
    : undefined;
}

function joinedBy(separator: Value | undefined, list: Value | undefined): Value | undefined {
  const texts = isList(list) ? list.map(textOf) : undefined;
  const between = textOf(separator);
  return texts?.every((text) => text !== undefined) && between !== undefined
    ? texts.join(between)
    : undefined;
}

/** Only `%s`, `%d` and `%%`; any other verb is not computed. */
function formatted([pattern, ...args]: readonly Value[]): Value | undefined {
  const texts = args.map(textOf);
  if (typeof pattern !== 'string' || !texts.every((text) => text !== undefined)) return undefined;
  if (/%[^sd%]/.test(pattern.replaceAll('%%', ''))) return undefined;
  let next = 0;
  return pattern.replace(/%[sd%]/g, (verb) => {
    if (verb === '%%') return '%';
    next += 1;
    return texts[next - 1] ?? '';
  });
}

/** JSON of which unknown texts are unknown pieces. */
function encoded(value: Value): Value {
  const json = jsonOf(value);
  if (json !== undefined) return JSON.stringify(json);
  const pieces = encodedPieces(value);
  const { origins, problems } = unknownIn([value]);
  return new Unknown(origins, problems, pieces);
}

function encodedPieces(value: Value): readonly (string | Unknown)[] {
  const json = jsonOf(value);
  if (json !== undefined) return [JSON.stringify(json)];
  if (isList(value)) return ['[', ...separated(value.map(encodedPieces)), ']'];
  if (isMap(value)) {
    const members = [...value].map(([name, item]) => [`${JSON.stringify(name)}:`, ...encodedPieces(item)]);
    return ['{', ...separated(members), '}'];
  }
  return ['"', unknownIn([value]), '"'];
}

function separated(lists: readonly (readonly (string | Unknown)[])[]): readonly (string | Unknown)[] {
  return lists.flatMap((list, index) => (index === 0 ? list : [',', ...list]));
}

function decoded(text: string | undefined): Value | undefined {
  try {
    return text === undefined ? undefined : literal(JSON.parse(text));
  } catch {
    return undefined;
  }
}
