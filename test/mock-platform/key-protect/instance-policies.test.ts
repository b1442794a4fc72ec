/** Policies of an instance and their effects (ibm-control-plane.md 6.1.7, 4.5). */
import { request } from 'node:http';
import { type KeyPlatform, kms, startKeyPlatform } from './support/key-platform';
import { envelope, material, newKey, refusalOf } from './support/keys';

let platform: KeyPlatform;
beforeEach(async () => {
  platform = await startKeyPlatform();
});
afterEach(() => platform.close());

const policyType = 'application/vnd.ibm.kms.policy+json';
const policy = (policy_type: string, enabled: boolean, attributes?: object) => ({
  policy_type,
  policy_data: { enabled, ...(attributes && { attributes }) },
});

async function put(...resources: object[]): Promise<unknown[]> {
  const reply = await platform.call('PUT', '/instance/policies', {
    metadata: { collectionType: policyType, collectionTotal: resources.length },
    resources,
  });
  return reply.status < 300 ? [reply.status, reply.body] : refusalOf(reply);
}

const done = [204, undefined];

test('a fresh instance has none', async () => {
  expect((await platform.call('GET', '/instance/policies')).body).toEqual({
    metadata: { collectionType: policyType, collectionTotal: 0 },
    resources: [],
  });
});

test('all at once, as the Go client sends them; GET shows who and when', async () => {
  expect(
    await put(
      policy('dualAuthDelete', true),
      policy('allowedNetwork', false, { allowed_network: 'public-and-private' }),
      policy('allowedIP', true, { allowed_ip: ['127.0.0.0/8', '2001:db8::/32'] }),
      policy('metrics', true),
      policy('keyCreateImportAccess', true, { import_root_key: false }),
      policy('rotation', true, { interval_month: 3 }),
    ),
  ).toEqual(done);
  const stamp = {
    createdBy: 'IBMid-0000000001',
    creationDate: '2026-01-15T10:00:00Z',
    updatedBy: 'IBMid-0000000001',
    lastUpdated: '2026-01-15T10:00:00Z',
  };
  const reply = await platform.call('GET', '/instance/policies');
  expect(reply.body.resources).toEqual([
    { ...policy('dualAuthDelete', true), ...stamp },
    { ...policy('allowedNetwork', false, { allowed_network: 'public-and-private' }), ...stamp },
    { ...policy('allowedIP', true, { allowed_ip: ['127.0.0.0/8', '2001:db8::/32'] }), ...stamp },
    { ...policy('metrics', true), ...stamp },
    {
      ...policy('keyCreateImportAccess', true, {
        create_root_key: true,
        create_standard_key: true,
        import_root_key: false,
        import_standard_key: true,
        enforce_token: false,
      }),
      ...stamp,
    },
    { ...policy('rotation', true, { interval_month: 3 }), ...stamp },
  ]);
  const one = await platform.call('GET', '/instance/policies?policy=rotation');
  expect(one.body.resources.map(({ policy_type }: { policy_type: string }) => policy_type)).toEqual([
    'rotation',
  ]);
});

test('disabling resets the attributes; keyCreateImportAccess keeps an attributes object (4.5)', async () => {
  await put(
    policy('rotation', true, { interval_month: 3 }),
    policy('keyCreateImportAccess', true, { enforce_token: true }),
  );
  expect(await put(policy('rotation', false), policy('keyCreateImportAccess', false))).toEqual(done);
  const { resources } = (await platform.call('GET', '/instance/policies')).body;
  expect(resources.map((entry: { policy_data: object }) => entry.policy_data)).toEqual([
    { enabled: false },
    {
      enabled: false,
      attributes: {
        create_root_key: true,
        create_standard_key: true,
        import_root_key: true,
        import_standard_key: true,
        enforce_token: false,
      },
    },
  ]);
});

test.each([
  ['an unknown type', policy('weather', true), 'INVALID_FIELD_ERR'],
  ['rotation without an interval', policy('rotation', true), 'INVALID_FIELD_ERR'],
  ['rotation every 13 months', policy('rotation', true, { interval_month: 13 }), 'INVALID_FIELD_ERR'],
  [
    'a network of another name',
    policy('allowedNetwork', true, { allowed_network: 'moon' }),
    'INVALID_FIELD_ERR',
  ],
  ['allowedIP without addresses', policy('allowedIP', true, { allowed_ip: [] }), 'INVALID_FIELD_ERR'],
  ['allowedIP with a name', policy('allowedIP', true, { allowed_ip: ['example.org'] }), 'INVALID_FIELD_ERR'],
  [
    'allowedIP with a wide prefix',
    policy('allowedIP', true, { allowed_ip: ['10.0.0.0/33'] }),
    'INVALID_FIELD_ERR',
  ],
  ['an attribute of another policy', policy('metrics', true, { interval_month: 1 }), 'BAD_BODY_ERR'],
  ['attributes on a disabled policy', policy('rotation', false, { interval_month: 1 }), 'BAD_BODY_ERR'],
])('%s is refused and nothing is set', async (_name, resource, code) => {
  expect(await put(policy('metrics', true), resource)).toEqual([400, code]);
  expect((await platform.call('GET', '/instance/policies')).body.resources).toEqual([]);
});

test('a type twice is refused', async () => {
  expect(await put(policy('metrics', true), policy('metrics', false))).toEqual([400, 'BAD_BODY_ERR']);
});

describe('keyCreateImportAccess', () => {
  const cases = [
    ['create_root_key', { extractable: false }],
    ['create_standard_key', { extractable: true }],
    ['import_root_key', { payload: material, extractable: false }],
    ['import_standard_key', { payload: material, extractable: true }],
  ] as const;

  test.each(cases)('%s false forbids just that', async (attribute) => {
    await put(policy('keyCreateImportAccess', true, { [attribute]: false }));
    const outcomes: unknown[] = [];
    for (const [name, more] of cases) {
      const resource = { type: 'application/vnd.ibm.kms.key+json', name: 'a-key', ...more };
      const reply = await platform.call('POST', '/keys', envelope(resource));
      outcomes.push([name, reply.status === 201 ? 'made' : refusalOf(reply)]);
    }
    expect(outcomes).toEqual(
      cases.map(([name]) => [name, name === attribute ? [409, 'KEY_CREATE_IMPORT_ACCESS_ERR'] : 'made']),
    );
  });

  test('enforce_token refuses material in the clear, on creation and rotation', async () => {
    const key = await newKey(platform, { imported: true });
    await put(policy('keyCreateImportAccess', true, { enforce_token: true }));
    const fresh = { payload: Buffer.alloc(32, 9).toString('base64') };
    const resource = { type: 'application/vnd.ibm.kms.key+json', name: 'a-key', ...fresh };
    const refused = [409, 'KEY_CREATE_IMPORT_ACCESS_ERR'];
    expect(refusalOf(await platform.call('POST', '/keys', envelope(resource)))).toEqual(refused);
    expect(refusalOf(await platform.call('POST', `/keys/${key.id}/actions/rotate`, fresh))).toEqual(refused);
    expect((await newKey(platform)).imported).toBe(false);
  });

  test('keys that were there before are not touched, and a disabled policy forbids nothing', async () => {
    const key = await newKey(platform);
    await put(policy('keyCreateImportAccess', true, { create_root_key: false }));
    expect((await platform.call('POST', `/keys/${key.id}/actions/wrap`, {})).status).toBe(200);
    await put(policy('keyCreateImportAccess', false));
    expect((await newKey(platform)).state).toBe(1);
  });
});

describe('rotation', () => {
  test('is given to generated root keys made afterwards, which then rotate', async () => {
    const before = await newKey(platform);
    await put(policy('rotation', true, { interval_month: 1 }));
    const keys = {
      generated: await newKey(platform),
      imported: await newKey(platform, { imported: true }),
      standard: await newKey(platform, { extractable: true }),
    };
    expect([
      before.rotation,
      keys.generated.rotation,
      keys.imported.rotation,
      keys.standard.rotation,
    ]).toEqual([undefined, { enabled: true, interval_month: 1 }, undefined, undefined]);
    platform.advance('P30D');
    const { body } = await platform.call('GET', `/keys/${keys.generated.id}`);
    expect(body.resources[0].lastRotateDate).toBe('2026-02-14T10:00:00Z');
  });

  test('changed or disabled it leaves the keys alone that have it', async () => {
    const rotationOf = async (id: string) =>
      (await platform.call('GET', `/keys/${id}`)).body.resources[0].rotation;
    await put(policy('rotation', true, { interval_month: 1 }));
    const first = await newKey(platform);
    await put(policy('rotation', true, { interval_month: 6 }));
    const second = await newKey(platform);
    await put(policy('rotation', false));
    const third = await newKey(platform);
    expect([await rotationOf(first.id), await rotationOf(second.id), await rotationOf(third.id)]).toEqual([
      { enabled: true, interval_month: 1 },
      { enabled: true, interval_month: 6 },
      undefined,
    ]);
    platform.advance('P30D');
    const { body } = await platform.call('GET', `/keys/${first.id}`);
    expect(body.resources[0].lastRotateDate).toBe('2026-02-14T10:00:00Z');
  });

  test('is overridden at creation', async () => {
    await put(policy('rotation', true, { interval_month: 1 }));
    const resource = {
      type: 'application/vnd.ibm.kms.key+json',
      name: 'a-key',
      extractable: false,
      rotation: { enabled: false },
    };
    const reply = await platform.call('POST', '/keys_with_policy_overrides', envelope(resource));
    expect(reply.body.resources[0].rotation).toEqual({ enabled: false, interval_month: 1 });
  });
});

test('dualAuthDelete is given to keys made afterwards', async () => {
  const before = await newKey(platform);
  await put(policy('dualAuthDelete', true));
  const after = await newKey(platform);
  expect([before.dualAuthDelete.enabled, after.dualAuthDelete.enabled]).toEqual([false, true]);
  expect(refusalOf(await platform.call('DELETE', `/keys/${after.id}`))).toEqual([
    409,
    'AUTHORIZATIONS_NOT_MET',
  ]);
});

describe('allowedIP', () => {
  test.each([
    ['203.0.113.9', 200],
    ['203.0.114.9', 401],
    ['2001:db8::1', 200],
    ['2001:db9::1', 401],
  ])('a caller from %s is answered %s', async (address, status) => {
    const local = { headers: { 'X-Forwarded-For': '203.0.113.1' } };
    await put(policy('allowedIP', true, { allowed_ip: ['203.0.113.0/24', '2001:db8::/32'] }));
    const reply = await platform.call('GET', '/keys', undefined, { headers: { 'X-Forwarded-For': address } });
    expect(reply.status).toBe(status);
    if (status === 401) {
      expect(reply.body.keyquake.cause).toBe(
        `the policy allowedIP of the instance does not admit ${address}`,
      );
    }
    const off = envelope(policy('allowedIP', false), policyType);
    expect((await platform.call('PUT', '/instance/policies', off, local)).status).toBe(204);
    expect(
      (await platform.call('GET', '/keys', undefined, { headers: { 'X-Forwarded-For': address } })).status,
    ).toBe(200);
  });
});

/** Of the answer to a request for one of the vendor's host names, which `fetch` would not send. */
function refusalFrom(host: string, address = '127.0.0.1'): Promise<unknown[]> {
  return new Promise((resolve, reject) => {
    const headers = { Host: host, 'Bluemix-Instance': kms, 'X-Forwarded-For': address };
    request(`${platform.url}/api/v2/keys`, { headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () =>
        resolve(refusalOf({ status: response.statusCode ?? 0, body: JSON.parse(text) })),
      );
    })
      .on('error', reject)
      .end();
  });
}

const statusFrom = async (host: string): Promise<unknown> => (await refusalFrom(host))[0];

test('allowedIP: the private endpoint takes IPv4 only, whatever is admitted (FEATURE_RESTRICTED_ERR)', async () => {
  await put(policy('allowedIP', true, { allowed_ip: ['127.0.0.0/8', '2001:db8::/32'] }));
  const [open, closed] = ['us-south.kms.cloud.ibm.com', 'private.us-south.kms.cloud.ibm.com'];
  expect([
    await refusalFrom(open, '2001:db8::1'),
    await refusalFrom(closed, '127.0.0.2'),
    await refusalFrom(closed, '2001:db8::1'),
    await refusalFrom(closed, '203.0.113.9'),
  ]).toEqual([
    [200, undefined],
    [200, undefined],
    [403, 'FEATURE_RESTRICTED_ERR'],
    [401, undefined],
  ]);
});

describe('allowedNetwork', () => {
  test('private-only admits the private endpoint alone', async () => {
    await put(policy('allowedNetwork', true, { allowed_network: 'private-only' }));
    expect([
      await statusFrom('us-south.kms.cloud.ibm.com'),
      await statusFrom('private.us-south.kms.cloud.ibm.com'),
      (await platform.call('GET', '/keys')).status,
    ]).toEqual([401, 200, 401]);
  });

  test('public-and-private admits both', async () => {
    await put(policy('allowedNetwork', true, { allowed_network: 'public-and-private' }));
    expect([
      await statusFrom('us-south.kms.cloud.ibm.com'),
      await statusFrom('private.us-south.kms.cloud.ibm.com'),
    ]).toEqual([200, 200]);
  });
});

test('the port of the private endpoint is told while allowedIP is enabled', async () => {
  const collectionType = 'application/vnd.ibm.kms.allowed_ip_metadata+json';
  const none = { metadata: { collectionType, collectionTotal: 0 }, resources: [] };
  const told = async () => (await platform.call('GET', '/instance/allowed_ip_port')).body;
  expect(await told()).toEqual(none);
  await put(policy('allowedIP', true, { allowed_ip: ['127.0.0.0/8'] }));
  expect(await told()).toEqual({
    metadata: { collectionType, collectionTotal: 1 },
    resources: [{ private_endpoint_port: 8888 }],
  });
  await put(policy('allowedIP', false));
  expect(await told()).toEqual(none);
});
