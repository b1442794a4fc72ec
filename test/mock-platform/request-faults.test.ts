/**
 * How every dialect speaks of a request that fails before any rule of the service is asked: `request-faults.txt`
 * holds the bodies as they go over the wire, byte for byte. Codes and shapes: ibm-control-plane.md 1.2, 6.1.10,
 * 6.2.7, 6.3.3, 6.4.1, 6.4.4; ibm-vpc.md 1.3, 5.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { controlDialect } from '../../mock-platform/control/errors';
import { type ErrorDialect, explanation, type RequestFault } from '../../mock-platform/kernel/errors';
import { services } from '../../mock-platform/services';

const violation = (path: string, rule: string) => ({ violations: [{ path, rule }] });

const faults: Readonly<Record<string, RequestFault>> = {
  'a body that is no JSON': { kind: 'body-malformed', detail: 'the body is not valid JSON' },
  'no body': { kind: 'body-missing' },
  'a body that is too large': { kind: 'body-too-large', limit: 4_194_304 },
  'two bad members': {
    kind: 'body-invalid',
    violations: [
      { path: 'volume.name', rule: 'must be string' },
      { path: 'nmae', rule: 'is not a known field' },
    ],
  },
  'a body of the wrong type': { kind: 'body-invalid', ...violation('', 'must be object') },
  'a missing member': { kind: 'body-invalid', ...violation('name', 'is required') },
  'a bad member': { kind: 'body-invalid', ...violation('name', 'must be string') },
  'a bad parameter': { kind: 'parameter-invalid', ...violation('limit', 'must be integer') },
  'a missing parameter': { kind: 'parameter-invalid', ...violation('version', 'is required') },
  'a bad parameter with a code of its own': {
    kind: 'parameter-invalid',
    ...violation('generation', 'must be 2'),
  },
  'a bad header': { kind: 'header-invalid', ...violation('prefer', 'must be string') },
  'an operation that is not emulated': { kind: 'not-emulated', operation: 'shareNote' },
  'no token': { kind: 'unauthenticated', reason: 'missing' },
  'no bearer token': { kind: 'unauthenticated', reason: 'malformed' },
  'a forged token': { kind: 'unauthenticated', reason: 'invalid' },
  'an expired token': { kind: 'unauthenticated', reason: 'expired' },
  'a missing role': { kind: 'forbidden', role: 'Manager', action: 'notes.create' },
  'a lost race': { kind: 'conflict' },
  'a failure of ours': { kind: 'internal' },
};

const dialects = new Map<string, ErrorDialect>([
  ['control', controlDialect],
  ...services.map(({ name, dialect }) => [name, dialect] as const),
]);

/** Service → fault → status and body. */
const expected = new Map(
  readFileSync(join(__dirname, 'request-faults.txt'), 'utf8')
    .split(/^# /m)
    .slice(1)
    .map((section) => {
      const [name = '', ...lines] = section.trimEnd().split('\n');
      return [name, new Map(lines.map((line) => line.split(/: (.*)/) as [string, string]))] as const;
    }),
);

describe.each([...expected])('%s', (name, answers) => {
  test.each(Object.entries(faults))('%s', (title, fault) => {
    const dialect = dialects.get(name) as ErrorDialect;
    const problem = dialect.problemOf(fault);
    const body = {
      ...dialect.render(problem, { requestId: 'r-1', operation: 'createKey' }),
      ...explanation(problem),
    };
    expect(`${problem.status} ${JSON.stringify(body)}`).toBe(answers.get(title));
  });
});

test('every service is here', () => {
  expect([...expected.keys()].sort()).toEqual([...dialects.keys()].sort());
});
