/** Shapes, headers and bodies on the wire (ibm-control-plane.md 1.6, 6.1.1 to 6.1.3, 7). */
import { account, type KeyPlatform, kms, now, startKeyPlatform } from './support/key-platform';
import { envelope, keyInState, material, newKey, refusalOf } from './support/keys';

let platform: KeyPlatform;
beforeAll(async () => {
  platform = await startKeyPlatform();
});
afterAll(() => platform.close());

const root = { type: 'application/vnd.ibm.kms.key+json', name: 'root-key', extractable: false };

describe('createKey', () => {
  test('answers the whole key in an envelope', async () => {
    const reply = await platform.call('POST', '/keys', envelope({ ...root, description: 'for tests' }));
    const key = reply.body.resources[0];
    expect(reply.status).toBe(201);
    expect(reply.body.metadata).toEqual({
      collectionType: 'application/vnd.ibm.kms.key+json',
      collectionTotal: 1,
    });
    expect(key).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/),
      type: 'application/vnd.ibm.kms.key+json',
      name: 'root-key',
      description: 'for tests',
      state: 1,
      extractable: false,
      imported: false,
      crn: `crn:v1:bluemix:public:kms:us-south:a/${account}:${kms}:key:${key.id}`,
      keyRingID: 'default',
      creationDate: '2026-01-15T10:00:00Z',
      createdBy: 'IBMid-0000000001',
      lastUpdateDate: '2026-01-15T10:00:00Z',
      keyVersion: { id: key.id, creationDate: '2026-01-15T10:00:00Z' },
      algorithmType: 'Deprecated',
      algorithmMetadata: { bitLength: '256', mode: 'Deprecated' },
      algorithmBitSize: 256,
      algorithmMode: 'Deprecated',
      dualAuthDelete: { enabled: false },
      deleted: false,
    });
  });

  test('never shows the material of a root key', async () => {
    const key = await newKey(platform, { imported: true });
    const read = await platform.call('GET', `/keys/${key.id}`);
    expect([key.payload, read.body.resources[0].payload, key.imported]).toEqual([undefined, undefined, true]);
  });

  test('shows the material of a standard key on create and get, not in metadata, lists or minimal answers', async () => {
    const key = await newKey(platform, { extractable: true, payload: material });
    const read = await platform.call('GET', `/keys/${key.id}`);
    const metadata = await platform.call('GET', `/keys/${key.id}/metadata`);
    const list = await platform.call('GET', '/keys?extractable=true');
    const minimal = await platform.call('POST', '/keys', envelope({ ...root, extractable: true }), {
      headers: { Prefer: 'return=minimal' },
    });
    expect([key.payload, read.body.resources[0].payload]).toEqual([material, material]);
    expect(metadata.body.resources[0].payload).toBeUndefined();
    expect(list.body.resources.map((entry: { payload?: string }) => entry.payload)).toEqual([undefined]);
    expect([minimal.status, minimal.body.resources[0].payload]).toEqual([201, undefined]);
  });

  test('a generated standard key has 256 bits', async () => {
    const key = await newKey(platform, { extractable: true });
    expect(Buffer.from(key.payload, 'base64')).toHaveLength(32);
  });

  test('takes the tags as the Go client spells them, and aliases', async () => {
    const key = await newKey(platform, { Tags: ['one', 'two'], aliases: ['first-alias', 'second_alias'] });
    expect([key.tags, key.aliases]).toEqual([
      ['one', 'two'],
      ['first-alias', 'second_alias'],
    ]);
  });

  test.each<[string, string]>([
    ['too short', 'x'],
    ['too long', 'x'.repeat(31)],
    ...[...'<>,:&|'].map((character): [string, string] => [`with ${character}`, `a${character}b`]),
  ])('refuses a tag that is %s', async (_name, tag) => {
    const reply = await platform.call('POST', '/keys', envelope({ ...root, tags: ['a tag', tag] }));
    expect(refusalOf(reply)).toEqual([400, 'INVALID_FIELD_ERR']);
  });

  test('makes a standard key where the request does not say which', async () => {
    const { extractable: _, ...resource } = { ...root };
    const made = await platform.call('POST', '/keys', envelope(resource));
    expect(made.body.resources[0]).toMatchObject({ extractable: true, payload: expect.any(String) });
  });

  test('takes 7,500 bytes of material for a standard key, and no more', async () => {
    const imported = (length: number) =>
      platform.call(
        'POST',
        '/keys',
        envelope({ ...root, extractable: true, payload: Buffer.alloc(length, 1).toString('base64') }),
      );
    expect((await imported(7500)).status).toBe(201);
    expect(refusalOf(await imported(7501))).toEqual([400, 'INVALID_FIELD_ERR']);
  });

  test('keeps the expiration date, without fraction', async () => {
    const key = await newKey(platform, { expirationDate: '2026-03-01T12:00:00.250+01:00' });
    expect(key.expirationDate).toBe('2026-03-01T11:00:00Z');
  });

  test('puts the key into the ring of X-Kms-Key-Ring', async () => {
    await platform.call('POST', '/key_rings/ring-of-wire');
    const headers = { 'X-Kms-Key-Ring': 'ring-of-wire' };
    const made = await platform.call('POST', '/keys', envelope(root), { headers });
    const { id, keyRingID } = made.body.resources[0];
    const inside = await platform.call('GET', `/keys/${id}`, undefined, { headers });
    const outside = await platform.call('GET', `/keys/${id}`, undefined, {
      headers: { 'X-Kms-Key-Ring': 'default' },
    });
    expect([keyRingID, inside.status, refusalOf(outside)]).toEqual([
      'ring-of-wire',
      200,
      [404, 'KEY_NOT_FOUND_ERR'],
    ]);
  });

  test('works without a content type, as the Go client sends it', async () => {
    const response = await fetch(`${platform.url}/api/v2/keys`, {
      method: 'POST',
      headers: { 'bluemix-instance': kms },
      body: Buffer.from(JSON.stringify(envelope(root))),
    });
    expect(response.status).toBe(201);
  });
});

describe('actions', () => {
  test.each(['disable', 'enable', 'rotate'])(
    '%s takes the literal body null and answers 204',
    async (name) => {
      const id = await keyInState(platform, name === 'enable' ? 'suspended' : 'active');
      const reply = await platform.call('POST', `/keys/${id}/actions/${name}`, 'null');
      expect([reply.status, reply.body]).toEqual([204, undefined]);
    },
  );

  test('rotate takes the body of the vendor’s example (rotate-keys.md), whose name changes nothing', async () => {
    const { id } = await newKey(platform, { imported: true, name: 'kept' });
    const described = { type: root.type, name: 'other', description: 'other', extractable: false };
    const body = { ...described, payload: Buffer.alloc(32, 7).toString('base64') };
    expect((await platform.call('POST', `/keys/${id}/actions/rotate`, body)).status).toBe(204);
    const [key] = (await platform.call('GET', `/keys/${id}`)).body.resources;
    expect([key.name, key.description, key.keyVersion.id === id]).toEqual(['kept', undefined, false]);
  });

  test('rotate answers the key when it is preferred', async () => {
    const { id } = await newKey(platform);
    const headers = { Prefer: 'return=representation' };
    const reply = await platform.call('POST', `/keys/${id}/actions/rotate`, undefined, { headers });
    expect([reply.status, reply.body.resources[0].id]).toEqual([200, id]);
    expect(reply.body.resources[0].lastRotateDate).toBe(now(platform));
  });
});

describe('deleteKey', () => {
  test('answers 204 without a body', async () => {
    const { id } = await newKey(platform);
    const reply = await platform.call('DELETE', `/keys/${id}`);
    expect([reply.status, reply.body]).toEqual([204, undefined]);
  });

  test('answers the key when it is preferred, with the times of 6.1.3', async () => {
    const local = await startKeyPlatform();
    const { id } = await newKey(local, { imported: true });
    const headers = { Prefer: 'return=representation' };
    const reply = await local.call('DELETE', `/keys/${id}?force=false`, undefined, { headers });
    expect(reply.status).toBe(200);
    expect(reply.body.resources[0]).toMatchObject({
      state: 5,
      deleted: true,
      deletionDate: '2026-01-15T10:00:00Z',
      deletedBy: 'IBMid-0000000001',
      restoreAllowed: true,
      restoreExpirationDate: '2026-02-14T10:00:00Z',
      purgeAllowed: false,
      purgeAllowedFrom: '2026-01-15T14:00:00Z',
      purgeScheduledOn: '2026-04-15T10:00:00Z',
    });
    await local.close();
  });

  test('takes the alias too, as the Go client sends it', async () => {
    const { id } = await newKey(platform, { aliases: ['to-delete'] });
    expect((await platform.call('DELETE', '/keys/to-delete')).status).toBe(204);
    expect((await platform.call('GET', `/keys/${id}`)).body.resources[0].state).toBe(5);
  });
});

describe('purge and restore', () => {
  test('purge answers 204, or the key when it is preferred', async () => {
    const [plain, shown] = [await keyInState(platform, 'destroyed'), await keyInState(platform, 'destroyed')];
    platform.advance('PT4H');
    const headers = { Prefer: 'return=representation' };
    const replies = [
      await platform.call('DELETE', `/keys/${plain}/purge`),
      await platform.call('DELETE', `/keys/${shown}/purge`, undefined, { headers }),
    ];
    expect(replies.map(({ status }) => status)).toEqual([204, 200]);
    expect(replies[1]?.body.resources[0].id).toBe(shown);
    expect(refusalOf(await platform.call('GET', `/keys/${shown}`))).toEqual([404, 'KEY_NOT_FOUND_ERR']);
  });

  test('restore answers 201 and the key, which is as it was', async () => {
    const id = await keyInState(platform, 'destroyed', { imported: true, description: 'kept' });
    const reply = await platform.call('POST', `/keys/${id}/restore`, 'null');
    expect(reply.status).toBe(201);
    expect(reply.body.resources[0]).toMatchObject({ id, state: 1, description: 'kept', deleted: false });
    expect(reply.body.resources[0]).not.toHaveProperty('deletionDate');
  });

  test('restore takes the material of the key, and no other', async () => {
    const id = await keyInState(platform, 'destroyed', { imported: true });
    const other = envelope({ payload: Buffer.alloc(32, 1).toString('base64') });
    expect(refusalOf(await platform.call('POST', `/keys/${id}/restore`, other))).toEqual([
      400,
      'INVALID_FIELD_ERR',
    ]);
    expect((await platform.call('POST', `/keys/${id}/restore`, envelope({ payload: material }))).status).toBe(
      201,
    );
  });
});

describe('common headers', () => {
  test('the correlation id is echoed', async () => {
    const headers = { 'Correlation-Id': '7c3e8f2a-0000-4000-8000-000000000001' };
    const reply = await platform.call('GET', '/keys', undefined, { headers });
    expect(reply.headers.get('correlation-id')).toBe('7c3e8f2a-0000-4000-8000-000000000001');
  });

  test('one is made where none is sent, on errors too', async () => {
    const reply = await platform.call('GET', '/keys/no-such-key');
    expect(reply.headers.get('correlation-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(reply.headers.get('content-type')).toMatch(/^application\/json/);
  });

  test('HEAD counts the keys that a list would show', async () => {
    const local = await startKeyPlatform();
    await newKey(local);
    await newKey(local, { extractable: true });
    await keyInState(local, 'destroyed');
    const count = async (query: string) =>
      (await local.call('HEAD', `/keys${query}`)).headers.get('key-total');
    expect([await count(''), await count('?extractable=true'), await count('?state=1,5')]).toEqual([
      '2',
      '1',
      '3',
    ]);
    await local.close();
  });
});

describe('key versions', () => {
  test('newest first, with a total when it is asked for', async () => {
    const { id } = await newKey(platform);
    const created = now(platform);
    platform.advance('PT1H');
    await platform.call('POST', `/keys/${id}/actions/rotate`);
    const reply = await platform.call('GET', `/keys/${id}/versions?totalCount=true&limit=1`);
    expect(reply.body).toEqual({
      metadata: {
        collectionType: 'application/vnd.ibm.kms.key.version+json',
        collectionTotal: 1,
        totalCount: 2,
      },
      resources: [{ id: expect.not.stringMatching(id), creationDate: now(platform) }],
    });
    const oldest = await platform.call('GET', `/keys/${id}/versions?offset=1`);
    expect(oldest.body.resources).toEqual([{ id, creationDate: created }]);
  });

  test('of a destroyed key with allKeyStates', async () => {
    const id = await keyInState(platform, 'destroyed');
    const reply = await platform.call('GET', `/keys/${id}/versions?allKeyStates=true`);
    expect([reply.status, reply.body.resources.length]).toEqual([200, 1]);
  });

  test.each(['suspended', 'deactivated', 'destroyed'] as const)(
    'of a %s key only with allKeyStates (view-key-versions)',
    async (state) => {
      const id = await keyInState(platform, state);
      const reply = await platform.call('GET', `/keys/${id}/versions`);
      expect([reply.status, reply.body.resources[0].reasons[0].code]).toEqual([
        409,
        'KEY_ACTION_INVALID_STATE_ERR',
      ]);
    },
  );
});

describe('patchKey', () => {
  test.each(['keyRingID', 'KeyRingID'])('moves the key to the ring in %s', async (member) => {
    await platform.call('POST', `/key_rings/ring-${member}`);
    const { id } = await newKey(platform);
    const reply = await platform.call('PATCH', `/keys/${id}`, { [member]: `ring-${member}` });
    expect([reply.status, reply.body.resources[0].keyRingID]).toEqual([200, `ring-${member}`]);
  });
});

describe('hosts', () => {
  test.each([
    'us-south.kms.cloud.ibm.com',
    'private.eu-de.kms.cloud.ibm.com',
    'api.us-south.hs-crypto.cloud.ibm.com',
    `${kms}.api.us-south.hs-crypto.appdomain.cloud`,
  ])('%s is served', async (host) => {
    const { request } = await import('node:http');
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const headers = { Host: host, 'Bluemix-Instance': kms };
      request(`${platform.url}/api/v2/keys`, { headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end();
    });
    expect(status).toBe(200);
  });
});

test('what is not emulated answers 501 with its name', async () => {
  const named = await platform.call('GET', '/kmip_adapters');
  const unknown = await platform.call('PUT', '/keys/x/actions/teleport');
  expect([named.status, named.body.resources[0].reasons[0].message]).toEqual([
    501,
    'getKMIPAdapters is not emulated',
  ]);
  expect([unknown.status, unknown.body.resources[0].reasons[0].code]).toEqual([501, 'NOT_EMULATED']);
});
