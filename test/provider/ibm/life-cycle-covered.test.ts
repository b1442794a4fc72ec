/**
 * Every attribute that can be set of every type of key management is changed under real Terraform
 * (`test/e2e/ibm-life-cycle.test.ts`), and whether it changes in place or replaces is what the facts say.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AttributeFacts, TypeFacts } from '../../../provider/core/facts';
import { Catalog } from '../../../provider/core/server/catalog';
import { ibmProvider } from '../../../provider/ibm/provider';
import { subjects } from './support/life-cycle';
import { managedTypes } from './support/types';

function factsOf(type: string): TypeFacts {
  const path = join(__dirname, '../../../provider/ibm/schema/resources', `${type}.json`);
  return JSON.parse(readFileSync(path, 'utf8')) as TypeFacts;
}

function settable(attributes: Readonly<Record<string, AttributeFacts>>, prefix = ''): readonly string[] {
  return Object.entries(attributes).flatMap(([name, facts]) => {
    if (!facts.required && !facts.optional) return [];
    const own = `${prefix}${name}: ${facts.forceNew ? 'replace' : 'update'}`;
    return [own, ...settable(facts.block ?? {}, `${prefix}${name}.`)];
  });
}

test('none of them leaves an attribute out: what is not emulated would be refused by name', () => {
  const { resources } = new Catalog(ibmProvider);
  expect(managedTypes.flatMap((type) => resources.get(type).definition.notEmulated ?? [])).toEqual([]);
});

test('these are the types', () => {
  expect(subjects.map(({ type }) => type).sort()).toEqual(managedTypes);
});

test.each(managedTypes)('%s', (type) => {
  const rows = subjects.find((subject) => subject.type === type)?.rows ?? [];
  const exercised = rows.map(({ attribute, effect }) => `${attribute}: ${effect}`);
  expect(exercised.sort()).toEqual([...settable(factsOf(type).planning?.attributes ?? {})].sort());
});
