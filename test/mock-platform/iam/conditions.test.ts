/** Policies that hold at times, and for what carries a tag (IBM Cloud IAM docs iam-based-conditions.md, known-issues.md). */

import { bearerOf } from '../../support/callers';
import { startTestPlatform, type TestPlatform } from '../../support/platform';
import { accessV2, account, authorizationV2, refusalOf, role } from './support';

const identities = {
  ownerApiKeys: ['owner'],
  users: [{ id: 'IBMid-anna', name: 'Anna', apiKeys: ['anna'] }],
};

let platform: TestPlatform;
let guid: string;
let owner: Record<string, string>;
beforeEach(async () => {
  platform = await startTestPlatform({ auth: 'enforce', identities });
  owner = await bearerOf(platform, 'owner');
  const group = (await as(owner, 'GET', '/v2/resource_groups?default=true')).body.resources[0].id;
  guid = (await instance(group)).body.guid;
});
afterEach(() => platform.close());

const as = (
  headers: Record<string, string>,
  method: string,
  path: string,
  body?: unknown,
  more: Record<string, string> = {},
) => platform.request(method, path, body, { ...headers, ...more });

const instance = (group: string) =>
  as(owner, 'POST', '/v2/resource_instances', {
    name: 'keys',
    target: 'us-south',
    resource_group: group,
    resource_plan_id: 'eedd3585-90c6-4c8f-be3d-062069e99fc3',
  });

/** Whether Anna sees the instance at the time. */
async function seesAt(time: string): Promise<boolean> {
  platform.platform.clock.set(Date.parse(time));
  const { status } = await as(await bearerOf(platform, 'anna'), 'GET', `/v2/resource_instances/${guid}`);
  expect([200, 403]).toContain(status);
  return status === 200;
}

const day = { key: '{{environment.attributes.day_of_week}}', operator: 'dayOfWeekAnyOf' };
const time = '{{environment.attributes.current_time}}';
const moment = '{{environment.attributes.current_date_time}}';
const between = (key: string, kind: string, from: string, until: string) => [
  { key, operator: `${kind}GreaterThanOrEquals`, value: from },
  { key, operator: `${kind}LessThanOrEquals`, value: until },
];
const once = {
  pattern: 'time-based-conditions:once',
  rule: {
    operator: 'and',
    conditions: between(moment, 'dateTime', '2026-01-16T09:00:00-05:00', '2026-01-16T17:00:00-05:00'),
  },
};
const weekdays = {
  pattern: 'time-based-conditions:weekly:all-day',
  rule: { ...day, value: ['1+00:00', '2+00:00', '3+00:00', '4+00:00', '5+00:00'] },
};
const officeHours = {
  pattern: 'time-based-conditions:weekly:custom-hours',
  rule: {
    operator: 'and',
    conditions: [
      { ...day, value: ['4-05:00', '5-05:00'] },
      ...between(time, 'time', '09:00:00-05:00', '17:00:00-05:00'),
    ],
  },
};

const ofKeys = (condition: object) => ({ ...accessV2({ resource: { serviceName: 'kms' } }), ...condition });
const post = (body: unknown) => as(owner, 'POST', '/v2/policies', body);

describe('a policy decides at its times alone', () => {
  type Moments = readonly (readonly [time: string, sees: boolean])[];

  test.each<readonly [string, { pattern: string; rule: object }, Moments]>([
    [
      'once',
      once,
      [
        ['2026-01-16T13:59:59Z', false],
        ['2026-01-16T14:00:00Z', true],
        ['2026-01-16T22:00:01Z', false],
      ],
    ],
    [
      'all day',
      weekdays,
      [
        ['2026-01-16T23:59:59Z', true],
        ['2026-01-17T12:00:00Z', false],
        ['2026-01-19T00:00:00Z', true],
      ],
    ],
    [
      'custom hours',
      officeHours,
      [
        ['2026-01-15T13:59:59Z', false],
        ['2026-01-15T14:00:00Z', true],
        ['2026-01-19T15:00:00Z', false],
      ],
    ],
  ])('%s', async (_name, condition, moments) => {
    const made = await post(ofKeys(condition));
    expect([made.status, made.body.pattern, made.body.rule]).toEqual([
      201,
      condition.pattern,
      condition.rule,
    ]);
    for (const [when, sees] of moments) expect([when, await seesAt(when)]).toEqual([when, sees]);
  });

  test('the same terms at other times are another policy; at the same times they are not', async () => {
    expect((await post(ofKeys(once))).status).toBe(201);
    expect((await post(ofKeys(weekdays))).status).toBe(201);
    expect((await post(ofKeys({}))).status).toBe(201);
    expect(refusalOf(await post(ofKeys(once))).slice(0, 2)).toEqual([409, 'policy_conflict_error']);
  });

  test('a replacement without the rule holds always', async () => {
    const { id } = (await post(ofKeys(once))).body;
    expect(await seesAt('2026-01-20T12:00:00Z')).toBe(false);
    owner = await bearerOf(platform, 'owner');
    const reply = await as(owner, 'PUT', `/v2/policies/${id}`, ofKeys({}), { 'If-Match': '*' });
    expect([reply.status, reply.body.rule, reply.body.pattern]).toEqual([200, undefined, undefined]);
    expect(await seesAt('2026-01-20T12:00:01Z')).toBe(true);
  });
});

test('version 1 shows a placeholder, and does not replace what it cannot express (placeholder-v2)', async () => {
  const { id } = (await post(ofKeys(once))).body;
  const unsupported =
    '**This is a unsupported policy version placeholder, to view the full content, please call GET with provided href**';
  const placeholder = {
    id,
    type: 'access',
    description: unsupported,
    subjects: [{ attributes: [{ name: 'iam_id', value: 'unsupported version' }] }],
    roles: [
      {
        role_id: 'crn:v1:bluemix:public:iam::::role:UnsupportedVersion',
        display_name: 'Unsupported Version',
        description: unsupported,
      },
    ],
    resources: [{ attributes: [{ name: 'accountId', value: account, operator: 'stringEquals' }] }],
    href: `${platform.url}/v2/policies/${id}`,
    state: 'active',
  };
  expect((await as(owner, 'GET', `/v1/policies/${id}`)).body).toMatchObject(placeholder);
  const { policies } = (await as(owner, 'GET', `/v1/policies?account_id=${account}&type=access`)).body;
  expect(policies).toMatchObject([placeholder]);
  const body = {
    type: 'access',
    subjects: [{ attributes: [{ name: 'iam_id', value: 'IBMid-anna' }] }],
    roles: [{ role_id: role('Viewer') }],
    resources: [
      {
        attributes: [
          { name: 'accountId', value: account },
          { name: 'serviceName', value: 'kms' },
        ],
      },
    ],
  };
  expect(refusalOf(await as(owner, 'PUT', `/v1/policies/${id}`, body, { 'If-Match': '*' }))).toEqual([
    400,
    'invalid_body',
    'a policy with a rule is replaced through version 2',
  ]);
});

describe('refuses', () => {
  test.each<readonly [string, unknown, number, string, string]>([
    [
      'a rule without a pattern',
      ofKeys({ rule: once.rule }),
      400,
      'invalid_body',
      'pattern is required with a rule',
    ],
    [
      'a pattern without a rule',
      ofKeys({ pattern: once.pattern }),
      400,
      'invalid_body',
      'rule is required with a pattern',
    ],
    [
      'an unknown pattern',
      ofKeys({ ...once, pattern: 'time-based-conditions:weekly' }),
      400,
      'invalid_body',
      'pattern time-based-conditions:weekly is not one of time-based-conditions:once, time-based-conditions:weekly:all-day, time-based-conditions:weekly:custom-hours',
    ],
    [
      'a rule of another pattern',
      ofKeys({ ...weekdays, pattern: once.pattern }),
      400,
      'invalid_body',
      'a rule of the pattern time-based-conditions:once is made of: dateTime from, dateTime until; this one is made of: day',
    ],
    [
      'a condition without a value',
      ofKeys({ ...weekdays, rule: day }),
      400,
      'invalid_body',
      'rule operator dayOfWeekAnyOf needs a key and a value',
    ],
    [
      'conditions within conditions',
      ofKeys({ ...once, rule: { operator: 'and', conditions: [once.rule] } }),
      400,
      'invalid_body',
      'conditions of a time-based rule are not nested',
    ],
    [
      'conditions beside a key',
      ofKeys({ ...once, rule: { ...once.rule, key: moment } }),
      400,
      'invalid_body',
      'rule has either conditions, or a key and a value',
    ],
    [
      'a rule of an authorization',
      { ...authorizationV2(), ...once },
      400,
      'invalid_body',
      'rule is for policies of the type access',
    ],
    [
      'conditions on resource attributes, by name',
      ofKeys({
        pattern: 'attribute-based-condition:resource:literal-and-wildcard',
        rule: {
          operator: 'or',
          conditions: [{ key: '{{resource.attributes.path}}', operator: 'stringMatch', value: 'a*' }],
        },
      }),
      501,
      'not_emulated',
      'a policy with conditions on resource attributes is not emulated by this platform',
    ],
    [
      'an operator on dates, by name',
      ofKeys({ ...once, rule: { key: moment, operator: 'dateLessThan', value: '2026-01-16' } }),
      501,
      'not_emulated',
      'a condition with the operator dateLessThan is not emulated by this platform',
    ],
    [
      'tags beside other attributes (known-issues.md)',
      {
        ...accessV2({ resource: { serviceName: 'kms' } }),
        resource: {
          ...accessV2({ resource: { serviceName: 'kms' } }).resource,
          tags: [{ key: 'env', operator: 'stringEquals', value: 'test' }],
        },
      },
      400,
      'invalid_body',
      'a resource with tags has the attributes accountId and serviceType service, and no other',
    ],
    [
      'tags of an authorization',
      {
        ...authorizationV2(),
        resource: {
          ...authorizationV2().resource,
          tags: [{ key: 'env', operator: 'stringEquals', value: 'test' }],
        },
      },
      400,
      'invalid_body',
      'tags are for policies of the type access',
    ],
  ])('%s', async (_name, body, ...expected) => {
    expect(refusalOf(await post(body))).toEqual(expected);
    const { policies } = (await as(owner, 'GET', `/v2/policies?account_id=${account}`)).body;
    expect(policies).toEqual([]);
  });
});

describe('access tags', () => {
  const tagged = (operator: string, value: string) => {
    const body = accessV2();
    return { ...body, resource: { ...body.resource, tags: [{ key: 'env', operator, value }] } };
  };
  const sees = () => seesAt('2026-01-15T10:00:00Z');
  const tag = async (path: string, name: string) => {
    await as(owner, 'POST', '/v3/tags?tag_type=access', { tag_names: [name] });
    const resources = [{ resource_id: `crn:v1:bluemix:public:kms:us-south:a/${account}:${guid}::` }];
    const reply = await as(owner, 'POST', `/v3/tags/${path}?tag_type=access`, {
      tag_names: [name],
      resources,
    });
    expect(reply.body.results[0].is_error).toBe(false);
  };

  test.each([
    ['equals the value', 'stringEquals', 'test', 'env:test', true],
    ['has another value', 'stringEquals', 'test', 'env:live', false],
    ['has another key', 'stringEquals', 'test', 'cost:test', false],
    ['matches the pattern', 'stringMatch', 't*', 'env:test', true],
    ['is no pattern', 'stringEquals', 't*', 'env:test', false],
  ])('a tag that %s', async (_name, operator, value, name, expected) => {
    expect((await post(tagged(operator, value))).status).toBe(201);
    expect(await sees()).toBe(false);
    await tag('attach', name);
    expect(await sees()).toBe(expected);
    await tag('detach', name);
    expect(await sees()).toBe(false);
  });

  test('are shown by both versions, and found', async () => {
    const { id } = (await post(tagged('stringEquals', 'test'))).body;
    const v2 = (await as(owner, 'GET', `/v2/policies/${id}`)).body;
    expect(v2.resource.tags).toEqual([{ key: 'env', operator: 'stringEquals', value: 'test' }]);
    const v1 = (await as(owner, 'GET', `/v1/policies/${id}`)).body;
    expect(v1.resources[0].tags).toEqual([{ name: 'env', operator: 'stringEquals', value: 'test' }]);
    const found = async (query: string) =>
      (await as(owner, 'GET', `/v1/policies?account_id=${account}&${query}`)).body.policies.length;
    expect([await found('tag_name=env'), await found('tag_name=cost')]).toEqual([1, 0]);
    expect([await found('tag_value=test'), await found('tag_value=live')]).toEqual([1, 0]);
  });

  test('come through version 1 as well', async () => {
    const body = {
      type: 'access',
      subjects: [{ attributes: [{ name: 'iam_id', value: 'IBMid-anna' }] }],
      roles: [{ role_id: role('Viewer') }],
      resources: [
        {
          attributes: [
            { name: 'accountId', value: account },
            { name: 'serviceType', value: 'service' },
          ],
          tags: [{ name: 'env', value: 'test' }],
        },
      ],
    };
    expect((await as(owner, 'POST', '/v1/policies', body)).status).toBe(201);
    await tag('attach', 'env:test');
    expect(await sees()).toBe(true);
  });
});
