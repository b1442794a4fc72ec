/**
 * What is refused while planning, on the attribute's path: every rule that the facts have for the types of key management.
 * The rules are the vendor's, and so are the titles, typed by hand from its sources; what the rule is and the value is
 * explained in words of our own. Sources: IBM-Cloud/terraform-provider-ibm 2.5.0 `ibm/validate/validators.go`,
 * hashicorp/terraform-plugin-sdk v2.40.0 `helper/schema/schema.go`.
 */
import { complete } from '../../../provider/core/complete';
import type { AttributeFacts } from '../../../provider/core/facts';
import { pathText } from '../../../provider/core/path';
import { Catalog } from '../../../provider/core/server/catalog';
import { Instance } from '../../../provider/core/server/instance';
import {
  type ConfigKind,
  validateProviderConfig,
  validateTypeConfig,
} from '../../../provider/core/server/validate-config';
import { ibmProvider } from '../../../provider/ibm/provider';
import { fixedContext } from '../../support/awkward-provider';
import { dataSourceChecks } from './support/checks/data-sources';
import { resourceChecks } from './support/checks/resources';

const catalog = new Catalog(ibmProvider);
const instance = new Instance(catalog, fixedContext);

async function complaints(kind: ConfigKind, type: string, config: object): Promise<readonly string[]> {
  const whole = complete(catalog[kind].get(type).schema.block, { ...config });
  const { diagnostics } = await validateTypeConfig(instance, kind, { typeName: type, config: whole });
  return diagnostics.map(({ attribute, summary, detail }) =>
    [attribute ? pathText(attribute) : '', summary, detail].join(': '),
  );
}

/** How many blocks there may be, Terraform itself counts. */
const relations = ['conflictsWith', 'exactlyOneOf', 'atLeastOneOf', 'requiredWith', 'validated'];

/** `attribute rule` of everything that the facts check, but for what Terraform itself does and what only a cloud knows. */
function ruled(kind: ConfigKind, type: string): readonly string[] {
  const { planning, validators } = catalog[kind].get(type).schema;
  const inFacts = (attributes: Readonly<Record<string, AttributeFacts>>, prefix = ''): readonly string[] =>
    Object.entries(attributes).flatMap(([name, facts]) => [
      ...relations.filter((rule) => rule in facts).map((rule) => `${prefix}${name} ${rule}`),
      ...inFacts(facts.block ?? {}, `${prefix}${name}.`),
    ]);
  const byRule = validators
    .filter(({ rule }) => rule !== 'ValidateCloudData')
    .map(({ attribute, rule }) => `${attribute} ${rule}`);
  return [...new Set([...inFacts(planning.attributes ?? {}), ...byRule])].sort();
}

describe.each([
  ['resources', resourceChecks],
  ['dataSources', dataSourceChecks],
] as const)('%s', (kind, tables) => {
  describe.each(Object.keys(tables))('%s', (type) => {
    const table = tables[type] ?? [];

    test('every rule of the facts is walked', () => {
      const ours = 'validated by the vendor in code';
      const walked = table.filter(([, rule]) => rule !== ours).map(([name, rule]) => `${name} ${rule}`);
      expect([...new Set(walked)].sort()).toEqual(ruled(kind, type));
    });

    for (const [name, rule, config, complaint] of table) {
      test(`${name}: ${rule}`, async () => {
        expect(await complaints(kind, type, config)).toContainEqual(complaint);
      });
    }

    test('what is required and missing is named', async () => {
      const { planning } = catalog[kind].get(type).schema;
      const required = Object.entries(planning.attributes ?? {}).filter(([, facts]) => facts.required);
      const told = await complaints(kind, type, {});
      for (const [name] of required) {
        expect(told).toContain(
          `${name}: Missing required argument: The argument "${name}" is required, but no definition was found.`,
        );
      }
    });
  });
});

/** Arguments of the provider for services and sign-in forms that are not emulated. */
test.each([
  ['iaas_classic_username', 'x'],
  ['iaas_classic_api_key', 'x'],
  ['iaas_classic_endpoint_url', 'x'],
  ['iaas_classic_timeout', 1],
  ['softlayer_username', 'x'],
  ['softlayer_api_key', 'x'],
  ['softlayer_endpoint_url', 'x'],
  ['softlayer_timeout', 1],
  ['iam_profile_id', 'x'],
  ['iam_profile_name', 'x'],
  ['iam_refresh_token', 'x'],
  ['function_namespace', 'x'],
  ['riaas_endpoint', 'x'],
])('the provider refuses %s by name', async (name, value) => {
  // Some are looked at in company only: of an account, of one another.
  const config = complete(catalog.provider.block, { ibmcloud_account_id: 'a', [name]: value });
  const { diagnostics } = await validateProviderConfig(instance, config);
  expect(diagnostics.filter(({ summary }) => summary === 'Attribute is not emulated')).toMatchObject([
    {
      attribute: [{ attribute: name }],
      detail: `"${name}" of ibm has no effect here, so it is refused instead of being ignored. Leave it out for runs against the platform.`,
    },
  ]);
});
