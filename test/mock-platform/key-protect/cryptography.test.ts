/** Wrap, unwrap, rewrap (ibm-control-plane.md 6.1.9; behaviour.md A1 on rotation). */
import fc from 'fast-check';
import { type KeyPlatform, startKeyPlatform } from './support/key-platform';
import { material, newKey, otherMaterial, refusalOf } from './support/keys';

let platform: KeyPlatform;
beforeAll(async () => {
  platform = await startKeyPlatform();
});
afterAll(() => platform.close());

const act = (id: string, action: string, body: object) =>
  platform.call('POST', `/keys/${id}/actions/${action}`, body);

test('wrap without plaintext makes a data key of 256 bits', async () => {
  const { id } = await newKey(platform);
  const { body } = await act(id, 'wrap', {});
  expect(body).toEqual({
    plaintext: expect.any(String),
    ciphertext: expect.any(String),
    keyVersion: { id },
  });
  expect(Buffer.from(body.plaintext, 'base64')).toHaveLength(32);
});

test('wrap with plaintext shows it no more; unwrap gives it back', async () => {
  const { id } = await newKey(platform);
  const plaintext = Buffer.from('a data key of mine').toString('base64');
  const wrapped = await act(id, 'wrap', { plaintext });
  expect(wrapped.body).toEqual({ ciphertext: expect.any(String), keyVersion: { id } });
  const unwrapped = await act(id, 'unwrap', { ciphertext: wrapped.body.ciphertext });
  expect(unwrapped.body).toEqual({ plaintext, keyVersion: { id } });
});

test('wrapping twice gives two ciphertexts', async () => {
  const { id } = await newKey(platform);
  const body = { plaintext: material };
  const [one, other] = [await act(id, 'wrap', body), await act(id, 'wrap', body)];
  expect(one?.body.ciphertext).not.toBe(other?.body.ciphertext);
});

test('after rotations old ciphertexts stay readable, and come back under the newest version', async () => {
  const { id } = await newKey(platform);
  const wrapped = await act(id, 'wrap', { plaintext: material, aad: ['a', 'b'] });
  const { ciphertext } = wrapped.body;
  for (let round = 0; round < 2; round += 1) {
    platform.advance('PT1H');
    await platform.call('POST', `/keys/${id}/actions/rotate`);
  }
  const versions = await platform.call('GET', `/keys/${id}/versions`);
  const [newest] = versions.body.resources;
  const unwrapped = await act(id, 'unwrap', { ciphertext, aad: ['a', 'b'] });
  expect(unwrapped.body).toEqual({
    plaintext: material,
    keyVersion: { id },
    ciphertext: expect.any(String),
    rewrappedKeyVersion: { id: newest.id },
  });
  const again = await act(id, 'unwrap', { ciphertext: unwrapped.body.ciphertext, aad: ['a', 'b'] });
  expect(again.body).toEqual({ plaintext: material, keyVersion: { id: newest.id } });
  const rewrapped = await act(id, 'rewrap', { ciphertext, aad: ['a', 'b'] });
  expect(rewrapped.body).toEqual({
    ciphertext: expect.any(String),
    keyVersion: { id },
    rewrappedKeyVersion: { id: newest.id },
  });
});

test('an imported key encrypts under its new material after a rotation', async () => {
  const { id } = await newKey(platform, { imported: true });
  const { ciphertext } = (await act(id, 'wrap', { plaintext: material })).body;
  expect((await act(id, 'rotate', { payload: otherMaterial })).status).toBe(204);
  expect((await act(id, 'unwrap', { ciphertext })).body.plaintext).toBe(material);
});

test('a generated key takes no material', async () => {
  const { id } = await newKey(platform);
  expect(refusalOf(await act(id, 'rotate', { payload: otherMaterial }))).toEqual([400, 'INVALID_FIELD_ERR']);
});

const unprocessable = [422, 'UNPROCESSABLE_CIPHERTEXT_ERR'];

test.each([
  ['other strings', ['other']],
  ['none', undefined],
  ['in another order', ['two', 'one']],
  ['joined differently', ['one,two']],
  ['one more', ['one', 'two', '']],
])('unwrap with aad %s is refused', async (_name, aad) => {
  const { id } = await newKey(platform);
  const { ciphertext } = (await act(id, 'wrap', { aad: ['one', 'two'] })).body;
  expect(refusalOf(await act(id, 'unwrap', { ciphertext, ...(aad && { aad }) }))).toEqual(unprocessable);
  expect((await act(id, 'unwrap', { ciphertext, aad: ['one', 'two'] })).status).toBe(200);
});

test.each([
  ['255 strings', Array.from({ length: 255 }, (_, index) => `a${index}`), 200],
  ['256 strings', Array.from({ length: 256 }, (_, index) => `a${index}`), 400],
  ['255 characters', ['x'.repeat(255)], 200],
  ['256 characters', ['x'.repeat(256)], 400],
])('aad of %s: %#', async (_name, aad, status) => {
  const { id } = await newKey(platform);
  expect((await act(id, 'wrap', { aad })).status).toBe(status);
});

test.each([
  ['empty', '', [400, 'INVALID_FIELD_ERR']],
  ['no base64', '***', [400, 'INVALID_FIELD_ERR']],
  ['three bytes', 'AQID', unprocessable],
  ['another layout', Buffer.alloc(60, 9).toString('base64'), unprocessable],
])('a ciphertext that is %s is refused', async (_name, ciphertext, expected) => {
  const { id } = await newKey(platform);
  expect(refusalOf(await act(id, 'unwrap', { ciphertext }))).toEqual(expected);
  expect(refusalOf(await act(id, 'rewrap', { ciphertext }))).toEqual(expected);
});

test('property: what is wrapped is unwrapped, and no changed byte goes unnoticed', async () => {
  const { id } = await newKey(platform);
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ minLength: 1, maxLength: 200 }),
      fc.array(fc.string({ maxLength: 20 }), { maxLength: 4 }),
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
      async (bytes, aad, at, flip) => {
        const plaintext = Buffer.from(bytes).toString('base64');
        const { ciphertext } = (await act(id, 'wrap', { plaintext, aad })).body;
        const unwrapped = await act(id, 'unwrap', { ciphertext, aad });
        expect(unwrapped.body.plaintext).toBe(plaintext);
        const tampered = Buffer.from(ciphertext, 'base64');
        const index = at % tampered.length;
        tampered.writeUInt8(tampered.readUInt8(index) ^ flip, index);
        const refused = await act(id, 'unwrap', { ciphertext: tampered.toString('base64'), aad });
        expect(refusalOf(refused)).toEqual(unprocessable);
      },
    ),
    { numRuns: 60, seed: 7 },
  );
});

test('purging removes the material: what it protected is lost even to who has the store', async () => {
  const { id } = await newKey(platform, { imported: true });
  const { ciphertext } = (await act(id, 'wrap', { plaintext: material })).body;
  await platform.call('DELETE', `/keys/${id}`);
  platform.advance('PT4H');
  await platform.call('DELETE', `/keys/${id}/purge`);
  expect(refusalOf(await act(id, 'unwrap', { ciphertext }))).toEqual([404, 'KEY_NOT_FOUND_ERR']);
  const { entities } = JSON.parse(await platform.storeText());
  expect(entities.filter((entity: object) => JSON.stringify(entity).includes(id))).toEqual([]);
  const again = await newKey(platform, { imported: true });
  expect(refusalOf(await act(again.id, 'unwrap', { ciphertext }))).toEqual(unprocessable);
});

test('after a restore the ciphertexts of before are readable', async () => {
  const { id } = await newKey(platform, { imported: true });
  const { ciphertext } = (await act(id, 'wrap', { plaintext: material })).body;
  await platform.call('DELETE', `/keys/${id}`);
  platform.advance('PT1M');
  await platform.call('POST', `/keys/${id}/restore`);
  expect((await act(id, 'unwrap', { ciphertext })).body.plaintext).toBe(material);
});

describe('the legacy form POST /keys/{id}?action=', () => {
  const legacy = (id: string, action: string, body?: object) =>
    platform.call('POST', `/keys/${id}?action=${action}`, body);

  test('answers as each action of its own path does', async () => {
    const { id } = await newKey(platform, { imported: true });
    const wrapped = await legacy(id, 'wrap', { plaintext: material });
    expect(wrapped.body).toEqual({ ciphertext: expect.any(String), keyVersion: { id } });
    const { ciphertext } = wrapped.body;
    expect((await legacy(id, 'unwrap', { ciphertext })).body).toEqual({
      plaintext: material,
      keyVersion: { id },
    });
    expect((await legacy(id, 'rewrap', { ciphertext })).body.rewrappedKeyVersion).toEqual({ id });
    expect((await legacy(id, 'rotate', { payload: otherMaterial })).status).toBe(204);
    expect((await legacy(id, 'disable')).status).toBe(204);
    expect(refusalOf(await legacy(id, 'enable'))).toEqual([409, 'REQ_TOO_EARLY_ERR']);
    platform.advance('PT30S');
    expect((await legacy(id, 'enable')).status).toBe(204);
    expect(refusalOf(await legacy(id, 'setKeyForDeletion'))).toEqual([409, 'NOT_DUAL_AUTH_ERR']);
    await platform.call('DELETE', `/keys/${id}`);
    platform.advance('PT30S');
    expect((await legacy(id, 'restore', { payload: otherMaterial })).status).toBe(201);
  });

  test('asks for what its action needs', async () => {
    const { id } = await newKey(platform);
    expect(refusalOf(await legacy(id, 'unwrap'))).toEqual([400, 'NO_BODY_ERR']);
    expect(refusalOf(await legacy(id, 'fly'))).toEqual([400, 'INVALID_QUERY_PARAM_ERR']);
    expect(refusalOf(await platform.call('POST', `/keys/${id}`))).toEqual([400, 'INVALID_QUERY_PARAM_ERR']);
  });
});

test('two rotations at once: one version more, one refusal', async () => {
  const { id } = await newKey(platform);
  const replies = await Promise.all([
    platform.call('POST', `/keys/${id}/actions/rotate`),
    platform.call('POST', `/keys/${id}/actions/rotate`),
  ]);
  expect(replies.map(({ status }) => status).sort()).toEqual([204, 409]);
  const refused = replies.find(({ status }) => status === 409);
  expect(refused && refusalOf(refused)).toEqual([409, 'KEY_ROTATION_NOT_PERMITTED']);
  const versions = await platform.call('GET', `/keys/${id}/versions?totalCount=true`);
  expect(versions.body.metadata.totalCount).toBe(2);
});
