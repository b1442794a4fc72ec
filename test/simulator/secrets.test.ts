/** No secret of a source gets into a world, a report or an error. */
import { join } from 'node:path';
import {
  actions,
  readWorld,
  render,
  reportFormats,
  SelectionError,
  selectTargets,
  simulate,
  worldFromText,
} from '../../simulator';
import { at, fixtureFolder, fixtureText } from './fixtures';

/** The word, and the beginning of its base64. */
const canary = /CANARY|Q0FOQVJZ/;

const sources = [
  ['orders', 'cdk.tf.json'],
  ['orders', 'plan.json'],
  ['orders', 'state.json'],
  ['orders', 'state-file.json'],
  ['modules', 'plan.json'],
  ['modules', 'state.json'],
] as const;

it.each(sources.filter(([, name]) => name !== 'cdk.tf.json'))('%s/%s holds secrets', (...path) => {
  expect(fixtureText(...path)).toMatch(canary);
});

it.each(sources)('%s/%s gives none of them away', async (...path) => {
  const world = await readWorld(join(fixtureFolder, ...path), { at });
  expect(JSON.stringify(world)).not.toMatch(canary);
  for (const action of actions) {
    const report = simulate(world, { action, targets: selectTargets(world, '*', action) });
    for (const format of reportFormats) expect(render(report, format)).not.toMatch(canary);
  }
  expect(() => selectTargets(world, 'nothing', 'disable')).toThrow(SelectionError);
});

it.each(sources)('%s/%s cut off or spoilt says nothing of them', (...path) => {
  const text = fixtureText(...path);
  const spoilt = [
    text.slice(0, -3),
    text.slice(text.indexOf('"')),
    text.replace('"format_version": "1', '"format_version": "7'),
    text.replace('"version": 4', '"version": 9'),
    `[${text}]`,
  ];
  for (const one of spoilt) {
    const said = (): string => {
      try {
        return JSON.stringify(worldFromText(one, 'source', at));
      } catch (error) {
        return String(error);
      }
    };
    expect(said()).not.toMatch(canary);
  }
});

/** A plan or state in which every attribute that could be shown is sensitive. */
it('what is marked sensitive is not shown, whatever it is', () => {
  const world = worldFromText(
    JSON.stringify({
      format_version: '1.0',
      values: {
        root_module: {
          resources: [
            'ibm_kms_key',
            'ibm_is_volume',
            'ibm_sm_arbitrary_secret',
            'keyquake_secret_lock',
            'ibm_cos_bucket',
          ].map((type) => ({
            address: `${type}.x`,
            mode: 'managed',
            type,
            name: 'x',
            values: {
              id: 'CANARY-id',
              crn: 'crn:v1:bluemix:public:kms:us-south:a/CANARY:i:key:k',
              name: 'CANARY',
              key_name: 'CANARY',
              zone: 'CANARY',
              instance_id: 'CANARY-instance',
              secret_id: 'CANARY-secret',
              encryption_key: 'crn:v1:bluemix:public:kms:us-south:a/1:i:key:CANARY',
              key_protect: 'crn:v1:bluemix:public:kms:us-south:a/1:i:key:CANARY',
              attributes: { consumer: 'CANARY' },
              registrations: [{ resource_crn: 'crn:CANARY' }],
            },
            sensitive_values: {
              id: true,
              crn: true,
              name: true,
              key_name: true,
              zone: true,
              instance_id: true,
              secret_id: true,
              encryption_key: true,
              key_protect: true,
              attributes: { consumer: true },
              registrations: [{ resource_crn: true }],
            },
          })),
        },
      },
    }),
    'state.json',
    at,
  );
  expect(world.nodes).toHaveLength(4);
  expect(world.unmapped.length).toBeGreaterThan(3);
  expect(JSON.stringify(world)).not.toMatch(canary);
});
