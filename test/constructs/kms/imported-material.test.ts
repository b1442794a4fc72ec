/** Key material of the user's own: in clear, or under an import token (ibm-control-plane.md 6.1.3, 6.1.8). */
import { TerraformVariable } from 'cdktf';
import {
  type EncryptedKeyMaterial,
  EncryptedVolume,
  RemovalPolicy,
  RootKey,
  SecretValue,
} from '../../../constructs';
import { simulateStack } from '../../../constructs/testing';
import { keyProtect, newStack, reference, refusal, synthesize } from '../support';

describe('an imported root key', () => {
  test('takes its material from a sensitive variable', () => {
    const stack = synthesize((scope) => {
      new RootKey(scope, 'key', {
        instance: keyProtect(scope),
        importedMaterial: SecretValue.variable(scope, 'key_material'),
      });
    });
    expect(stack.resource('ibm_kms_key.key')).toMatchObject({ payload: reference('var.key_material') });
    expect(JSON.parse(stack.json).variable).toEqual({
      key_material: { nullable: false, sensitive: true, type: 'string' },
    });
  });

  test('is not made when the variable is empty, which the provider takes for no material', () => {
    const stack = synthesize((scope) => {
      new RootKey(scope, 'key', {
        instance: keyProtect(scope),
        importedMaterial: SecretValue.variable(scope, 'key_material'),
        removalPolicy: RemovalPolicy.DESTROY,
      });
    });
    expect(stack.resource('ibm_kms_key.key')['lifecycle']).toEqual({
      precondition: [
        {
          condition: reference('(length(var.key_material) >= 1)'),
          error_message:
            'The imported material is empty, and without material the service would generate a key. Set the variable that holds it.',
        },
      ],
    });
  });

  // ibm-control-plane.md 6.1.3: root key material decodes to 16, 24 or 32 bytes.
  test.each([16, 24, 32])('of %i bytes is accepted as plain text, with a warning', (bytes) => {
    const material = Buffer.alloc(bytes, 7).toString('base64');
    const stack = synthesize((scope) => {
      const importedMaterial = SecretValue.unsafePlainText(material);
      new RootKey(scope, 'key', { instance: keyProtect(scope), importedMaterial });
    });
    expect(stack).toWarn(
      'stack/key',
      'importedMaterial is plain text: it is readable in the synthesized JSON, in plans and in the state',
    );
  });

  test.each([
    ['of 20 bytes', Buffer.alloc(20, 7).toString('base64')],
    ['of no bytes', ''],
    ['that is not base64', 'c2VjcmV0IG1hdGVyaWFs!!!!'],
  ])('%s is refused without repeating it', (_title, material) => {
    const message = refusal((scope) => {
      const importedMaterial = SecretValue.unsafePlainText(material);
      new RootKey(scope, 'key', { instance: keyProtect(scope), importedMaterial });
    });
    expect(message).toBe(
      'stack/key: importedMaterial is not base64 of 16, 24 or 32 bytes; encode the material itself, without line breaks',
    );
  });

  test('is refused a rotation policy', () => {
    const message = refusal((scope) => {
      new RootKey(scope, 'key', {
        instance: keyProtect(scope),
        importedMaterial: SecretValue.variable(scope, 'material'),
        rotationIntervalMonths: 1,
      });
    });
    expect(message).toBe(
      'stack/key: rotationIntervalMonths is given together with importedMaterial, but only generated keys rotate by themselves; leave one of the two out',
    );
  });

  test('is refused a string, which would be in clear in the synthesized JSON', () => {
    const message = refusal((scope) => {
      const importedMaterial = 'canary-7f3a' as unknown as SecretValue;
      new RootKey(scope, 'key', { instance: keyProtect(scope), importedMaterial });
    });
    expect(message).toBe(
      'stack/key: importedMaterial is of type string, a SecretValue is needed to keep it out of the synthesized JSON; pass SecretValue.variable(…) or SecretValue.fromVariable(…), or SecretValue.unsafePlainText(…) if everyone may read it',
    );
  });
});

describe('material under an import token', () => {
  // 256 bytes are what RSA with 2,048 bits makes of any material; 28 are a nonce of 12 and a tag of 16.
  const material: EncryptedKeyMaterial = {
    ciphertext: Buffer.alloc(256, 1).toString('base64'),
    encryptedNonce: Buffer.alloc(28, 2).toString('base64'),
    iv: Buffer.alloc(12, 3).toString('base64'),
  };

  test('is sent with the proof that it belongs to the token, and may stand in code', () => {
    const stack = synthesize((scope) => {
      const key = new RootKey(scope, 'key', { instance: keyProtect(scope), importedMaterial: material });
      expect(key.imported).toBe(true);
    });
    expect(stack.resource('ibm_kms_key.key')).toMatchObject({
      payload: material.ciphertext,
      encrypted_nonce: material.encryptedNonce,
      iv_value: material.iv,
    });
    expect(stack.annotations).toEqual([]);
  });

  test('may come from variables', () => {
    const stack = synthesize((scope) => {
      const [ciphertext, encryptedNonce, iv] = ['ciphertext', 'nonce', 'iv'].map(
        (id) => new TerraformVariable(scope, id, { type: 'string' }).stringValue,
      ) as [string, string, string];
      const importedMaterial = { ciphertext, encryptedNonce, iv };
      new RootKey(scope, 'key', { instance: keyProtect(scope), importedMaterial });
    });
    expect(stack.resource('ibm_kms_key.key')).toMatchObject({
      payload: reference('var.ciphertext'),
      encrypted_nonce: reference('var.nonce'),
      iv_value: reference('var.iv'),
    });
  });

  // ibm-control-plane.md 6.1.7: `enforce_token`.
  test.each([
    ['satisfies an instance that enforces tokens', material, []],
    [
      'is what material in clear is not',
      undefined,
      [
        'stack/kms/Policies forbids material without an import token (enforceToken): a key like this one can be kept there but not created',
      ],
    ],
  ])('%s', (_title, encrypted, warnings) => {
    const stack = synthesize((scope) => {
      const instance = keyProtect(scope, { policies: { keyCreateImportAccess: { enforceToken: true } } });
      const importedMaterial = encrypted ?? SecretValue.variable(scope, 'material');
      new RootKey(scope, 'key', { instance, importedMaterial });
    });
    expect(stack.annotations.map(({ message }) => message)).toEqual(warnings);
  });

  // behaviour.md A1: imported keys can be restored for 30 days.
  test('is imported material to the simulator', () => {
    const scope = newStack();
    const encryptionKey = new RootKey(scope, 'key', {
      instance: keyProtect(scope),
      importedMaterial: material,
    });
    new EncryptedVolume(scope, 'data', { encryptionKey, zone: 'us-south-1' });
    const { findings } = simulateStack(scope, { action: 'force-delete', to: '*', later: 'P29D' });
    expect(findings.map(({ undo }) => undo?.by)).toEqual(['restore']);
  });

  const inClear = Buffer.alloc(32, 7).toString('base64');
  const refused: readonly (readonly [
    title: string,
    wrong: Partial<EncryptedKeyMaterial>,
    message: string,
  ])[] = [
    [
      'material in clear, without repeating it',
      { ciphertext: inClear },
      'importedMaterial.ciphertext is base64 of 16, 24 or 32 bytes, as material in clear is; encrypt it under the public key of the import token, and treat this material as disclosed',
    ],
    [
      'a ciphertext that is not base64',
      { ciphertext: 'canary-7f3a' },
      'importedMaterial.ciphertext is not base64; encode the bytes themselves, without line breaks',
    ],
    [
      'a nonce that is empty',
      { encryptedNonce: '' },
      'importedMaterial.encryptedNonce is not base64; encode the bytes themselves, without line breaks',
    ],
    [
      'no nonce',
      { encryptedNonce: undefined },
      'importedMaterial lacks encryptedNonce, which belongs to material under an import token; give ciphertext, encryptedNonce and iv, all three of one encryption',
    ],
    [
      'no initialization vector',
      { iv: undefined },
      'importedMaterial lacks iv, which belongs to material under an import token; give ciphertext, encryptedNonce and iv, all three of one encryption',
    ],
  ];

  test.each(refused)('is refused %s', (_title, wrong, message) => {
    const importedMaterial = { ...material, ...wrong } as EncryptedKeyMaterial;
    const text = refusal((scope) => {
      new RootKey(scope, 'key', { instance: keyProtect(scope), importedMaterial });
    });
    expect(text).toBe(`stack/key: ${message}`);
    expect(text).not.toContain(inClear);
  });

  test('is refused a rotation policy', () => {
    const message = refusal((scope) => {
      const instance = keyProtect(scope);
      new RootKey(scope, 'key', { instance, importedMaterial: material, rotationIntervalMonths: 3 });
    });
    expect(message).toMatch(/^stack\/key: rotationIntervalMonths is given together with importedMaterial, /);
  });
});
