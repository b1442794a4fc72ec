/** `--identities` and `--as`: a platform with people of different roles, and commands that act as one of them. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LivePlatform, newInstance, newKey, startLivePlatform } from './live-platform';
import { keyquake, spawnKeyquake } from './support';

const folder = mkdtempSync(join(tmpdir(), 'keyquake-test-'));
const ownersKey = 'canary-owner-51d0';
const managersKey = 'canary-manager-77c2';

function fileOf(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

const people = fileOf('people.json', {
  ownerApiKeys: [ownersKey],
  users: [
    {
      id: 'IBMid-mona',
      name: 'mona',
      apiKeys: [managersKey],
      access: [{ roles: ['Manager'], service: 'kms' }],
    },
    { id: 'IBMid-twin1', name: 'twin' },
    { id: 'IBMid-twin2', name: 'twin', apiKeys: [] },
  ],
  serviceIds: [{ id: 'iam-ServiceId-ci', name: 'ci', access: [{ roles: ['Reader'], service: 'kms' }] }],
  profiles: [{ id: 'Profile-ops', name: 'ops' }],
});
/** What the file gives nobody is derived from the id. */
const readersKey = 'keyquake-offline-iam-ServiceId-ci';

let platform: LivePlatform;
let open: LivePlatform;
beforeAll(async () => {
  [platform, open] = await Promise.all([startLivePlatform('--identities', people), startLivePlatform()]);
  const owner = await keyquake(['env', '--url', platform.url, '--identities', people, '--format', 'json']);
  const headers = await bearer(JSON.parse(owner.stdout).IC_API_KEY);
  await newKey(platform, await newInstance(platform, headers), headers);
});
afterAll(async () => {
  const logs = [await platform.end(), await open.end()];
  rmSync(folder, { recursive: true });
  for (const log of logs) expect(log).not.toMatch(/canary|keyquake-offline/);
});

async function bearer(apikey: string): Promise<Record<string, string>> {
  const grant = { grant_type: 'urn:ibm:params:oauth:grant-type:apikey', apikey };
  const reply = await fetch(`${platform.url}/identity/token`, {
    method: 'POST',
    body: new URLSearchParams(grant),
    headers: { connection: 'close' },
  });
  return { authorization: `Bearer ${((await reply.json()) as { access_token: string }).access_token}` };
}

const at = (words: string, url = platform.url): string[] => [...words.split(' '), '--url', url];
const asWho = (who: string): string[] => ['--identities', people, '--as', who];

test('with --identities roles are enforced, unless --auth says otherwise', async () => {
  const auth = async ({ request }: LivePlatform) =>
    (await request('GET', '/_keyquake/health')).body.auth as string;
  const lax = await startLivePlatform('--identities', people, '--auth', 'warn');
  const modes = [await auth(platform), await auth(open), await auth(lax)];
  await lax.end();
  expect(modes).toEqual(['enforce', 'open', 'warn']);
});

describe('env carries the API key of who acts', () => {
  test.each([
    ['the owner without --as', ['--identities', people], ownersKey],
    ['a user by name', asWho('mona'), managersKey],
    ['a user by IAM id', asWho('IBMid-mona'), managersKey],
    ['a service id without a key in the file', asWho('ci'), readersKey],
    ['one of two of the same name by IAM id', asWho('IBMid-twin1'), 'keyquake-offline-IBMid-twin1'],
  ])('%s', async (_name, flags, apiKey) => {
    const { status, stdout } = await keyquake([...at('env --format json'), ...flags]);
    const { IC_API_KEY, IBMCLOUD_API_KEY, KEYQUAKE_API_KEY } = JSON.parse(stdout);
    expect([status, IC_API_KEY, IBMCLOUD_API_KEY, KEYQUAKE_API_KEY]).toEqual([0, apiKey, apiKey, apiKey]);
  });
});

describe('keyquake key acts as', () => {
  test('a reader, who is refused by the name of the missing role', async () => {
    expect((await keyquake([...at('key show orders'), ...asWho('ci')])).status).toBe(0);
    expect(await keyquake([...at('key disable orders'), ...asWho('ci')])).toMatchObject({
      status: 1,
      stdout: '',
      stderr:
        'keyquake: the platform refused to disable the key orders with status 401; Unauthorized: The caller has no access to the specified resource (the caller lacks the role Manager, which kms.secrets.disable needs); grant Manager on the instance\n',
    });
  });

  test('a manager, who may', async () => {
    const rotated = await keyquake([...at('key rotate orders'), ...asWho('mona')]);
    expect(rotated).toMatchObject({ status: 0, stderr: '' });
    const events = await platform.request('GET', '/_keyquake/events?action=kms.secrets.rotate');
    expect(events.body.events.at(-1).initiator).toMatchObject({ id: 'IBMid-mona', name: 'mona' });
  });

  test('whoever KEYQUAKE_API_KEY speaks for, as in the shell that evaluated env', async () => {
    const as = (KEYQUAKE_API_KEY: string) =>
      keyquake(at('key disable orders'), { env: { KEYQUAKE_API_KEY } });
    expect((await as(readersKey)).stderr).toContain('the caller lacks the role Manager');
    expect(await as('unknown')).toMatchObject({
      status: 1,
      stderr: `keyquake: the platform at ${platform.url} gave no token, with status 400 BXNIM0415E; Provided API key could not be found. (no identity of this platform has that API key); pass --identities with the file that it was started with, and --as with who is to act\n`,
    });
  });
});

describe('exec', () => {
  const print = ['--', process.execPath, '-p', 'process.env.IC_API_KEY'];

  test.each([
    ['a platform of its own', () => []],
    ['a platform that runs already', () => ['--url', platform.url]],
  ])('on %s acts as the one that is named', async (_name, where) => {
    const result = await spawnKeyquake(['exec', ...where(), ...asWho('ci'), ...print]);
    expect(result).toMatchObject({ status: 0, stdout: `${readersKey}\n`, stderr: '' });
  });

  test('what runs in it acts so, too: a reader may not create an instance', async () => {
    const script = `
      const grant = { grant_type: 'urn:ibm:params:oauth:grant-type:apikey', apikey: process.env.IC_API_KEY };
      const url = process.env.KEYQUAKE_URL;
      fetch(url + '/identity/token', { method: 'POST', body: new URLSearchParams(grant) })
        .then((reply) => reply.json())
        .then(({ access_token }) => fetch(url + '/v2/resource_instances', {
          method: 'POST',
          headers: { authorization: 'Bearer ' + access_token },
          body: JSON.stringify({ name: 'k', target: 'us-south', resource_group: 'g', resource_plan_id: 'eedd3585-90c6-4c8f-be3d-062069e99fc3' }),
        }))
        .then(async (reply) => console.log(reply.status, (await reply.json()).keyquake.cause));`;
    const args = ['exec', ...asWho('ci'), '--', process.execPath, '-e', script];
    const { stdout } = await spawnKeyquake(args);
    expect(stdout).toMatch(/^403 resource-controller\.instance\.create needs the role Editor/);
  });
});

describe('is refused:', () => {
  const candidates =
    'candidates: owner (IBMid-0000000001), mona (IBMid-mona), twin (IBMid-twin1), twin (IBMid-twin2), ci (iam-ServiceId-ci)';
  const derive =
    "leave out its 'apiKeys' for one that is derived from the id, or name another identity with --as";

  test.each([
    ['somebody whom the file does not know', 'eve', `--as eve names nobody in ${people}; ${candidates}`],
    ['a trusted profile', 'ops', `--as ops names a trusted profile, which has no API key; ${candidates}`],
    [
      'a name that two have',
      'twin',
      `--as twin is the name of several identities in ${people}; candidates: twin (IBMid-twin1), twin (IBMid-twin2); name one by its IAM id`,
    ],
    [
      'somebody without an API key',
      'IBMid-twin2',
      `twin (IBMid-twin2) has no API key in ${people}; an empty list gives none; ${derive}`,
    ],
  ])('%s', async (_name, who, line) => {
    const refused = { status: 1, stdout: '', stderr: `keyquake: ${line}\n` };
    expect(await keyquake([...at('env'), ...asWho(who)])).toEqual(refused);
    expect(await keyquake(['exec', ...asWho(who), '--', 'true'])).toEqual(refused);
  });

  test('--as without the file', async () => {
    const stderr =
      'keyquake: --as ci is given without --identities; an identity acts by its API key, and the file says which; name the file that the platform was started with\n';
    expect(await keyquake([...at('env'), '--as', 'ci'])).toEqual({ status: 1, stdout: '', stderr });
    expect(await keyquake(['exec', '--as', 'ci', '--', 'true'])).toEqual({ status: 1, stdout: '', stderr });
  });

  test('a platform that was started without the file, and takes the key for the owner’s', async () => {
    const { stderr } = await keyquake([...at('env', open.url), ...asWho('ci')]);
    expect(stderr).toBe(
      `keyquake: the platform at ${open.url} does not know iam-ServiceId-ci by the API key in ${people}; there the key speaks for IBMid-0000000001; start the platform with 'keyquake up --identities ${people}'\n`,
    );
  });

  test('a platform that was started with another file', async () => {
    const other = fileOf('other.json', { users: [{ id: 'IBMid-new', name: 'new' }] });
    const { stderr } = await keyquake([...at('env'), '--identities', other, '--as', 'new']);
    expect(stderr).toContain('gave no token, with status 400 BXNIM0415E; ');
  });
});

describe('a file that cannot be used ends up, exec and env with one line that repeats no API key:', () => {
  const read = 'cannot be read';
  const use = 'cannot be used';
  const correct = 'correct it; the README shows one that can';
  test.each<[string, unknown, string]>([
    [
      'not JSON',
      '{"ownerApiKeys": ["canary-1" "canary-2"]}',
      `${use}; it is not JSON from line 1, column 30 on; ${correct}`,
    ],
    [
      'an unknown member',
      { ownersApiKeys: ['canary-1'] },
      `${use}; identities.ownersApiKeys is not a known field; ${correct}`,
    ],
    [
      'a role that is none',
      { users: [{ id: 'IBMid-a', name: 'a', access: [{ roles: ['Reeder'], service: 'kms' }] }] },
      `${use}; identities.users[0].access[0].roles names 'Reeder', which is no role of kms; ${correct}`,
    ],
    [
      'an id of the wrong form',
      { users: [{ id: 'anna', name: 'a', apiKeys: ['canary-1'] }] },
      `${use}; identities.users[0].id is 'anna'; such an id starts with IBMid-; ${correct}`,
    ],
    [
      'an API key used twice',
      { ownerApiKeys: ['canary-1'], users: [{ id: 'IBMid-a', name: 'a', apiKeys: ['canary-1'] }] },
      `${use}; identities use one API key twice: ownerApiKeys[0] and users[0].apiKeys[0] are the same; ${correct}`,
    ],
  ])('%s', async (name, content, line) => {
    const file = fileOf(`${name}.json`, content);
    const refused = { status: 1, stdout: '', stderr: `keyquake: --identities ${file} ${line}\n` };
    expect(await keyquake(['up', '--port', '0', '--identities', file])).toEqual(refused);
    expect(await keyquake(['exec', '--identities', file, '--', 'true'])).toEqual(refused);
    expect(await keyquake([...at('env'), '--identities', file])).toEqual(refused);
  });

  test.each([
    ['not there', 'absent.json', 'there is no such file or folder'],
    ['a folder', '.', 'it is a folder'],
  ])('%s', async (_name, name, cause) => {
    const file = join(folder, name);
    expect(await keyquake(['up', '--port', '0', '--identities', file])).toEqual({
      status: 1,
      stdout: '',
      stderr: `keyquake: --identities ${file} ${read}; ${cause}; name a JSON file; the README shows one\n`,
    });
  });
});
