/** Import tokens and the material that travels under them (ibm-control-plane.md 6.1.8, 6.1.10). */
import { constants, createCipheriv, publicEncrypt, randomBytes } from 'node:crypto';
import { hyperProtect, type KeyPlatform, kms, startKeyPlatform } from './support/key-platform';
import { envelope, material, newKey, otherMaterial, refusalOf } from './support/keys';

interface Token {
  readonly payload: string;
  readonly nonce: string;
}

let platform: KeyPlatform;
beforeEach(async () => {
  platform = await startKeyPlatform();
});
afterEach(() => platform.close());

async function token(terms: object = {}, instance = kms): Promise<Token> {
  await platform.call('POST', '/import_token', terms, { instance });
  return (await platform.call('GET', '/import_token', undefined, { instance })).body;
}

/** As the vendor's clients do it: RSAES-OAEP for the material, AES-GCM under the material for the nonce. */
function sealed(payload: string, { payload: pem, nonce }: Token, hash = 'sha256') {
  const key = Buffer.from(payload, 'base64');
  const iv = Buffer.alloc(12, 5);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  const body = Buffer.concat([
    cipher.update(Buffer.from(nonce, 'base64')),
    cipher.final(),
    cipher.getAuthTag(),
  ]);
  return {
    payload: publicEncrypt(
      {
        key: Buffer.from(pem, 'base64').toString('utf8'),
        padding: constants.RSA_PKCS1_OAEP_PADDING,
        oaepHash: hash,
      },
      key,
    ).toString('base64'),
    encryptedNonce: body.toString('base64'),
    iv: iv.toString('base64'),
    encryptionAlgorithm: hash === 'sha256' ? 'RSAES_OAEP_SHA_256' : 'RSAES_OAEP_SHA_1',
  };
}

const resource = { type: 'application/vnd.ibm.kms.key+json', name: 'imported', extractable: false };
const importKey = (fields: object, instance = kms) =>
  platform.call('POST', '/keys', envelope({ ...resource, ...fields }), { instance });

describe('the token', () => {
  test('POST answers its terms, GET the public key and the nonce; neither has an envelope', async () => {
    const made = await platform.call('POST', '/import_token', { expiration: 900, maxAllowedRetrievals: 2 });
    const terms = {
      creationDate: '2026-01-15T10:00:00Z',
      expirationDate: '2026-01-15T10:15:00Z',
      maxAllowedRetrievals: 2,
    };
    expect([made.status, made.body]).toEqual([200, { ...terms, remainingRetrievals: 2 }]);
    const read = await platform.call('GET', '/import_token');
    expect(read.body).toEqual({
      ...terms,
      remainingRetrievals: 1,
      payload: expect.any(String),
      nonce: expect.any(String),
    });
    expect(Buffer.from(read.body.payload, 'base64').toString()).toMatch(/^-----BEGIN PUBLIC KEY-----/);
  });

  test('by default ten minutes and one retrieval', async () => {
    const made = await platform.call('POST', '/import_token');
    expect(made.body).toMatchObject({ expirationDate: '2026-01-15T10:10:00Z', maxAllowedRetrievals: 1 });
    expect((await platform.call('GET', '/import_token')).status).toBe(200);
    const again = await platform.call('GET', '/import_token');
    expect(refusalOf(again)).toEqual([409, 'IMPORT_TOKEN_EXPIRED_ERR']);
    expect(again.body.keyquake.cause).toBe('it was retrieved 1 times, as often as it may be');
  });

  test('expires', async () => {
    await platform.call('POST', '/import_token', { expiration: 300, maxAllowedRetrievals: 5 });
    platform.advance('PT4M59.999S');
    expect((await platform.call('GET', '/import_token')).status).toBe(200);
    platform.advance('PT0.001S');
    expect(refusalOf(await platform.call('GET', '/import_token'))).toEqual([409, 'IMPORT_TOKEN_EXPIRED_ERR']);
  });

  test.each([
    { expiration: 299 },
    { expiration: 86_401 },
    { maxAllowedRetrievals: 0 },
    { maxAllowedRetrievals: 501 },
  ])('%j is refused', async (terms) => {
    expect(refusalOf(await platform.call('POST', '/import_token', terms))).toEqual([
      400,
      'INVALID_FIELD_ERR',
    ]);
  });

  test('there is none before one is made', async () => {
    expect(refusalOf(await platform.call('GET', '/import_token'))).toEqual([
      404,
      'IMPORT_TOKEN_NOT_FOUND_ERR',
    ]);
  });
});

describe('imports under the token', () => {
  test('the key wraps as one whose material came in the clear would', async () => {
    const fields = sealed(material, await token());
    const reply = await importKey(fields);
    expect(reply.status).toBe(201);
    const key = reply.body.resources[0];
    const { encryptedNonce, iv } = fields;
    expect(key).toMatchObject({
      imported: true,
      encryptedNonce,
      iv,
      encryptionAlgorithm: 'RSAES_OAEP_SHA_256',
    });
    const wrapped = await platform.call('POST', `/keys/${key.id}/actions/wrap`, {});
    const { ciphertext, plaintext } = wrapped.body;
    const unwrapped = await platform.call('POST', `/keys/${key.id}/actions/unwrap`, { ciphertext });
    expect(unwrapped.body.plaintext).toBe(plaintext);
  });

  test('nonce of another token, foreign material, broken payload, and a new token replaces the old', async () => {
    const old = await token();
    const current = await token({ maxAllowedRetrievals: 2 });
    const good = sealed(material, current);
    const foreignNonce = sealed(material, { ...current, nonce: randomBytes(12).toString('base64') });
    const foreignMaterial = { ...good, encryptedNonce: sealed(otherMaterial, current).encryptedNonce };
    const wrongIv = { ...good, iv: Buffer.alloc(12, 6).toString('base64') };
    expect([
      refusalOf(await importKey(foreignNonce)),
      refusalOf(await importKey(foreignMaterial)),
      refusalOf(await importKey(wrongIv)),
      refusalOf(await importKey(sealed(material, old))),
      refusalOf(await importKey({ ...good, payload: material })),
      refusalOf(await importKey({ ...good, iv: undefined })),
      refusalOf(await importKey({ ...good, encryptionAlgorithm: 'RSAES_OAEP_SHA_1' })),
      (await importKey(good)).status,
    ]).toEqual([
      [400, 'INCORRECT_NONCE_ERR'],
      [400, 'INCORRECT_NONCE_IV_ERR'],
      [400, 'INCORRECT_NONCE_IV_ERR'],
      [400, 'INVALID_FIELD_ERR'],
      [400, 'INVALID_FIELD_ERR'],
      [400, 'BAD_BODY_ERR'],
      [400, 'INVALID_FIELD_ERR'],
      201,
    ]);
  });

  test('rotation and restore take material under the token; enforce_token asks for it', async () => {
    const shared = await token();
    const type = 'application/vnd.ibm.kms.policy+json';
    const policy = {
      policy_type: 'keyCreateImportAccess',
      policy_data: { enabled: true, attributes: { enforce_token: true } },
    };
    await platform.call('PUT', '/instance/policies', envelope(policy, type));
    const { id } = (await importKey(sealed(material, shared))).body.resources[0];
    const rotated = await platform.call('POST', `/keys/${id}/actions/rotate`, sealed(otherMaterial, shared));
    expect(rotated.status).toBe(204);
    await platform.call('DELETE', `/keys/${id}`);
    platform.advance('PT1M');
    const { encryptionAlgorithm: _, ...body } = sealed(otherMaterial, shared);
    const clear = await platform.call('POST', `/keys/${id}/restore`, envelope({ payload: otherMaterial }));
    expect(refusalOf(clear)).toEqual([409, 'KEY_CREATE_IMPORT_ACCESS_ERR']);
    expect((await platform.call('POST', `/keys/${id}/restore`, envelope(body))).status).toBe(201);
  });

  test('an expired token', async () => {
    const fields = sealed(material, await token({ expiration: 300 }));
    platform.advance('PT5M');
    expect(refusalOf(await importKey(fields))).toEqual([409, 'IMPORT_TOKEN_EXPIRED_ERR']);
  });

  test('Hyper Protect takes SHA-1 and a nonce under AES-CBC too', async () => {
    const shared = await token({}, hyperProtect);
    const iv = Buffer.alloc(16, 5);
    const cipher = createCipheriv('aes-256-cbc', Buffer.from(material, 'base64'), iv);
    const nonce = Buffer.concat([cipher.update(Buffer.from(shared.nonce, 'base64')), cipher.final()]);
    const reply = await importKey(
      {
        ...sealed(material, shared, 'sha1'),
        encryptedNonce: nonce.toString('base64'),
        iv: iv.toString('base64'),
      },
      hyperProtect,
    );
    expect([reply.status, reply.body.resources[0].crn.split(':')[4]]).toEqual([201, 'hs-crypto']);
  });

  test('neither private key nor nonce nor material stands in the store in the clear', async () => {
    const shared = await token();
    await importKey(sealed(material, shared));
    await newKey(platform, { imported: true });
    const text = await platform.storeText();
    expect(text).not.toContain(shared.nonce);
    expect(text).not.toContain(material);
    expect(text).not.toContain('PRIVATE KEY');
  });
});
