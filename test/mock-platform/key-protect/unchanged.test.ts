/** A refusal changes nothing: the transaction of the request is rolled back, only the audit event is kept. */
import { type KeyPlatform, startKeyPlatform } from './support/key-platform';
import { envelope, newKey, registerOn } from './support/keys';

const root = { type: 'application/vnd.ibm.kms.key+json', name: 'root-key', extractable: false };

let platform: KeyPlatform;
beforeAll(async () => {
  platform = await startKeyPlatform();
});
afterAll(() => platform.close());

test('a refusal leaves the store as it was, but for the audit event', async () => {
  const key = await newKey(platform, { imported: true });
  await registerOn(platform, key, 'a-bucket');
  const before = JSON.parse(await platform.storeText());
  const refused = [
    ['DELETE', `/keys/${key.id}`],
    ['POST', `/keys/${key.id}/actions/enable`],
    ['POST', `/keys/${key.id}/actions/rotate`],
    ['POST', `/keys/${key.id}/restore`],
    ['DELETE', `/keys/${key.id}/purge`],
    ['POST', `/keys/${key.id}/aliases/version`],
    ['POST', '/key_rings/default'],
    ['POST', '/keys', envelope({ ...root, aliases: ['good-one', 'versions'] })],
    ['POST', '/keys', envelope({ ...root, payload: 'x' })],
  ] as const;
  for (const [method, path, body] of refused) {
    const reply = await platform.call(method, path, body);
    expect([path, reply.status >= 400]).toEqual([path, true]);
  }
  const after = JSON.parse(await platform.storeText());
  expect(after.entities).toEqual(before.entities);
  expect(after.events.length).toBe(before.events.length + refused.length);
});
