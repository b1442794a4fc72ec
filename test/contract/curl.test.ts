/**
 * Raw `curl` lines, as a shell runs them: the ones below, and whatever the README holds, against a platform in which what
 * the README has applied by then is there (an instance shop-kms, a root key shop-key).
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../support/package';
import { startTestPlatform, type TestPlatform } from '../support/platform';
import { codeBlocks } from '../support/readme';

const keyType = 'application/vnd.ibm.kms.key+json';
const newKey = (name: string) => ({
  metadata: { collectionType: keyType, collectionTotal: 1 },
  resources: [{ type: keyType, name, extractable: false }],
});

let platform: TestPlatform;
let guid: string;

beforeEach(async () => {
  platform = await startTestPlatform();
  const group = await platform.request('GET', '/v2/resource_groups?default=true');
  const instance = await platform.request('POST', '/v2/resource_instances', {
    name: 'shop-kms',
    target: 'us-south',
    resource_group: group.body.resources[0].id,
    resource_plan_id: 'eedd3585-90c6-4c8f-be3d-062069e99fc3',
  });
  guid = instance.body.guid;
  await platform.request('POST', '/api/v2/keys', newKey('shop-key'), { 'Bluemix-Instance': guid });
});
afterEach(() => platform.close());

/** Standard output of a script in which every command must end well. */
async function run(script: string): Promise<string> {
  const env = { ...process.env, KEYQUAKE_URL: platform.url, NO_PROXY: '*' };
  const child = spawn('bash', ['-euc', `set -o pipefail\n${script}`], { env });
  let [output, errors] = ['', ''];
  child.stdout.on('data', (data) => (output += data));
  child.stderr.on('data', (data) => (errors += data));
  const status = await new Promise<number | null>((resolve) => child.on('close', resolve));
  if (status !== 0) throw new Error(`exit ${status}: ${errors}${output}`);
  return output;
}

const token = `
token=$(curl -sf "$KEYQUAKE_URL/identity/token" -d grant_type=urn:ibm:params:oauth:grant-type:apikey -d apikey=any |
  grep -o '"access_token":"[^"]*' | cut -d'"' -f4)
guid=$(curl -sf -H "Authorization: Bearer $token" "$KEYQUAKE_URL/v2/resource_instances?name=shop-kms" |
  grep -o '"guid":"[^"]*' | cut -d'"' -f4)
kms() { curl -sf -H "Authorization: Bearer $token" -H "Bluemix-Instance: $guid" "$@"; }
`;
const create = `
id=$(kms "$KEYQUAKE_URL/api/v2/keys" -d '${JSON.stringify(newKey('by-curl'))}' | grep -o '"id":"[^"]*' | head -n 1 | cut -d'"' -f4)
`;

test('a token is a JWT, and the instance is found by its name (ibm-control-plane.md 1.2, 6.4)', async () => {
  const [jwt = '', found] = (await run(`${token}echo "$token"; echo "$guid"`)).split('\n');
  expect(jwt.split('.')).toHaveLength(3);
  expect(found).toBe(guid);
});

test('a key is made and disabled: a body in the form type of curl, and none (1.6)', async () => {
  const id = (
    await run(`${token}${create}kms -X POST "$KEYQUAKE_URL/api/v2/keys/$id/actions/disable"; echo "$id"`)
  ).trim();
  const { body } = await platform.request('GET', `/api/v2/keys/${id}`, undefined, {
    'Bluemix-Instance': guid,
  });
  expect(body.resources[0]).toMatchObject({ name: 'by-curl', state: 2 });
});

test('registrations of all keys are listed', async () => {
  const listed = JSON.parse(await run(`${token}kms "$KEYQUAKE_URL/api/v2/keys/registrations"`));
  expect(listed.metadata).toMatchObject({ collectionTotal: 0 });
});

test('a refusal fails the line: curl ends with 22 for a status of 400 or more', async () => {
  await expect(run(`${token}kms "$KEYQUAKE_URL/api/v2/keys/no-such-key"`)).rejects.toThrow(/^exit 22/);
});

test('the lines of the README, one block after the other', async () => {
  const blocks = codeBlocks(readFileSync(join(root, 'README.md'), 'utf8'));
  const lines = blocks.filter(({ language, code }) => language === 'sh' && /\bcurl\b/.test(code));
  expect(lines).toHaveLength(1);
  const script = lines.map(({ code }) => code).join('\n');
  const said = await run(script.replace(/http:\/\/127\.0\.0\.1:\d+/g, platform.url));
  expect(JSON.parse(said).metadata).toMatchObject({ collectionTotal: 0 });
});
