/** Policies of keys (ibm-control-plane.md 6.1.6, 4.4) and the policies that override those of the instance (4.6). */
import { account, type KeyPlatform, kms, startKeyPlatform } from './support/key-platform';
import { envelope, material, newKey, refusalOf } from './support/keys';

let platform: KeyPlatform;
beforeAll(async () => {
  platform = await startKeyPlatform();
});
afterAll(() => platform.close());

const type = 'application/vnd.ibm.kms.policy+json';
const body = (...resources: object[]) => ({
  metadata: { collectionType: type, collectionTotal: resources.length },
  resources: resources.map((resource) => ({ type, ...resource })),
});

test('a key without policies has none', async () => {
  const { id } = await newKey(platform);
  expect((await platform.call('GET', `/keys/${id}/policies`)).body).toEqual({
    metadata: { collectionType: type, collectionTotal: 0 },
    resources: [],
  });
});

test('both kinds at once, as the vendor’s provider sends and reads them', async () => {
  const { id } = await newKey(platform);
  const put = await platform.call(
    'PUT',
    `/keys/${id}/policies`,
    body({ rotation: { enabled: true, interval_month: 3 } }, { dualAuthDelete: { enabled: true } }),
  );
  expect(put.status).toBe(200);
  const common = {
    id: expect.any(String),
    crn: expect.any(String),
    type,
    createdBy: 'IBMid-0000000001',
    creationDate: '2026-01-15T10:00:00Z',
    updatedBy: 'IBMid-0000000001',
    lastUpdateDate: '2026-01-15T10:00:00Z',
  };
  expect(put.body).toEqual({
    metadata: { collectionType: type, collectionTotal: 2 },
    resources: [
      { ...common, rotation: { enabled: true, interval_month: 3 } },
      { ...common, dualAuthDelete: { enabled: true } },
    ],
  });
  const [rotation] = put.body.resources;
  expect(rotation.crn).toBe(`crn:v1:bluemix:public:kms:us-south:a/${account}:${kms}:policy:${rotation.id}`);
  expect((await platform.call('GET', `/keys/${id}/policies`)).body).toEqual(put.body);
  const one = await platform.call('GET', `/keys/${id}/policies?policy=rotation`);
  expect(one.body.resources).toEqual([rotation]);
});

test('a change keeps id and creation', async () => {
  const { id } = await newKey(platform);
  const first = await platform.call(
    'PUT',
    `/keys/${id}/policies`,
    body({ rotation: { enabled: true, interval_month: 3 } }),
  );
  platform.advance('PT1M');
  const second = await platform.call(
    'PUT',
    `/keys/${id}/policies?policy=rotation`,
    body({ rotation: { interval_month: 4 } }),
  );
  const [before, after] = [first.body.resources[0], second.body.resources[0]];
  expect(after).toEqual({
    ...before,
    lastUpdateDate: expect.not.stringMatching(before.lastUpdateDate),
    rotation: { enabled: true, interval_month: 4 },
  });
});

test.each([
  ['interval 0', { rotation: { enabled: true, interval_month: 0 } }, 400, 'INVALID_FIELD_ERR'],
  ['interval 13', { rotation: { enabled: true, interval_month: 13 } }, 400, 'INVALID_FIELD_ERR'],
  ['interval -1', { rotation: { enabled: true, interval_month: -1 } }, 400, 'INVALID_FIELD_ERR'],
  ['enabled without an interval', { rotation: { enabled: true } }, 400, 'INVALID_FIELD_ERR'],
  [
    'both kinds in one resource',
    { rotation: { enabled: false }, dualAuthDelete: { enabled: true } },
    400,
    'BAD_BODY_ERR',
  ],
  ['no kind', {}, 400, 'BAD_BODY_ERR'],
])('%s is refused', async (_name, resource, status, code) => {
  const { id } = await newKey(platform);
  expect(refusalOf(await platform.call('PUT', `/keys/${id}/policies`, body(resource)))).toEqual([
    status,
    code,
  ]);
});

test.each([
  [
    'a kind twice',
    body({ rotation: { enabled: false } }, { rotation: { enabled: true, interval_month: 1 } }),
    'BAD_BODY_ERR',
  ],
  ['nothing', body(), 'BAD_BODY_ERR'],
])('%s is refused', async (_name, request, code) => {
  const { id } = await newKey(platform);
  expect(refusalOf(await platform.call('PUT', `/keys/${id}/policies`, request))).toEqual([400, code]);
});

test.each([
  ['a standard key', { extractable: true }, 'KEY_ROOT_REQ_ERR'],
  ['an imported key', { imported: true }, 'KEY_PAYLOAD_REQ_ERR'],
])('%s has no rotation policy', async (_name, wish, code) => {
  const { id } = await newKey(platform, wish);
  const request = body({ rotation: { enabled: true, interval_month: 1 } });
  expect(refusalOf(await platform.call('PUT', `/keys/${id}/policies`, request))).toEqual([400, code]);
  const dual = await platform.call(
    'PUT',
    `/keys/${id}/policies`,
    body({ dualAuthDelete: { enabled: true } }),
  );
  expect(dual.status).toBe(200);
});

test('a destroyed key shows its policies and takes no new ones', async () => {
  const { id } = await newKey(platform);
  await platform.call(
    'PUT',
    `/keys/${id}/policies`,
    body({ rotation: { enabled: true, interval_month: 1 } }),
  );
  await platform.call('DELETE', `/keys/${id}`);
  const put = await platform.call('PUT', `/keys/${id}/policies`, body({ rotation: { enabled: false } }));
  expect(refusalOf(put)).toEqual([409, 'KEY_ACTION_INVALID_STATE_ERR']);
  expect((await platform.call('GET', `/keys/${id}/policies`)).body.metadata.collectionTotal).toBe(1);
});

describe('keys_with_policy_overrides', () => {
  const resource = { type: 'application/vnd.ibm.kms.key+json', name: 'with-policies', extractable: false };
  const create = (more: object) =>
    platform.call('POST', '/keys_with_policy_overrides', envelope({ ...resource, ...more }));

  test('gives the key its policies', async () => {
    const reply = await create({
      rotation: { enabled: true, interval_month: 6 },
      dualAuthDelete: { enabled: true },
    });
    expect(reply.status).toBe(201);
    expect(reply.body.resources[0]).toMatchObject({
      rotation: { enabled: true, interval_month: 6 },
      dualAuthDelete: { enabled: true, keySetForDeletion: false },
    });
    const policies = await platform.call('GET', `/keys/${reply.body.resources[0].id}/policies`);
    expect(policies.body.metadata.collectionTotal).toBe(2);
  });

  test('a disabled rotation is written to the key too', async () => {
    const reply = await create({ rotation: { enabled: false, interval_month: 6 } });
    expect(reply.body.resources[0].rotation).toEqual({ enabled: false, interval_month: 6 });
  });

  test.each([
    ['rotation without an interval', { rotation: { enabled: true } }, 'INVALID_FIELD_ERR'],
    [
      'rotation of imported material',
      { rotation: { enabled: true, interval_month: 1 }, payload: material },
      'KEY_PAYLOAD_REQ_ERR',
    ],
    [
      'rotation of a standard key',
      { rotation: { enabled: true, interval_month: 1 }, extractable: true },
      'KEY_ROOT_REQ_ERR',
    ],
  ])('%s is refused', async (_name, more, code) => {
    expect(refusalOf(await create(more))).toEqual([400, code]);
  });
});
