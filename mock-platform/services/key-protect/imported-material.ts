/** Key material that a request brings: for a new key, its next version, or its restore. */
import { timingSafeEqual } from 'node:crypto';
import { keyLimits } from '../../../domain/limits';
import type { Session } from '../../kernel/operation';
import { invalidField } from './errors';
import { type ImportedMaterial, readMaterial } from './import-token';
import type { KeyInstance } from './instance';
import { checkTokenUse } from './instance-policies';
import { materialOf } from './material';
import type { KeyDocument } from './model';

/** Members of a request that bring material. */
export interface ImportFields {
  readonly payload?: string;
  readonly encryptedNonce?: string;
  readonly iv?: string;
  readonly encryptionAlgorithm?: string;
}

/** An empty payload is none, as the Go client leaves it out. */
export function bringsMaterial({ payload }: ImportFields): boolean {
  return payload !== undefined && payload !== '';
}

/** What the request brings, if anything; throws KEY_CREATE_IMPORT_ACCESS_ERR when it should have come under a token. */
export async function broughtMaterial(
  session: Session,
  instance: KeyInstance,
  fields: ImportFields,
): Promise<ImportedMaterial | undefined> {
  const { payload = '', ...envelope } = fields;
  if (!bringsMaterial(fields)) return undefined;
  const brought = await readMaterial(session, instance, { payload, ...envelope });
  await checkTokenUse(session, instance, { withToken: brought.envelope !== undefined });
  return brought;
}

/** Throws INVALID_FIELD_ERR when the bytes are no AES key (6.1.3). */
export function checkRootMaterial(material: Buffer): void {
  const lengths: readonly number[] = keyLimits.materialBytes;
  if (!lengths.includes(material.length)) {
    throw invalidField(
      'payload',
      `must decode to ${lengths.slice(0, -1).join(', ')} or ${lengths.at(-1)} bytes`,
    );
  }
}

/** Throws INVALID_FIELD_ERR when the bytes are more than a standard key holds. */
export function checkStandardMaterial(material: Buffer): void {
  const most = keyLimits.standardMaterialBytes;
  if (material.length > most) throw invalidField('payload', `must decode to ${most} bytes at most`);
}

/** Throws INVALID_FIELD_ERR when the material is not that of the key's newest version. */
export async function checkSameMaterial(session: Session, key: KeyDocument, given: Buffer): Promise<void> {
  const own = await materialOf(session, key.id, key.version.id);
  const same = own !== undefined && given.length === own.length && timingSafeEqual(given, own);
  if (!same) throw invalidField('payload', 'must be the key material that the key was imported with');
}
