/** Every schema that the stand-in emits is the vendor's, attribute by attribute (the facts of provider 2.5.0). */
import { ibmProvider } from '../../../provider/ibm/provider';
import type { GetProviderSchema_Response } from '../../../provider/protocol/gen/tfplugin6';
import { emittedLines, emittedSchemas, factsWire, linesOf } from './support/emitted';
import { lookedUpTypes, managedTypes } from './support/types';

const resources: readonly string[] = [
  ...managedTypes,
  'ibm_is_volume',
  'ibm_sm_arbitrary_secret',
  'ibm_sm_secret_group',
];

let emitted: GetProviderSchema_Response;
beforeAll(async () => {
  emitted = await emittedSchemas(ibmProvider);
});

test('reading the schemas finds nothing to complain about', () => {
  expect(emitted.diagnostics).toEqual([]);
});

test('these types are served', () => {
  expect(Object.keys(emitted.resourceSchemas).sort()).toEqual(expect.arrayContaining(resources));
  expect(Object.keys(emitted.dataSourceSchemas).sort()).toEqual(expect.arrayContaining(lookedUpTypes));
});

test('the provider block', () => {
  expect(emittedLines(emitted.provider)).toEqual(linesOf(factsWire('ibm/schema/provider.json')));
});

test.each(resources)('resource %s', (type) => {
  const facts = linesOf(factsWire(`ibm/schema/resources/${type}.json`));
  expect(emittedLines(emitted.resourceSchemas[type])).toEqual(facts);
});

test.each(lookedUpTypes)('data source %s', (type) => {
  const facts = linesOf(factsWire(`ibm/schema/data-sources/${type}.json`));
  expect(emittedLines(emitted.dataSourceSchemas[type])).toEqual(facts);
});

test('every served type has facts of the same name, those beyond this list too', () => {
  for (const [type, schema] of Object.entries(emitted.resourceSchemas)) {
    expect([type, emittedLines(schema)]).toEqual([
      type,
      linesOf(factsWire(`ibm/schema/resources/${type}.json`)),
    ]);
  }
  for (const [type, schema] of Object.entries(emitted.dataSourceSchemas)) {
    expect([type, emittedLines(schema)]).toEqual([
      type,
      linesOf(factsWire(`ibm/schema/data-sources/${type}.json`)),
    ]);
  }
});

test('the material of keys and secrets is sensitive (ibm-control-plane.md 8)', () => {
  const sensitive = resources.flatMap((type) => {
    const { attributes = [] } = emitted.resourceSchemas[type]?.block ?? {};
    return attributes.filter((each) => each.sensitive).map(({ name }) => `${type}.${name}`);
  });
  expect(sensitive.sort()).toEqual([
    'ibm_kms_key.payload',
    'ibm_kms_key_with_policy_overrides.payload',
    'ibm_sm_arbitrary_secret.payload',
  ]);
});
