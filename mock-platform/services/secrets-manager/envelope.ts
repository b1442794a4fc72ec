/**
 * Envelope encryption of payloads: AES-256-GCM under a data key of the version's own, which rests wrapped by the
 * instance's root key, or sealed where the provider manages the root key. (behaviour.md B1, B2)
 */
import type { Session } from '../../kernel/operation';
import { decrypt, encrypt, keyLength } from '../../kernel/vault';
import { unwrapDataKey, wrapDataKey } from '../key-protect/usage';
import type { OpenInstance } from './instance';
import type { SealedPayload, WrappedDataKey } from './model';

/** Binds a ciphertext to the version that it belongs to. */
function boundTo(instance: OpenInstance, versionId: string): string {
  return `secrets-manager/${instance.guid}/${versionId}`;
}

/** Throws KeyUnusable when the root key does not wrap. */
export async function sealPayload(
  session: Session,
  instance: OpenInstance,
  versionId: string,
  payload: string,
): Promise<SealedPayload> {
  const associated = boundTo(instance, versionId);
  const { key, dataKey } = await newDataKey(session, instance.keyCrn, associated);
  const ciphertext = encrypt(key, Buffer.from(payload), associated, session.context.random);
  return { ciphertext: ciphertext.toString('base64'), dataKey };
}

async function newDataKey(
  session: Session,
  keyCrn: string | undefined,
  associated: string,
): Promise<{ readonly key: Buffer; readonly dataKey: WrappedDataKey }> {
  if (keyCrn === undefined) {
    const key = session.context.random.bytes(keyLength);
    return { key, dataKey: { by: 'provider', sealed: session.vault.seal(key, associated) } };
  }
  const { dataKey: key, wrapped, keyVersion } = await wrapDataKey(session, { keyCrn, associated });
  return { key, dataKey: { by: 'customer', keyCrn, wrapped, keyVersion } };
}

/** Throws KeyUnusable when the root key does not unwrap. */
export async function openPayload(
  session: Session,
  instance: OpenInstance,
  versionId: string,
  { ciphertext, dataKey }: SealedPayload,
): Promise<string> {
  const associated = boundTo(instance, versionId);
  const key =
    dataKey.by === 'provider'
      ? session.vault.open(dataKey.sealed, associated)
      : await unwrapDataKey(session, { ...dataKey, associated });
  return decrypt(key, Buffer.from(ciphertext, 'base64'), associated).toString('utf8');
}
