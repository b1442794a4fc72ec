/** Which resource an identifier belongs to: a CRN, a GUID, an id that the source knows. */
import type { SourceResource } from './resource';
import { resourceTypeOf } from './resource-types';

/** What names a resource of a type that has no file in `resource-types/`. */
const usual: readonly string[] = ['id', 'crn'];

export function identifierNames(resource: SourceResource): readonly string[] {
  const { identifiedBy = usual } = resourceTypeOf(resource) ?? {};
  return typeof identifiedBy === 'function' ? identifiedBy(resource) : identifiedBy;
}

/** Identifier → ids of the resources that have it; several where one id is used twice, as by a data source. */
export type Identifiers = ReadonlyMap<string, readonly string[]>;

export function identifiersOf(resources: readonly SourceResource[]): Identifiers {
  const found = new Map<string, string[]>();
  for (const resource of resources) {
    const values = identifierNames(resource).map((name) => resource.read(...name.split('.')));
    for (const value of new Set(values.map((one) => (one.kind === 'known' ? one.value : undefined)))) {
      if (typeof value !== 'string' || value === '') continue;
      found.set(value, [...(found.get(value) ?? []), resource.id]);
    }
  }
  return found;
}
