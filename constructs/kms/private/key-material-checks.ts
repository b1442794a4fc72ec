import { Fn, Op, type Precondition, Token } from 'cdktf';
import type { Construct } from 'constructs';
import { keyLimits } from '../../../domain/limits';
import type { KmsKeyConfig } from '../../bindings/ibm/kms-key';
import { ConstructError } from '../../construct-error';
import { literal } from '../../private/text';
import { SecretValue } from '../../secrets/secret-value';
import type { EncryptedKeyMaterial } from '../key-material';

type Material = SecretValue | EncryptedKeyMaterial;

/** Whether the material travels under an import token. */
export function isUnderToken(material: Material | undefined): material is EncryptedKeyMaterial {
  return typeof material === 'object' && !(material instanceof SecretValue);
}

/** The arguments of `ibm_kms_key` that bring the material. */
export function materialArguments(
  material: Material | undefined,
): Pick<KmsKeyConfig, 'payload' | 'encryptedNonce' | 'ivValue'> {
  if (isUnderToken(material)) {
    return {
      payload: material.ciphertext,
      encryptedNonce: material.encryptedNonce,
      ivValue: material.iv,
    };
  }
  return { payload: material?.unsafeUnwrap() };
}

/**
 * What Terraform checks when the value of the variable is known: the provider takes an empty payload for none, and the
 * service would generate a key that was meant to be imported.
 */
export function materialPreconditions(material: Material | undefined): readonly Precondition[] {
  if (!(material instanceof SecretValue) || !Token.isUnresolved(material.unsafeUnwrap())) return [];
  return [
    {
      // Not compared with 0 or '', which CDKTF writes as `undefined`.
      condition: Op.gte(Fn.lengthOf(material.unsafeUnwrap()), 1),
      errorMessage:
        'The imported material is empty, and without material the service would generate a key. Set the variable that holds it.',
    },
  ];
}

/** Throws {@link ConstructError} for material that Key Protect would refuse (ibm-control-plane.md 6.1.3, 6.1.10). */
export function checkMaterial(key: Construct, material: Material): void {
  if (isUnderToken(material)) checkUnderToken(key, material);
  else checkInClear(key, material);
}

function checkInClear(key: Construct, importedMaterial: SecretValue): void {
  SecretValue.require(key, 'importedMaterial', importedMaterial);
  const material = importedMaterial.unsafeUnwrap();
  if (Token.isUnresolved(material) || isMaterial(material)) return;
  throw new ConstructError(
    key,
    `importedMaterial is not base64 of ${sizes()} bytes`,
    'encode the material itself, without line breaks',
  );
}

function checkUnderToken(key: Construct, material: EncryptedKeyMaterial): void {
  for (const part of ['ciphertext', 'encryptedNonce', 'iv'] as const) {
    const text = literal(material[part]);
    if (material[part] === undefined) {
      throw new ConstructError(
        key,
        `importedMaterial lacks ${part}, which belongs to material under an import token`,
        'give ciphertext, encryptedNonce and iv, all three of one encryption',
      );
    }
    if (text !== undefined && !isBase64(text)) {
      throw new ConstructError(
        key,
        `importedMaterial.${part} is not base64`,
        'encode the bytes themselves, without line breaks',
      );
    }
  }
  if (literal(material.ciphertext) !== undefined && isMaterial(material.ciphertext)) {
    throw new ConstructError(
      key,
      `importedMaterial.ciphertext is base64 of ${sizes()} bytes, as material in clear is`,
      'encrypt it under the public key of the import token, and treat this material as disclosed',
    );
  }
}

/** Whether that could be a root key as it is. */
function isMaterial(text: string): boolean {
  const allowed: readonly number[] = keyLimits.materialBytes;
  return isBase64(text) && allowed.includes(Buffer.from(text, 'base64').length);
}

function isBase64(text: string): boolean {
  return text !== '' && /^[A-Za-z0-9+/]*={0,2}$/.test(text) && text.length % 4 === 0;
}

function sizes(): string {
  const allowed: readonly number[] = keyLimits.materialBytes;
  return `${allowed.slice(0, -1).join(', ')} or ${allowed.at(-1)}`;
}
