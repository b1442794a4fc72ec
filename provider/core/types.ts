/**
 * Terraform's value types in their wire form (JSON): `"string"`, `["list", "number"]`, `["object", {"name": "string"}]`.
 *
 * Source: terraform-plugin-protocol.md 3.
 */
export type CtyType = PrimitiveType | CollectionType | ObjectType | TupleType;

export type PrimitiveType = 'string' | 'number' | 'bool' | 'dynamic';
export type CollectionType =
  | readonly ['list', CtyType]
  | readonly ['set', CtyType]
  | readonly ['map', CtyType];
/** The third member, when there is one, names the members that may be left out in a configuration. */
export type ObjectType =
  | readonly ['object', ObjectMembers]
  | readonly ['object', ObjectMembers, readonly string[]];
export type TupleType = readonly ['tuple', readonly CtyType[]];
export type ObjectMembers = { readonly [name: string]: CtyType };

export class TypeFormatError extends Error {
  override readonly name = 'TypeFormatError';
}

const primitives: ReadonlySet<unknown> = new Set<PrimitiveType>(['string', 'number', 'bool', 'dynamic']);

/** Checks that a parsed JSON document is a type. Throws {@link TypeFormatError} naming what is not. */
export function parseType(json: unknown): CtyType {
  if (primitives.has(json)) return json as PrimitiveType;
  if (Array.isArray(json)) {
    const [kind, element] = json as readonly unknown[];
    if (kind === 'list' || kind === 'set' || kind === 'map')
      return [kind, parseType(element)] as CollectionType;
    if (kind === 'tuple' && Array.isArray(element)) return ['tuple', element.map(parseType)];
    if (kind === 'object' && element !== null && typeof element === 'object') {
      return ['object', parseMembers(element)];
    }
  }
  throw new TypeFormatError(
    `${JSON.stringify(json)} is not a Terraform type; write it like "string" or ["list","number"]`,
  );
}

function parseMembers(members: object): ObjectMembers {
  return Object.fromEntries(Object.entries(members).map(([name, type]) => [name, parseType(type)]));
}

/** How configurations write the type: `list(object({ name = string }))`. For messages. */
export function typeText(type: CtyType): string {
  if (typeof type === 'string') return type === 'dynamic' ? 'any' : type;
  if (type[0] === 'tuple') return `tuple([${type[1].map(typeText).join(', ')}])`;
  if (type[0] === 'object') {
    const members = Object.entries(type[1]).map(([name, member]) => `${name} = ${typeText(member)}`);
    return `object({ ${members.join(', ')} })`;
  }
  return `${type[0]}(${typeText(type[1])})`;
}
