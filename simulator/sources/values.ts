/** Reading of values as plans and states write them: beside the values lies a mask of the same shape, `true` where it applies. */
import { arrayOf, isObject, type Json, member, stringsIn } from './json';
import { type Attribute, absent, type Body } from './resource';

/** `true` for a whole value, or members and items that are themselves masks. */
export type Mask = Json | undefined;

/** Whether the mask covers the value at the path, or something that contains it. */
export function covers(mask: Mask, path: readonly string[]): boolean {
  let here = mask;
  for (const step of path) {
    if (here === true) return true;
    here = member(here, step);
  }
  return here === true;
}

export function valueAt(values: Json | undefined, path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>((here, step) => member(here, step), values);
}

/** A null or missing value is absent. */
export function attributeAt(values: Json | undefined, sensitive: Mask, path: readonly string[]): Attribute {
  const value = valueAt(values, path);
  if (value === undefined || value === null) return absent;
  return { kind: 'known', value, sensitive: touches(sensitive, path) };
}

/** Whether the mask covers the value at the path, what contains it, or anything in it. */
export function touches(mask: Mask, path: readonly string[]): boolean {
  return covers(mask, path) || holdsTrue(valueAt(mask, path));
}

function holdsTrue(mask: Mask): boolean {
  if (mask === true) return true;
  if (Array.isArray(mask)) return mask.some((item: Json) => holdsTrue(item));
  return isObject(mask) && Object.values(mask).some(holdsTrue);
}

/** A body all of whose values are known: a state's. */
export function knownBody(values: Json | undefined, sensitive: Mask): Body {
  return {
    read: (...path) => attributeAt(values, sensitive, path),
    blocks: (name) =>
      blocksOf(member(values, name)).map((block, index) =>
        knownBody(block, covers(sensitive, [name]) ? true : valueAt(sensitive, [name, String(index)])),
      ),
    names: () =>
      isObject(values) ? Object.keys(values).filter((name) => !isEmpty(member(values, name))) : [],
    mentions: (name) => ({
      texts: touches(sensitive, [name]) ? [] : stringsIn(member(values, name)),
      origins: [],
      problems: [],
    }),
  };
}

/** Blocks of a list or set, or the single block. */
export function blocksOf(value: Json | undefined): readonly Json[] {
  return isObject(value) ? [value] : arrayOf(value);
}

export function isEmpty(value: Json | undefined): boolean {
  return value === undefined || value === null || (Array.isArray(value) && value.length === 0);
}
