/**
 * The instance policy `metrics` (ibm-control-plane.md 6.1.7; Key Protect settings-monitor-metrics.md for when requests
 * are counted, monitor-metrics.md for the names, the attributes and the 60 seconds), shown at `GET /_keyquake/metrics`.
 */
import { parseInstant } from '../../../domain/time';
import { testStart } from '../../support/platform';
import { account, hyperProtect, type KeyPlatform, kms, startKeyPlatform } from './support/key-platform';
import { envelope, newKey } from './support/keys';

let platform: KeyPlatform;
beforeEach(async () => {
  platform = await startKeyPlatform();
});
afterEach(() => platform.close());

async function shown(query = ''): Promise<string> {
  const response = await fetch(`${platform.url}/_keyquake/metrics${query}`);
  expect([response.status, response.headers.get('content-type')]).toEqual([
    200,
    'text/plain; version=0.0.4; charset=utf-8',
  ]);
  return response.text();
}

/** `kms.secrets.read 200` and the value, of one of the two gauges. */
async function values(query = '', name = 'ibm_kms_api_request_gauge'): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const line of (await shown(query)).split('\n')) {
    if (!line.startsWith(`${name}{`)) continue;
    const [, action] = /ibm_kms_api="([^"]*)"/.exec(line) ?? [];
    const [, status] = /ibm_kms_response_code="([^"]*)"/.exec(line) ?? [];
    const [, instance] = /ibm_resource="([^"]*)"/.exec(line) ?? [];
    found[`${action} ${status}${instance === kms ? '' : ` of ${instance}`}`] = Number(line.split(' ').at(-1));
  }
  return found;
}

async function turn(enabled: boolean, instance = kms): Promise<void> {
  const resource = { policy_type: 'metrics', policy_data: { enabled } };
  const body = envelope(resource, 'application/vnd.ibm.kms.policy+json');
  const reply = await platform.call('PUT', '/instance/policies?policy=metrics', body, { instance });
  expect(reply.status).toBe(204);
}

const list = (instance = kms) => platform.call('GET', '/keys', undefined, { instance });

test('without the policy nothing is counted, and nothing shown', async () => {
  await newKey(platform);
  await list();
  expect(await shown()).toBe('');
});

test('with it every request after it, by API and response code, refused ones too', async () => {
  await list();
  await turn(true);
  const { id } = await newKey(platform);
  await list();
  await list();
  await platform.call('GET', '/keys/none');
  await platform.call('POST', `/keys/${id}/actions/wrap`, {});
  await platform.call('POST', `/keys/${id}?action=wrap`, {});
  await platform.call('POST', `/keys/${id}/actions/enable`);
  await platform.call('GET', '/keys?limit=none');
  expect(await values()).toEqual({
    'kms.secrets.create 201': 1,
    'kms.secrets.list 200': 2,
    'kms.secrets.read 404': 1,
    'kms.secrets.wrap 200': 2,
    'kms.secrets.enable 409': 1,
    'kms.secrets.list 400': 1,
  });
});

test('a request that names the instance by its CRN is one to the instance', async () => {
  await turn(true);
  const crn = `crn:v1:bluemix:public:kms:us-south:a/${account}:${kms}::`;
  expect((await list(crn)).status).toBe(200);
  expect(await values()).toEqual({ 'kms.secrets.list 200': 1 });
});

test('a caller without access is counted, who is not known even', async () => {
  await platform.close();
  platform = await startKeyPlatform({ auth: 'enforce' });
  const [owner, rita] = [await platform.as('owner'), await platform.as('rita')];
  const body = envelope({ policy_type: 'metrics', policy_data: { enabled: true } });
  await platform.call('PUT', '/instance/policies', body, { headers: owner });
  await platform.call('GET', '/keys', undefined, { headers: { Authorization: 'Bearer not-a-token' } });
  await platform.call('GET', '/keys');
  await platform.call('GET', '/instance/policies', undefined, { headers: rita });
  expect(await values()).toEqual({
    'kms.secrets.list 400': 1,
    'kms.secrets.list 401': 1,
    'kms.instance-policies.read 401': 1,
  });
});

test('off again it stops: the request that turns it off is the last one', async () => {
  await turn(true);
  await list();
  await turn(false);
  await list();
  const counted = { 'kms.secrets.list 200': 1, 'kms.instance-policies.write 204': 1 };
  expect(await values()).toEqual(counted);
  await turn(true);
  await list();
  expect(await values()).toEqual({ ...counted, 'kms.secrets.list 200': 2 });
});

test('only the instance that has it; `instance` narrows to one; Hyper Protect has it too', async () => {
  await turn(true);
  await list(hyperProtect);
  expect(await values()).toEqual({});
  await turn(true, hyperProtect);
  await list();
  await list(hyperProtect);
  const [own, other] = ['kms.secrets.list 200', `kms.secrets.list 200 of ${hyperProtect}`];
  expect(await values()).toEqual({ [own]: 1, [other]: 1 });
  expect(await values(`?instance=${hyperProtect}`)).toEqual({ [other]: 1 });
  expect(await shown('?instance=none')).toBe('');
});

test('the whole text: both gauges with their attributes for segmentation', async () => {
  await turn(true);
  await list();
  const labels = [
    `ibm_scope="${account}"`,
    'ibm_ctype="public"',
    'ibm_location="us-south"',
    'ibm_service_name="kms"',
    'ibm_resource_type="instance"',
    `ibm_resource="${kms}"`,
    `ibm_service_instance="${kms}"`,
    'ibm_service_instance_name="instance of kms"',
    'ibm_resource_group_name="the-default-group"',
    'ibm_kms_api="kms.secrets.list"',
    'ibm_kms_response_code="200"',
  ].join(',');
  expect(await shown()).toBe(
    [
      '# HELP ibm_kms_api_request_gauge Requests to the instance.',
      '# TYPE ibm_kms_api_request_gauge gauge',
      `ibm_kms_api_request_gauge{${labels}} 1`,
      '# HELP ibm_kms_api_latency_gauge Mean time from request to answer, in milliseconds.',
      '# TYPE ibm_kms_api_latency_gauge gauge',
      `ibm_kms_api_latency_gauge{${labels}} 0`,
      '',
    ].join('\n'),
  );
});

test('a gauge is of the last 60 seconds, or of the window that is asked for, six hours at most', async () => {
  await turn(true);
  await list();
  platform.advance('PT59S');
  await list();
  expect(await values()).toEqual({ 'kms.secrets.list 200': 2 });
  platform.advance('PT1S');
  expect(await values()).toEqual({ 'kms.secrets.list 200': 1 });
  expect(await values('?window=PT1H')).toEqual({ 'kms.secrets.list 200': 2 });
  platform.advance('PT6H');
  await list();
  expect(await values('?window=P30D')).toEqual({ 'kms.secrets.list 200': 1 });
});

test('a window that is no duration is refused', async () => {
  const reply = await platform.request('GET', '/_keyquake/metrics?window=soon');
  expect([reply.status, reply.body.error, reply.body.message]).toEqual([
    400,
    'invalid_time',
    expect.stringContaining("'soon' is not an ISO 8601 duration"),
  ]);
});

test('latency is the mean of the time between request and answer, by the platform’s clock', async () => {
  await turn(true);
  const start = parseInstant(testStart);
  const now = jest.spyOn(platform.clock, 'now');
  for (const took of [30, 50]) {
    // A request asks the time when it comes in, in its transaction, and when it is answered.
    for (const at of [start, start, start + took]) now.mockReturnValueOnce(at);
    await list();
  }
  now.mockRestore();
  expect(await values('', 'ibm_kms_api_latency_gauge')).toEqual({ 'kms.secrets.list 200': 40 });
});

test('a reset forgets what was counted; reading metrics is no write', async () => {
  await turn(true);
  await list();
  const before = await platform.storeText();
  await list();
  await shown();
  expect(await platform.storeText()).toBe(before);
  expect(await values()).toEqual({ 'kms.secrets.list 200': 2 });
  await platform.request('POST', '/_keyquake/reset');
  expect(await shown()).toBe('');
});

test('names are escaped as the format wants it', async () => {
  await platform.inSession(async ({ tx }) => {
    const stored = await tx.get<{ name: string }>({ kind: 'resource-instance' }, kms);
    if (stored) await tx.update(stored, { doc: { ...stored.doc, name: 'a "b" \\ c' } });
  });
  await turn(true);
  await list();
  expect(await shown()).toContain('ibm_service_instance_name="a \\"b\\" \\\\ c"');
});
