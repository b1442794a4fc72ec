/**
 * Which changes of a plan replace the resource. The paths name attributes, because only an attribute can require a
 * replacement; within a set, whose elements have no path, they name the set.
 *
 * Sources: terraform-plugin-protocol.md 4.6; for types with `legacyTypeSystem` the SDK of the vendor's provider
 * (`helper/schema/schema.go` finalizeDiff, diffList, diffSet): `forceNew` of a block looks at the number of blocks only,
 * their attributes answer for themselves.
 */
import { sameValue } from './equality';
import { elementOf, memberOf } from './nested';
import type { AttributePath } from './path';
import { type Attribute, type Block, blockType, type NestedBlock, type Nesting, nestedType } from './schema';
import { unknownValue, type Value, type ValueList, type ValueObject } from './values';

interface Change {
  readonly prior: Value;
  readonly planned: Value;
  readonly path: AttributePath;
}

/** Paths of the attributes whose change between `prior` and `planned` requires a replacement. */
export function replacements(
  block: Block,
  options: { readonly prior: ValueObject; readonly planned: ValueObject; readonly legacy: boolean },
): readonly AttributePath[] {
  return inBlock(block, { prior: options.prior, planned: options.planned, path: [] }, options.legacy);
}

function inBlock(block: Block, change: Change, legacy: boolean): readonly AttributePath[] {
  const at = (name: string): Change => ({
    prior: memberOf(change.prior, name),
    planned: memberOf(change.planned, name),
    path: [...change.path, { attribute: name }],
  });
  const isNew = change.prior === null;
  return [
    ...[...block.attributes.values()].flatMap((each) => ofAttribute(each, at(each.name), legacy, isNew)),
    ...[...block.blocks.values()].flatMap((each) => ofNestedBlock(each, at(each.name), legacy)),
  ];
}

function ofAttribute(
  attribute: Attribute,
  change: Change,
  legacy: boolean,
  isNew: boolean,
): readonly AttributePath[] {
  // What the API will choose for an object that does not exist yet replaces nothing.
  const chosenByApi = isNew && attribute.computed && change.planned === unknownValue;
  if (
    attribute.planning.forceNew &&
    !chosenByApi &&
    !sameValue(attribute.type, change.prior, change.planned)
  ) {
    return [change.path];
  }
  const { nested } = attribute;
  return nested ? inNested(nested.nesting, nested.block, change, legacy) : [];
}

function ofNestedBlock(nested: NestedBlock, change: Change, legacy: boolean): readonly AttributePath[] {
  if (nested.planning.forceNew && (legacy ? countDiffers : blocksDiffer)(nested, change))
    return [change.path];
  return inNested(nested.nesting, nested.block, change, legacy);
}

function blocksDiffer(nested: NestedBlock, { prior, planned }: Change): boolean {
  return !sameValue(nestedType(nested.nesting, nested.block), prior, planned);
}

function countDiffers(_nested: NestedBlock, { prior, planned }: Change): boolean {
  return prior !== unknownValue && (planned === unknownValue || count(prior) !== count(planned));
}

function count(value: Value): number {
  if (value === null || typeof value !== 'object') return 0;
  return Array.isArray(value) ? value.length : 1;
}

function inNested(nesting: Nesting, block: Block, change: Change, legacy: boolean): readonly AttributePath[] {
  const { prior, planned, path } = change;
  if (prior === unknownValue || planned === unknownValue) return [];
  if (nesting === 'set') return inSet(block, change, legacy) ? [path] : [];
  if (nesting === 'list') {
    const longest = Math.max(count(prior), count(planned));
    return Array.from({ length: longest }, (_, index) => index).flatMap((index) =>
      inBlock(
        block,
        { prior: elementOf(prior, index), planned: elementOf(planned, index), path: [...path, { index }] },
        legacy,
      ),
    );
  }
  if (nesting === 'map') {
    const keys = new Set([...Object.keys(prior ?? {}), ...Object.keys(planned ?? {})]);
    return [...keys].flatMap((key) =>
      inBlock(
        block,
        { prior: memberOf(prior, key), planned: memberOf(planned, key), path: [...path, { key }] },
        legacy,
      ),
    );
  }
  return prior === null && planned === null ? [] : inBlock(block, change, legacy);
}

/** Elements of a set are added and removed, never changed. */
function inSet(block: Block, { prior, planned, path }: Change, legacy: boolean): boolean {
  const type = blockType(block);
  const before = (prior ?? []) as ValueList;
  const after = (planned ?? []) as ValueList;
  const without = (these: ValueList, those: ValueList): ValueList =>
    these.filter((item) => !those.some((other) => sameValue(type, item, other)));
  return (
    without(before, after).some(
      (removed) => inBlock(block, { prior: removed, planned: null, path }, legacy).length,
    ) ||
    without(after, before).some(
      (added) => inBlock(block, { prior: null, planned: added, path }, legacy).length,
    )
  );
}
