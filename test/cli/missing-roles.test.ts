/** What `exec` tells at its end of requests that were refused for a missing role (behaviour.md A4). */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { missingRoleNotice } from '../../cli/missing-roles';
import type { RefusedRequest } from '../../cli/platform-client';
import { type LivePlatform, startLivePlatform } from './live-platform';
import { spawnKeyquake } from './support';

const folder = mkdtempSync(join(tmpdir(), 'keyquake-test-'));
const people = join(folder, 'people.json');
writeFileSync(
  people,
  JSON.stringify({
    serviceIds: [{ id: 'iam-ServiceId-ci', name: 'ci', access: [{ roles: ['Reader'], service: 'kms' }] }],
  }),
);

let platform: LivePlatform;
beforeAll(async () => {
  platform = await startLivePlatform('--identities', people, '--proxy-port', '0');
});
afterAll(async () => {
  await platform.end();
  rmSync(folder, { recursive: true });
});

/** `node -e`: asks the platform with the caller's own token, each `METHOD PATH` of the list, and prints the statuses. */
function asking(...requests: readonly string[]): string[] {
  const script = `
    const url = process.env.KEYQUAKE_URL;
    const grant = { grant_type: 'urn:ibm:params:oauth:grant-type:apikey', apikey: process.env.IC_API_KEY };
    (async () => {
      const reply = await fetch(url + '/identity/token', { method: 'POST', body: new URLSearchParams(grant) });
      const authorization = 'Bearer ' + (await reply.json()).access_token;
      for (const request of ${JSON.stringify(requests)}) {
        const [method, path] = request.split(' ');
        console.log((await fetch(url + path, { method, headers: { authorization } })).status);
      }
    })();`;
  return ['--', process.execPath, '-e', script];
}

const asCi = ['--identities', people, '--as', 'ci'];
const line = (id: string): string =>
  `  iam-am.policy.delete by ci (iam-ServiceId-ci) on /v1/policies/${id}: the role Administrator is missing\n`;

test.each([
  ['a platform of its own', () => []],
  ['a platform that runs already', () => ['--url', platform.url]],
  ['a platform that runs already, through its proxy', () => ['--url', platform.url, '--vendor-provider']],
])('on %s: operation, who, on what and the role, each once', async (_name, where) => {
  const requests = ['DELETE /v1/policies/p1', 'DELETE /v1/policies/p2', 'DELETE /v1/policies/p1'];
  expect(await spawnKeyquake(['exec', ...where(), ...asCi, ...asking(...requests)])).toMatchObject({
    status: 0,
    stdout: '403\n403\n403\n',
    stderr: `keyquake: refused for a missing role:\n${line('p1')}${line('p2')}`,
  });
});

test('what was refused before, or for another reason, is not told', async () => {
  const where = ['--url', platform.url];
  await spawnKeyquake(['exec', ...where, ...asCi, ...asking('DELETE /v1/policies/before')]);
  const { body } = await platform.request('GET', '/_keyquake/events?outcome=failure');
  expect(body.events.at(-1)).toMatchObject({ target: { id: '/v1/policies/before' } });
  const owner = ['--identities', people, ...asking('DELETE /v1/policies/no-such-policy')];
  expect(await spawnKeyquake(['exec', ...where, ...owner])).toMatchObject({ stdout: '404\n', stderr: '' });
});

test('a command that ends with a failure is told the same, and keeps its status', async () => {
  const [end, node, flag, script] = asking('DELETE /v1/policies/p1');
  const failing = [end, node, flag, `${script} process.exitCode = 7;`] as string[];
  expect(await spawnKeyquake(['exec', ...asCi, ...failing])).toMatchObject({
    status: 7,
    stderr: `keyquake: refused for a missing role:\n${line('p1')}`,
  });
});

test('a platform that is gone when the command ends: that it is not known is said', async () => {
  const brief = await startLivePlatform();
  const script = `
    process.kill(${brief.cli.child.pid});
    const whileThere = () => fetch(process.env.KEYQUAKE_URL + '/_keyquake/clock').then(whileThere, () => undefined);
    whileThere();`;
  const words = ['--', process.execPath, '-e', script];
  const { status, stderr } = await spawnKeyquake(['exec', '--url', brief.url, ...words]);
  await brief.end();
  expect(status).toBe(0);
  expect(stderr).toMatch(/^keyquake: which roles were missing is not known; .*\n$/);
});

describe('the notice', () => {
  const refused = (action: string, initiator = { id: 'IBMid-mona', name: 'mona' }): RefusedRequest => ({
    id: action,
    action,
    initiator,
    target: { id: 'crn:v1:bluemix:public:kms:us-south:a/1:2::' },
    reason: { reasonCode: 401, reasonForFailure: 'the role Manager is missing' },
  });
  const told = (action: string): string =>
    `  ${action} by mona (IBMid-mona) on crn:v1:bluemix:public:kms:us-south:a/1:2::: the role Manager is missing\n`;

  test('is none when nothing was refused', () => {
    expect(missingRoleNotice([])).toBeUndefined();
  });

  test('names who has no name but the id once', () => {
    expect(missingRoleNotice([refused('a', { id: 'IBMid-x', name: 'IBMid-x' })])).toContain(
      '  a by IBMid-x on crn',
    );
  });

  test.each([
    [10, ''],
    [11, '  and 1 more\n'],
    [25, '  and 15 more\n'],
  ])('of %i tells ten, then how many more', (count, rest) => {
    const actions = Array.from({ length: count }, (_, number) => `kms.action-${number}`);
    const twice = [...actions, ...actions].map((action) => refused(action));
    expect(missingRoleNotice(twice)).toBe(
      `keyquake: refused for a missing role:\n${actions.slice(0, 10).map(told).join('')}${rest}`,
    );
  });
});
