/** Every argument of every data source of key management is given under real Terraform (`test/e2e/ibm-lookups.test.ts`). */
import { Catalog } from '../../../provider/core/server/catalog';
import { ibmProvider } from '../../../provider/ibm/provider';
import { found, notFound } from './support/lookups';
import { lookedUpTypes } from './support/types';

const { dataSources } = new Catalog(ibmProvider);

/** `type.argument` of each line in a block of that type. */
const given = new Set(
  [...(found + notFound).matchAll(/data "(\w+)" "\w+" \{\n((?: .*\n)*)\}/g)].flatMap(([, type, body = '']) =>
    [...body.matchAll(/^ +(\w+) +=/gm)].map(([, argument]) => `${type}.${argument}`),
  ),
);

test.each(lookedUpTypes)('%s', (type) => {
  const { attributes = {} } = dataSources.get(type).schema.planning;
  const takes = Object.entries(attributes).filter(([, { required, optional }]) => required || optional);
  const missing = takes.map(([name]) => `${type}.${name}`).filter((name) => !given.has(name));
  expect(missing).toEqual([]);
});
