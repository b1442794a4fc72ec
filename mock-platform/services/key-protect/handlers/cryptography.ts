/** Wrapping data keys: AES-GCM under the key's material (ibm-control-plane.md 6.1.9). */
import type { KeyOperation } from '../../../../domain/keys/operations';
import { type Answer, type Input, ok, type Session } from '../../../kernel/operation';
import { rootKeyRequired } from '../errors';
import { bytesOf } from '../fields';
import type { RewrappedDataKey, UnwrappedDataKey, WrappedDataKey } from '../gen/key-answer';
import type { RewrapKey } from '../gen/rewrap-key';
import type { UnwrapKey } from '../gen/unwrap-key';
import type { WrapKey } from '../gen/wrap-key';
import { requirePermitted, type StoredKey } from '../keys';
import { generatedMaterial, unwrap, wrap } from '../material';
import { type Handler, requestedKey } from './request';

/** The root key that the path names, in a state that permits the operation. */
async function rootKeyFor(
  session: Session,
  input: Input<unknown>,
  operation: KeyOperation,
): Promise<StoredKey> {
  const { key } = await requestedKey(session, input);
  if (key.doc.extractable) throw rootKeyRequired();
  requirePermitted(session, key.doc, operation);
  session.describe({ target: key.doc.crn });
  return key;
}

/** Wraps what the caller brings, or a new 256-bit data key, which it then also shows. */
export const wrapKey: Handler<WrapKey | undefined> = async (session, input) => {
  const { doc } = await rootKeyFor(session, input, 'wrap');
  const { plaintext, aad = [] } = input.body ?? {};
  const given = plaintext === undefined || plaintext === '' ? undefined : bytesOf('plaintext', plaintext);
  const dataKey = given ?? generatedMaterial(session);
  return ok<WrappedDataKey>({
    ...(given === undefined && { plaintext: dataKey.toString('base64') }),
    ciphertext: await wrap(session, doc, dataKey, aad),
    keyVersion: { id: doc.version.id },
  });
};

/** After a rotation the answer also holds the data key wrapped under the newest version. */
export const unwrapKey: Handler<UnwrapKey> = async (session, input) => {
  const { doc } = await rootKeyFor(session, input, 'unwrap');
  const { ciphertext, aad = [] } = input.body;
  const { plaintext, versionId } = await unwrap(session, doc, bytesOf('ciphertext', ciphertext), aad);
  const rewrapped =
    versionId === doc.version.id
      ? {}
      : {
          ciphertext: await wrap(session, doc, plaintext, aad),
          rewrappedKeyVersion: { id: doc.version.id },
        };
  return ok<UnwrappedDataKey>({
    plaintext: plaintext.toString('base64'),
    keyVersion: { id: versionId },
    ...rewrapped,
  });
};

export const rewrapKey: Handler<RewrapKey> = async (session, input): Promise<Answer> => {
  const { doc } = await rootKeyFor(session, input, 'rewrap');
  const { ciphertext, aad = [] } = input.body;
  const { plaintext, versionId } = await unwrap(session, doc, bytesOf('ciphertext', ciphertext), aad);
  return ok<RewrappedDataKey>({
    ciphertext: await wrap(session, doc, plaintext, aad),
    keyVersion: { id: versionId },
    rewrappedKeyVersion: { id: doc.version.id },
  });
};
