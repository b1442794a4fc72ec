/** `docs/coverage.md` lists the operations of the route tables, and each of them is tested where it refuses. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { neverRefuses } from '../scripts/coverage-page/never-refuses';
import { type Coverage, coveragePage, rowsOf } from '../scripts/coverage-page/page';
import { coverageOf } from '../scripts/coverage-page/recording';
import { coveredServices, operationKey, operationServing } from '../scripts/coverage-page/routes';

const remedy = 'run npm run coverage and commit docs/coverage.md';
const page = readFileSync(join(__dirname, '../docs/coverage.md'), 'utf8');
const rows = rowsOf(page);

test(`the page lists exactly the operations of the route tables; if not: ${remedy}`, () => {
  const wanted = coveredServices.flatMap(({ name, mount = '', operations }) =>
    operations.map(({ operation, method, path }) => [
      operationKey(name, operation),
      `${method} ${mount}${path}`,
    ]),
  );
  expect(rows.map(({ operation, request }) => [operation, request])).toEqual(wanted);
});

test(`the page names every operation that is not emulated; if not: ${remedy}`, () => {
  const missing = coveredServices
    .flatMap(({ unemulated }) => unemulated)
    .filter(({ operation, method, path }) => !page.includes(`\`${operation}\` (\`${method} ${path}\`)`));
  expect(missing).toEqual([]);
});

test('every operation has a test in which it refuses, or a reason why it never does', () => {
  const untested = rows.filter(({ operation, refuses }) => refuses === 0 && !(operation in neverRefuses));
  expect(untested.map(({ operation }) => operation)).toEqual([]);
});

test('what is said never to refuse does not', () => {
  const refusing = rows.filter(({ operation, refuses }) => operation in neverRefuses && refuses > 0);
  expect(refusing).toEqual([]);
  const known = rows.map(({ operation }) => operation);
  expect(Object.keys(neverRefuses).filter((operation) => !known.includes(operation))).toEqual([]);
});

/** For a client: only services register resources, and there is never an operation to cancel. */
const alwaysRefuse = [
  'key-protect/createRegistration',
  'key-protect/updateRegistration',
  'key-protect/replaceRegistration',
  'key-protect/deleteRegistration',
  'resource-controller/cancelLastopResourceInstance',
];

test('every other operation has a test in which it does what it is asked', () => {
  const unanswered = rows.filter(({ answers }) => answers === 0).map(({ operation }) => operation);
  expect(unanswered.sort()).toEqual([...alwaysRefuse].sort());
});

describe('a request is ascribed to the operation that serves it', () => {
  const cases: readonly [string, string, string, string | undefined][] = [
    ['POST', '127.0.0.1:4510', '/api/v2/keys', 'key-protect/createKey'],
    ['HEAD', '127.0.0.1:4510', '/api/v2/keys', 'key-protect/getKeyCollectionMetadata'],
    ['POST', '127.0.0.1:4510', '/api/v2/keys/k/actions/wrap', 'key-protect/wrapKey'],
    ['GET', 'us-south.iaas.cloud.ibm.com', '/v1/volumes/v', 'vpc/getVolume'],
    ['GET', '127.0.0.1:4510', '/secrets-manager/guid/api/v2/secrets/s', 'secrets-manager/getSecret'],
    [
      'GET',
      'guid.us-south.secrets-manager.appdomain.cloud',
      '/api/v2/secrets/s',
      'secrets-manager/getSecret',
    ],
    ['GET', '127.0.0.1:4510', '/api/v1/entry/plan', 'catalog/getPlans'],
    ['GET', '127.0.0.1:4510', '/_keyquake/graph', 'control/getGraph'],
    ['GET', '127.0.0.1:4510', '/nothing', undefined],
  ];
  test.each(cases)('%s %s%s', (method, host, path, operation) => {
    expect(operationServing({ method, host, path })).toBe(operation);
  });
});

describe('the page', () => {
  const request = { method: 'GET', host: '127.0.0.1', path: '/v1/volumes/v', file: 'test/a.test.ts' };
  const lines = [
    { ...request, status: 200, test: 'shows it' },
    { ...request, status: 200, test: 'shows it' },
    { ...request, status: 404, test: 'shows it' },
    { ...request, status: 409, test: 'does not *show* it' },
    { ...request, path: '/unknown', status: 404, test: 'is lost' },
  ].map((line) => JSON.stringify(line));
  const coverage: Coverage = coverageOf(['', ...lines]);
  const written = coveragePage(coverage);

  test('counts tests, not requests, and tells answers from refusals', () => {
    const row = rowsOf(written).find(({ operation }) => operation === 'vpc/getVolume');
    expect(row).toEqual({
      operation: 'vpc/getVolume',
      request: 'GET /v1/volumes/:id',
      answers: 1,
      refuses: 2,
    });
    expect([...coverage.keys()]).toEqual(['vpc/getVolume']);
  });

  test('names the tests that see an operation refuse, with the status', () => {
    expect(written).toContain('- 409: does not \\*show\\* it\n- 404: shows it');
    expect(written).toContain('| 2 (404, 409) | [a](../test/a.test.ts) |');
  });
});
