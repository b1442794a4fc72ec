/** Aliases and key rings (ibm-control-plane.md 6.1.8, 4.2, 4.3; Key Protect key-rings.md). */
import { hyperProtect, type KeyPlatform, startKeyPlatform } from './support/key-platform';
import { newKey, refusalOf } from './support/keys';

let platform: KeyPlatform;
beforeEach(async () => {
  platform = await startKeyPlatform();
});
afterEach(() => platform.close());

const outcome = async (method: string, path: string, instance?: string): Promise<unknown[]> => {
  const reply = await platform.call(method, path, undefined, instance === undefined ? {} : { instance });
  return reply.status < 300 ? [reply.status] : refusalOf(reply);
};

describe('aliases', () => {
  test('create answers the alias in an envelope', async () => {
    const { id } = await newKey(platform);
    const reply = await platform.call('POST', `/keys/${id}/aliases/my_alias-1`);
    expect([reply.status, reply.body]).toEqual([
      201,
      {
        metadata: { collectionType: 'application/vnd.ibm.kms.alias+json', collectionTotal: 1 },
        resources: [
          {
            keyId: id,
            alias: 'my_alias-1',
            createdBy: 'IBMid-0000000001',
            creationDate: '2026-01-15T10:00:00Z',
          },
        ],
      },
    ]);
  });

  test('an alias stands for the id, also to make another one', async () => {
    const { id } = await newKey(platform, { aliases: ['one'] });
    expect((await platform.call('POST', '/keys/one/aliases/two')).body.resources[0].keyId).toBe(id);
    expect((await platform.call('GET', '/keys/two')).body.resources[0].aliases).toEqual(['one', 'two']);
  });

  test('delete answers 204; the alias is free again', async () => {
    const [one, other] = [await newKey(platform, { aliases: ['taken'] }), await newKey(platform)];
    expect(await outcome('DELETE', `/keys/${other.id}/aliases/taken`)).toEqual([
      404,
      'KEY_ALIAS_NOT_FOUND_ERR',
    ]);
    expect(await outcome('DELETE', `/keys/${one.id}/aliases/taken`)).toEqual([204]);
    expect(await outcome('DELETE', `/keys/${one.id}/aliases/taken`)).toEqual([
      404,
      'KEY_ALIAS_NOT_FOUND_ERR',
    ]);
    expect(await outcome('POST', `/keys/${other.id}/aliases/taken`)).toEqual([201]);
  });

  test('unique in its instance, free in another', async () => {
    const here = await newKey(platform, { aliases: ['shared'] });
    const there = await newKey(platform, { instance: hyperProtect });
    expect(await outcome('POST', `/keys/${here.id}/aliases/shared`)).toEqual([
      409,
      'KEY_ALIAS_NOT_UNIQUE_ERR',
    ]);
    expect(await outcome('POST', `/keys/${there.id}/aliases/shared`, hyperProtect)).toEqual([201]);
  });

  const unfit: readonly (readonly [string, string])[] = [
    ['x', 'one character'],
    ['a'.repeat(91), '91 characters'],
    ['with%20space', 'a space'],
    ['dot.ted', 'a dot'],
    ['7b5d3a52-0000-4000-8000-000000000000', 'a UUID'],
    ...[
      'allowed_ip',
      'key',
      'keys',
      'metadata',
      'policy',
      'policies',
      'registration',
      'registrations',
      'ring',
      'rings',
      'rotate',
      'wrap',
      'unwrap',
      'rewrap',
      'version',
      'versions',
    ].map((word) => [word, 'a reserved word'] as const),
  ];

  test.each(unfit)('%s is refused: %s', async (alias) => {
    const { id } = await newKey(platform);
    expect(await outcome('POST', `/keys/${id}/aliases/${alias}`)).toEqual([400, 'INVALID_FIELD_ERR']);
  });

  test.each(['ab', 'a'.repeat(90)])('%s is taken', async (alias) => {
    const { id } = await newKey(platform);
    expect(await outcome('POST', `/keys/${id}/aliases/${alias}`)).toEqual([201]);
  });

  test('five for one key', async () => {
    const { id } = await newKey(platform, { aliases: ['a1', 'a2', 'a3', 'a4', 'a5'] });
    expect(await outcome('POST', `/keys/${id}/aliases/a6`)).toEqual([409, 'KEY_ALIAS_QUOTA_ERR']);
  });

  test('six in a create request make no key', async () => {
    await expect(newKey(platform, { aliases: ['a1', 'a2', 'a3', 'a4', 'a5', 'a6'] })).rejects.toThrow(
      'KEY_ALIAS_QUOTA_ERR',
    );
    expect((await platform.call('GET', '/keys')).body.resources).toEqual([]);
  });

  test('a thousand for an instance', async () => {
    for (let index = 0; index < 200; index += 1) {
      await newKey(platform, { aliases: [0, 1, 2, 3, 4].map((number) => `a${index}-${number}`) });
    }
    const { id } = await newKey(platform);
    expect(await outcome('POST', `/keys/${id}/aliases/one-more`)).toEqual([409, 'KEY_ALIAS_QUOTA_ERR']);
  });

  test('create and delete of the same alias at once: one order or the other, nothing lost', async () => {
    const { id } = await newKey(platform, { aliases: ['contested'] });
    const [removed, added] = await Promise.all([
      outcome('DELETE', `/keys/${id}/aliases/contested`),
      outcome('POST', `/keys/${id}/aliases/contested`),
    ]);
    const left = (await platform.call('GET', `/keys/${id}`)).body.resources[0].aliases ?? [];
    expect([
      { removed: [204], added: [201], left: ['contested'] },
      { removed: [204], added: [409, 'KEY_ALIAS_NOT_UNIQUE_ERR'], left: [] },
    ]).toContainEqual({ removed, added, left });
  });

  test('ten requests for one alias end in one winner', async () => {
    const keys: { readonly id: string }[] = [];
    for (let index = 0; index < 10; index += 1) keys.push(await newKey(platform));
    const outcomes = await Promise.all(keys.map(({ id }) => outcome('POST', `/keys/${id}/aliases/wanted`)));
    expect(outcomes.filter(([status]) => status === 201)).toHaveLength(1);
    expect(outcomes.filter(([, code]) => code === 'KEY_ALIAS_NOT_UNIQUE_ERR')).toHaveLength(9);
  });
});

describe('key rings', () => {
  const list = async (query = '') => (await platform.call('GET', `/key_rings${query}`)).body;
  const ids = async (query = '') => (await list(query)).resources.map(({ id }: { id: string }) => id);

  test('default is always there', async () => {
    expect(await list()).toEqual({
      metadata: { collectionType: 'application/vnd.ibm.kms.key_ring+json', collectionTotal: 1 },
      resources: [{ id: 'default', createdBy: 'IBMid-0000000001', creationDate: '2026-01-15T10:00:00Z' }],
    });
  });

  test('create answers 201 with an empty body', async () => {
    const reply = await platform.call('POST', '/key_rings/Ring-1', 'null');
    expect([reply.status, reply.body]).toEqual([201, undefined]);
    expect(await ids()).toEqual(['default', 'Ring-1']);
  });

  test.each([
    ['default', 'KEY_RING_RESERVED_ERR'],
    ['x', 'INVALID_FIELD_ERR'],
    ['a'.repeat(101), 'INVALID_FIELD_ERR'],
    ['under_score', 'INVALID_FIELD_ERR'],
  ])('%s is refused', async (id, code) => {
    expect(await outcome('POST', `/key_rings/${id}`)).toEqual([400, code]);
  });

  test('a ring is made once', async () => {
    await platform.call('POST', '/key_rings/once');
    expect(await outcome('POST', '/key_rings/once')).toEqual([409, 'KEY_RING_NOT_UNIQUE_ERR']);
  });

  test('fifty beside default, all on the first page', async () => {
    for (let index = 0; index < 50; index += 1) await platform.call('POST', `/key_rings/ring-${index}`);
    expect(await outcome('POST', '/key_rings/ring-50')).toEqual([409, 'KEY_RING_QUOTA_ERR']);
    expect(await ids()).toHaveLength(51);
    expect(await ids('?limit=2&offset=1')).toEqual(['ring-0', 'ring-1']);
    expect((await list('?limit=1&totalCount=true')).metadata.totalCount).toBe(51);
  });

  test('an empty ring is deleted', async () => {
    await platform.call('POST', '/key_rings/empty');
    expect(await outcome('DELETE', '/key_rings/empty')).toEqual([204]);
    expect(await outcome('DELETE', '/key_rings/empty')).toEqual([404, 'KEY_RING_NOT_FOUND_ERR']);
  });

  test('default is not deleted', async () => {
    expect(await outcome('DELETE', '/key_rings/default')).toEqual([400, 'KEY_RING_RESERVED_ERR']);
  });

  test('a ring with living keys is not deleted, not even with force', async () => {
    await platform.call('POST', '/key_rings/full');
    const { id } = await newKey(platform);
    await platform.call('PATCH', `/keys/${id}`, { keyRingID: 'full' });
    const refused = [409, 'KEY_RING_KEYS_NOT_EMPTY_ERR'];
    expect([
      await outcome('DELETE', '/key_rings/full'),
      await outcome('DELETE', '/key_rings/full?force=true'),
    ]).toEqual([refused, refused]);
  });

  test('destroyed keys move to default when the deletion is forced', async () => {
    await platform.call('POST', '/key_rings/graves');
    const { id } = await newKey(platform);
    await platform.call('PATCH', `/keys/${id}`, { keyRingID: 'graves' });
    await platform.call('DELETE', `/keys/${id}`);
    expect(await outcome('DELETE', '/key_rings/graves')).toEqual([409, 'KEY_RING_KEYS_NOT_EMPTY_ERR']);
    expect(await outcome('DELETE', '/key_rings/graves?force=true')).toEqual([204]);
    expect((await platform.call('GET', `/keys/${id}`)).body.resources[0].keyRingID).toBe('default');
  });

  test('a key is not moved to a ring that is not there', async () => {
    const { id } = await newKey(platform);
    const reply = await platform.call('PATCH', `/keys/${id}`, { keyRingID: 'nowhere' });
    expect(refusalOf(reply)).toEqual([404, 'KEY_RING_NOT_FOUND_ERR']);
    expect((await platform.call('GET', `/keys/${id}`)).body.resources[0].keyRingID).toBe('default');
  });
});
