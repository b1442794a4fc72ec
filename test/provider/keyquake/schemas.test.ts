/** What our own provider emits is what its schema files say. */
import { keyquakeProvider } from '../../../provider/keyquake/provider';
import { emittedLines, emittedSchemas, factsWire, linesOf } from '../ibm/support/emitted';

test('the provider block and every type', async () => {
  const emitted = await emittedSchemas(keyquakeProvider);
  expect(emitted.diagnostics).toEqual([]);
  expect(emittedLines(emitted.provider)).toEqual(linesOf(factsWire('keyquake/schema/provider.json')));
  const resources = Object.keys(emitted.resourceSchemas).sort();
  expect(resources).toEqual(['keyquake_root_key_state', 'keyquake_secret_lock']);
  const dataSources = Object.keys(emitted.dataSourceSchemas).sort();
  expect(dataSources).toEqual(['keyquake_impact', 'keyquake_key_registrations']);
  for (const type of resources) {
    const facts = linesOf(factsWire(`keyquake/schema/resources/${type}.json`));
    expect([type, emittedLines(emitted.resourceSchemas[type])]).toEqual([type, facts]);
  }
  for (const type of dataSources) {
    const facts = linesOf(factsWire(`keyquake/schema/data-sources/${type}.json`));
    expect([type, emittedLines(emitted.dataSourceSchemas[type])]).toEqual([type, facts]);
  }
});
