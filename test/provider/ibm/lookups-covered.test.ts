/** Every argument of every data source of key management is given under real Terraform (`test/e2e/ibm-lookups.test.ts`). */
import { Catalog } from '../../../provider/core/server/catalog';
import { ibmProvider } from '../../../provider/ibm/provider';
import { found, notFound } from './support/lookups';

const { dataSources } = new Catalog(ibmProvider);

const types = [
  'ibm_iam_authorization_policies',
  'ibm_kms_instance_policies',
  'ibm_kms_key',
  'ibm_kms_key_policies',
  'ibm_kms_key_rings',
  'ibm_kms_keys',
  'ibm_kp_key',
  'ibm_resource_group',
  'ibm_resource_groups',
  'ibm_resource_instance',
  'ibm_resource_reclamations',
];

/** `type.argument` of each line in a block of that type. */
const given = new Set(
  [...(found + notFound).matchAll(/data "(\w+)" "\w+" \{\n((?: .*\n)*)\}/g)].flatMap(([, type, body = '']) =>
    [...body.matchAll(/^ +(\w+) +=/gm)].map(([, argument]) => `${type}.${argument}`),
  ),
);

test.each(types)('%s', (type) => {
  const { attributes = {} } = dataSources.get(type).schema.planning;
  const takes = Object.entries(attributes).filter(([, { required, optional }]) => required || optional);
  const missing = takes.map(([name]) => `${type}.${name}`).filter((name) => !given.has(name));
  expect(missing).toEqual([]);
});
