/**
 * design.md rule 6: secrets do not travel. A platform lives through a whole life with secrets that would be recognized
 * anywhere; its store, dump, events, logs, graph, refusals, reports, and every answer whose purpose is not to hand the
 * secret out are searched for them.
 */
import { constants, createCipheriv, publicEncrypt } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { actions, render, reportFormats, simulate, worldFromJson } from '../../simulator';
import { targetKinds } from '../../simulator/rules/question';
import { leaksIn } from '../support/canary';
import { type Reply, startTestPlatform, type TestPlatform } from '../support/platform';
import { volumeCall } from '../support/world-builder';

/** Texts with characters that JSON, URLs and HTML escape; material that is no text. */
const text = (name: string): Buffer => Buffer.from(`canary "${name}" \\ & <7be2> é`);
const bytes = (seed: number): Buffer =>
  Buffer.from(Array.from({ length: 32 }, (_, index) => (seed + index * 89) % 256));

const secrets = {
  'first payload': text('first payload'),
  'second payload': text('second payload'),
  'refused payload': text('refused payload'),
  'imported material': bytes(151),
  'rotated material': bytes(203),
  'token-imported material': bytes(17),
  'standard key': bytes(91),
  'data key': bytes(63),
  'API key': text('API key'),
} as const;

type SecretName = keyof typeof secrets;

const clear = (name: SecretName): string => secrets[name].toString('utf8');
const base64 = (name: SecretName): string => secrets[name].toString('base64');

const folder = mkdtempSync(join(tmpdir(), 'keyquake-canary-'));
const log: string[] = [];
const replies: { readonly what: string; readonly mayTell: boolean; readonly reply: Reply }[] = [];
let platform: TestPlatform;
let token = '';
const tokens: string[] = [];

beforeAll(async () => {
  const write = (level: string) => (line: string) => {
    log.push(`${level} ${line}`);
  };
  platform = await startTestPlatform({
    store: join(folder, 'platform.db'),
    auth: 'enforce',
    identities: { ownerApiKeys: [clear('API key')] },
    logger: { info: write('info'), warn: write('warn'), error: write('error') },
  });
});
afterAll(async () => {
  await platform.close().catch(() => undefined);
  rmSync(folder, { recursive: true });
});

interface Asking {
  readonly headers?: Record<string, string>;
  /** The answer is there to hand out a secret. */
  readonly mayTell?: boolean;
}

/** Keeps every answer. */
async function ask(method: string, path: string, body?: unknown, asking: Asking = {}): Promise<Reply> {
  const { headers = {}, mayTell = false } = asking;
  const reply = await platform.request(method, path, body, { Authorization: `Bearer ${token}`, ...headers });
  replies.push({ what: `${method} ${path.split('?')[0]} ${reply.status}`, mayTell, reply });
  return reply;
}

/** As {@link ask}, for what has to be done. */
async function done(...call: Parameters<typeof ask>): Promise<Reply['body']> {
  const { status, body } = await ask(...call);
  if (status >= 300) throw new Error(`${call[0]} ${call[1]}: ${status} ${JSON.stringify(body)}`);
  return body;
}

/** As {@link ask}, for what has to be refused with that status. */
async function refused(status: number, ...call: Parameters<typeof ask>): Promise<void> {
  const reply = await ask(...call);
  expect([call[0], call[1], reply.status]).toEqual([call[0], call[1], status]);
}

async function signIn(): Promise<void> {
  const form = new URLSearchParams({
    grant_type: 'urn:ibm:params:oauth:grant-type:apikey',
    apikey: clear('API key'),
  });
  const { access_token, refresh_token } = await done('POST', '/identity/token', String(form), {
    mayTell: true,
    headers: { Authorization: '' },
  });
  token = access_token;
  tokens.push(access_token, refresh_token);
}

const plans = {
  kms: 'eedd3585-90c6-4c8f-be3d-062069e99fc3',
  'secrets-manager': '7713c3a8-3be8-4a9a-81bb-ee822fcaac3d',
};

async function instance(service: keyof typeof plans, parameters = {}): Promise<string> {
  const groups = await done('GET', '/v2/resource_groups?default=true');
  const made = await done('POST', '/v2/resource_instances', {
    name: `canary-${service}`,
    target: 'us-south',
    resource_group: groups.resources[0].id,
    resource_plan_id: plans[service],
    parameters,
  });
  return made.guid;
}

function kms(guid: string, asking: Asking = {}): Asking {
  return { ...asking, headers: { 'Bluemix-Instance': guid } };
}

const metadata = { collectionType: 'application/vnd.ibm.kms.key+json', collectionTotal: 1 };
const keyBody = (fields: object): object => ({
  metadata,
  resources: [
    { type: 'application/vnd.ibm.kms.key+json', name: 'canary-key', extractable: false, ...fields },
  ],
});

const restoreBody = (name: SecretName): object => ({ metadata, resources: [{ payload: base64(name) }] });

/** As a vendor's client seals material for an import token (ibm-control-plane.md 6.1.8). */
function sealedFor({ payload, nonce }: { payload: string; nonce: string }, material: Buffer): object {
  const iv = Buffer.alloc(12, 5);
  const cipher = createCipheriv('aes-256-gcm', material, iv);
  const encrypted = [cipher.update(Buffer.from(nonce, 'base64')), cipher.final(), cipher.getAuthTag()];
  const key = Buffer.from(payload, 'base64').toString('utf8');
  const padding = constants.RSA_PKCS1_OAEP_PADDING;
  return {
    payload: publicEncrypt({ key, padding, oaepHash: 'sha256' }, material).toString('base64'),
    encryptedNonce: Buffer.concat(encrypted).toString('base64'),
    iv: iv.toString('base64'),
    encryptionAlgorithm: 'RSAES_OAEP_SHA_256',
  };
}

async function lifeOfKeys(guid: string): Promise<{ id: string; crn: string }> {
  const asking = kms(guid);
  const made = await done('POST', '/api/v2/keys', keyBody({ payload: base64('imported material') }), asking);
  const { id, crn } = made.resources[0];
  const standard = keyBody({ extractable: true, payload: base64('standard key') });
  const { id: other } = (await done('POST', '/api/v2/keys', standard, kms(guid, { mayTell: true })))
    .resources[0];
  await done('GET', `/api/v2/keys/${other}`, undefined, kms(guid, { mayTell: true }));
  await done('POST', '/api/v2/import_token', {}, asking);
  const importToken = await done('GET', '/api/v2/import_token', undefined, asking);
  const sealed = sealedFor(importToken, secrets['token-imported material']);
  await done('POST', '/api/v2/keys', keyBody(sealed), asking);
  const wrap = { plaintext: base64('data key'), aad: ['canary'] };
  const { ciphertext } = await done('POST', `/api/v2/keys/${id}/actions/wrap`, wrap, asking);
  await done('POST', `/api/v2/keys/${id}/actions/rotate`, { payload: base64('rotated material') }, asking);
  const unwrap = { ciphertext, aad: ['canary'] };
  await done('POST', `/api/v2/keys/${id}/actions/rewrap`, unwrap, asking);
  await done('POST', `/api/v2/keys/${id}/actions/unwrap`, unwrap, kms(guid, { mayTell: true }));
  for (const path of ['', `/${id}`, `/${id}/metadata`, `/${id}/versions`, `/${other}/metadata`])
    await done('GET', `/api/v2/keys${path}`, undefined, asking);
  return { id, crn };
}

/** Requests that carry a secret and are refused. */
async function refusalsOfKeys(guid: string, id: string): Promise<void> {
  const asking = kms(guid);
  const payload = base64('imported material');
  await refused(400, 'POST', '/api/v2/keys', keyBody({ payload, name: '' }), asking);
  await refused(400, 'POST', '/api/v2/keys', keyBody({ payload: `${payload}!` }), asking);
  await refused(400, 'POST', '/api/v2/keys', keyBody({ secret: payload }), asking);
  await refused(400, 'POST', '/api/v2/keys', `{"payload": "${payload}`, asking);
  await refused(409, 'POST', `/api/v2/keys/${id}/actions/rotate`, { payload }, asking);
  await refused(409, 'POST', `/api/v2/keys/${id}/restore`, restoreBody('imported material'), asking);
  await refused(422, 'POST', `/api/v2/keys/${id}/actions/unwrap`, { ciphertext: base64('data key') }, asking);
  await refused(400, 'POST', `/api/v2/keys/${id}/actions/wrap`, { plaintext: [base64('data key')] }, asking);
  await refused(404, 'POST', `/api/v2/keys/unknown/actions/wrap`, { plaintext: base64('data key') }, asking);
}

async function authorize(sourceService: string): Promise<void> {
  const { account } = platform.platform.options;
  const attributes = (serviceName: string) => [
    {
      attributes: [
        { name: 'accountId', value: account },
        { name: 'serviceName', value: serviceName },
      ],
    },
  ];
  await done('POST', '/v1/policies', {
    type: 'authorization',
    subjects: attributes(sourceService),
    roles: [{ role_id: 'crn:v1:bluemix:public:iam::::serviceRole:Reader' }],
    resources: attributes('kms'),
  });
}

async function lifeOfSecrets(guid: string): Promise<string> {
  const base = `/secrets-manager/${guid}/api/v2`;
  const tells = { mayTell: true };
  const secret = { secret_type: 'arbitrary', name: 'canary-secret', payload: clear('first payload') };
  const { id } = await done('POST', `${base}/secrets`, secret, tells);
  const locks = { locks: [{ name: 'web', attributes: { consumer: 'web' } }] };
  await done('POST', `${base}/secrets/${id}/locks_bulk`, locks);
  await done('POST', `${base}/secrets/${id}/versions`, { payload: clear('second payload') }, tells);
  for (const path of ['', '/versions/previous'])
    await done('GET', `${base}/secrets/${id}${path}`, undefined, tells);
  await done(
    'GET',
    `${base}/secret_groups/default/secret_types/arbitrary/secrets/canary-secret`,
    undefined,
    tells,
  );
  const quiet = [
    '',
    `/${id}/metadata`,
    `/${id}/versions`,
    `/${id}/versions/current/metadata`,
    `/${id}/locks`,
  ];
  for (const path of quiet) await done('GET', `${base}/secrets${path}`);
  return `${base}/secrets/${id}`;
}

async function refusalsOfSecrets(secret: string): Promise<void> {
  const secretsPath = secret.replace(/\/[^/]+$/, '');
  const payload = clear('refused payload');
  await refused(400, 'POST', secretsPath, { secret_type: 'arbitrary', name: 'x', payload });
  await refused(400, 'POST', secretsPath, {
    secret_type: 'arbitrary',
    name: 'canary',
    payload,
    extra: payload,
  });
  await refused(400, 'POST', secretsPath, { secret_type: payload, name: 'canary' });
  await refused(400, 'POST', secretsPath, `{"payload": ${JSON.stringify(payload)}`);
  await refused(400, 'POST', secretsPath, {
    secret_type: 'arbitrary',
    name: 'canary',
    payload: { a: payload },
  });
  await refused(501, 'POST', secretsPath, { secret_type: 'kv', name: 'canary', data: { a: payload } });
  await refused(409, 'POST', secretsPath, { secret_type: 'arbitrary', name: 'canary-secret', payload });
  await refused(412, 'POST', `${secret}/versions`, { payload });
  await refused(412, 'DELETE', `${secret}/versions/previous/secret_data`);
}

/** The API key and tokens, where they are not accepted. */
async function refusalsOfTokens(): Promise<void> {
  const form = { grant_type: 'urn:ibm:params:oauth:grant-type:apikey', apikey: `${clear('API key')} not` };
  await refused(400, 'POST', '/identity/token', String(new URLSearchParams(form)));
  const authorization = { Authorization: `Bearer ${token.slice(0, -4)}AAAA` };
  await refused(401, 'GET', '/v2/resource_instances', undefined, { headers: authorization });
  await refused(401, 'GET', '/v2/resource_instances', undefined, {
    headers: { Authorization: `Basic ${base64('API key')}` },
  });
}

async function endOfKeys(
  guid: string,
  { id, crn }: { id: string; crn: string },
  secret: string,
): Promise<void> {
  const asking = kms(guid);
  const volume = {
    zone: { name: 'us-south-1' },
    profile: { name: 'sdp' },
    capacity: 10,
    encryption_key: { crn },
  };
  await done('POST', `/v1/volumes?${volumeCall}`, volume);
  await done('POST', `/api/v2/keys/${id}/actions/disable`, undefined, asking);
  await refused(409, 'GET', secret);
  await refused(409, 'POST', `${secret}/versions`, { payload: clear('refused payload') });
  platform.platform.clock.advance(60_000);
  await done('POST', `/api/v2/keys/${id}/actions/enable`, undefined, asking);
  await done('DELETE', `/api/v2/keys/${id}?force=true`, undefined, asking);
  platform.platform.clock.advance(60_000);
  await refused(400, 'POST', `/api/v2/keys/${id}/restore`, restoreBody('data key'), asking);
}

/** Everything that the platform tells, wrote or predicts, by place. */
async function places(): Promise<ReadonlyMap<string, string | Buffer>> {
  const graph = (await ask('GET', '/_keyquake/graph')).body;
  const events = (await ask('GET', '/_keyquake/events?limit=10000')).body;
  const found = new Map<string, string | Buffer>([
    ['the graph', JSON.stringify(graph)],
    ['the events', JSON.stringify(events)],
    ['the log', log.join('\n')],
    ['the dump', JSON.stringify(await platform.platform.snapshot())],
  ]);
  for (const file of readdirSync(folder)) found.set(file, readFileSync(join(folder, file)));
  const world = worldFromJson(graph, 'the graph', 0);
  for (const action of actions) {
    const targets = world.nodes.filter(({ kind }) => targetKinds[action].includes(kind)).map(({ id }) => id);
    const report = simulate(world, { action, targets });
    for (const format of reportFormats) found.set(`${action} as ${format}`, render(report, format));
  }
  return found;
}

test('no secret is anywhere but in the answers that hand it out', async () => {
  await signIn();
  const keys = await instance('kms');
  const key = await lifeOfKeys(keys);
  await refusalsOfKeys(keys, key.id);
  await authorize('server-protect');
  await authorize('secrets-manager');
  const manager = await instance('secrets-manager', { kms_key: key.crn });
  const secret = await lifeOfSecrets(manager);
  await refusalsOfSecrets(secret);
  await refusalsOfTokens();
  await endOfKeys(keys, key, secret);

  const sought = {
    ...secrets,
    ...Object.fromEntries(tokens.map((one, index) => [`token ${index}`, Buffer.from(one)])),
  };
  const searched = await places();
  const names = [...searched.keys()];
  expect(names).toEqual(expect.arrayContaining(['platform.db', 'platform.db-wal', 'purge as markdown']));
  expect(log.length).toBeGreaterThan(20);
  const quiet = replies.filter(({ mayTell }) => !mayTell);
  expect(quiet.filter(({ reply }) => reply.status >= 400).length).toBeGreaterThan(20);
  const leaks = [
    ...[...searched].flatMap(([place, content]) => leaksIn(place, content, sought)),
    ...quiet.flatMap(({ what, reply }) =>
      leaksIn(what, JSON.stringify([reply.body, [...reply.headers]]), sought),
    ),
  ];
  expect(leaks).toEqual([]);
});

test('what was searched is the right place: names are in it, and the answers that hand secrets out hold them', async () => {
  const searched = await places();
  for (const place of ['the graph', 'the dump', 'the events'])
    expect([place, String(searched.get(place)).includes('canary-secret')]).toEqual([place, true]);
  const files = Buffer.concat(
    [...searched]
      .filter(([place]) => place.startsWith('platform.db'))
      .map(([, content]) => content as Buffer),
  );
  expect(files.includes('canary-secret')).toBe(true);
  const told = replies.filter(({ mayTell }) => mayTell).map(({ reply }) => JSON.stringify(reply.body));
  const found = (['first payload', 'second payload', 'standard key', 'data key'] as const).filter((name) =>
    told.some((answer) => leaksIn('', answer, { [name]: secrets[name] }).length > 0),
  );
  expect(found).toEqual(['first payload', 'second payload', 'standard key', 'data key']);
});

test('nor is it in the files of a platform that has been closed', async () => {
  await platform.close();
  const leaks = readdirSync(folder).flatMap((file) =>
    leaksIn(file, readFileSync(join(folder, file)), secrets),
  );
  expect(leaks).toEqual([]);
});
