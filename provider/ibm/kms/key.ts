/** What the types that are a key share: `ibm_kms_key` and `ibm_kms_key_with_policy_overrides` (ibm-control-plane.md 4.1). */
import { formatSeconds, parseInstant } from '../../../domain/time';
import { DiagnosticError } from '../../core/diagnostics';
import { attributePath } from '../../core/path';
import type { Observed } from '../../core/state';
import { titled } from '../../core/validators';
import { type AttributeTable, isGone, step, toldAs } from '../client/failures';
import { ApiError } from '../client/http';
import { destroyedState, type Key, type KeyDraft, KeyProtectClient, keyAddress } from '../client/key-protect';
import type { IbmSession } from '../client/session';
import { rfc3339 } from '../state/dates';

interface RegistrationState {
  readonly key_id: string;
  readonly resource_crn: string;
  readonly prevent_key_deletion: boolean;
}

export interface KeyState {
  readonly id: string;
  readonly instance_id: string;
  readonly key_ring_id: string | null;
  readonly key_name: string;
  readonly description: string | null;
  readonly standard_key: boolean | null;
  readonly payload: string | null;
  readonly encrypted_nonce: string | null;
  readonly iv_value: string | null;
  readonly force_delete: boolean | null;
  readonly expiration_date: string | null;
  readonly endpoint_type: string | null;
  readonly key_id: string | null;
  readonly type: string | null;
  readonly crn: string | null;
  readonly instance_crn: string | null;
  readonly registrations: readonly RegistrationState[] | null;
  readonly resource_name: string | null;
  readonly resource_crn: string | null;
  readonly resource_status: string | null;
  readonly resource_group_name: string | null;
  readonly resource_controller_url: string | null;
}

const importAlgorithm = 'RSAES_OAEP_SHA_256';

/** The ring of a key that names none. */
export const defaultRing = 'default';

/** Attributes that a refused creation is about: by the API's code, or by the request's member. */
export const attributeOfKey = {
  name: 'key_name',
  payload: 'payload',
  encryptedNonce: 'encrypted_nonce',
  iv: 'iv_value',
  expirationDate: 'expiration_date',
  description: 'description',
  INCORRECT_NONCE_ERR: 'encrypted_nonce',
  INCORRECT_NONCE_IV_ERR: 'iv_value',
  IMPORT_TOKEN_EXPIRED_ERR: 'encrypted_nonce',
  IMPORT_TOKEN_NOT_FOUND_ERR: 'encrypted_nonce',
  KEY_CREATE_IMPORT_ACCESS_ERR: 'instance_id',
  KEY_RING_NOT_FOUND_ERR: 'key_ring_id',
} as const satisfies AttributeTable;

/** Of a new key: an API that misses its name says no more than that the body is not valid. */
export function attributeOfNewKey(
  { key_name }: Pick<KeyState, 'key_name'>,
  table: AttributeTable = attributeOfKey,
): AttributeTable {
  return key_name ? table : { ...table, BAD_BODY_ERR: 'key_name' };
}

type KeyWish = Pick<KeyState, 'key_name' | 'standard_key' | 'payload' | 'encrypted_nonce' | 'iv_value'> &
  Partial<Pick<KeyState, 'expiration_date'>>;

/** What is sent for a new key, without its description: not every type sends that. */
export function keyDraft(plan: KeyWish): KeyDraft {
  const { payload, encrypted_nonce: nonce, iv_value: iv, expiration_date, standard_key } = plan;
  const extractable = standard_key ?? false;
  const isSecured = !extractable && Boolean(nonce || iv);
  return {
    // An empty name is not sent: the API then says that there is none.
    ...(plan.key_name ? { name: plan.key_name } : {}),
    extractable,
    ...(expiration_date ? { expirationDate: expiration_date } : {}),
    ...(payload ? { payload } : {}),
    // One without the other is for the API to refuse.
    ...(isSecured && nonce ? { encryptedNonce: nonce } : {}),
    ...(isSecured && iv ? { iv } : {}),
    ...(isSecured ? { encryptionAlgorithm: importAlgorithm } : {}),
  };
}

/** Of `expiration_date`. The vendor's provider refuses another form when it makes the key. */
export const expirationDate = titled(
  rfc3339,
  ({ shown }) => `[ERROR] Invalid time format (the date format follows RFC 3339): parsing time ${shown}`,
);

export async function consoleUrlOf(session: IbmSession, instanceCrn: string): Promise<string> {
  const instance = encodeURIComponent(instanceCrn.replace(/::$/, ''));
  return `${await session.consoleUrl()}/services/kms/${instance}%3A%3A`;
}

/** In the form of the vendor's provider: absent text is empty, the date has no fraction. */
async function stateOf(session: IbmSession, client: KeyProtectClient, key: Key): Promise<Observed<KeyState>> {
  const { instanceCrn, service } = keyAddress(key.crn);
  const registrations = await client.registrations(key.id);
  return {
    id: key.crn,
    instance_id: client.guid,
    instance_crn: instanceCrn,
    key_id: key.id,
    key_name: key.name,
    key_ring_id: key.keyRingID ?? defaultRing,
    description: key.description ?? '',
    standard_key: key.extractable,
    encrypted_nonce: key.encryptedNonce ?? '',
    iv_value: key.iv ?? '',
    expiration_date: key.expirationDate === undefined ? '' : formatSeconds(parseInstant(key.expirationDate)),
    endpoint_type: client.endpointType,
    type: service,
    crn: key.crn,
    registrations: registrations.map(({ keyId, resourceCrn, preventKeyDeletion }) => ({
      key_id: keyId,
      resource_crn: resourceCrn,
      prevent_key_deletion: preventKeyDeletion,
    })),
    resource_name: key.name,
    resource_crn: key.crn,
    resource_status: String(key.state),
    resource_controller_url: await consoleUrlOf(session, instanceCrn),
  };
}

/** The vendor takes 409 for gone, too (ibm-control-plane.md 4.1). */
function isKeyGone(error: unknown): boolean {
  return isGone(error) || (error instanceof ApiError && error.status === 409);
}

/** The key, unless it is gone or destroyed. */
export async function findKey(client: KeyProtectClient, id: string): Promise<Key | undefined> {
  try {
    const key = await client.getKey(id);
    return key.state === destroyedState ? undefined : key;
  } catch (error) {
    if (isKeyGone(error)) return undefined;
    throw error;
  }
}

export interface FoundKey {
  readonly client: KeyProtectClient;
  readonly key: Key;
  readonly state: Observed<KeyState>;
}

/** Reads the key with this CRN; undefined when it, or its instance, is gone. */
export async function readKey(
  session: IbmSession,
  { crn, endpointType }: { readonly crn: string; readonly endpointType: string | null },
  signal: AbortSignal,
): Promise<FoundKey | undefined> {
  const { guid, keyId } = keyAddress(crn);
  const reading = async (): Promise<FoundKey | undefined> => {
    try {
      const client = await KeyProtectClient.of(session, { guid, endpointType }, signal);
      const key = await findKey(client, keyId);
      return key && { client, key, state: await stateOf(session, client, key) };
    } catch (error) {
      if (isKeyGone(error)) return undefined;
      throw error;
    }
  };
  return step({ says: '[ERROR] Get Key failed with error while reading Key' }, reading());
}

/** As the vendor goes on where it knows registrations. */
const interfering = 'The key has the following active registrations which may interfere with deletion:';

/** A refused deletion names what the key protects, as far as the state knows. */
export async function deleteKey(session: IbmSession, state: KeyState, signal: AbortSignal): Promise<void> {
  const { guid, keyId } = keyAddress(state.id);
  const force = state.force_delete ?? false;
  const deleting = async (): Promise<void> => {
    const client = await KeyProtectClient.of(session, { guid, endpointType: state.endpoint_type }, signal);
    await client.deleteKey(keyId, { force });
  };
  try {
    await deleting();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const registered = (state.registrations ?? []).map(({ resource_crn }) => resource_crn);
    const isForced = error.code === 'PROTECTED_RESOURCE_ERR';
    const doing = { says: '[ERROR] Error while deleting', doing: `delete key ${state.key_name}` };
    const { summary, detail } = toldAs(doing, error);
    throw new DiagnosticError({
      summary: registered.length > 0 ? `${summary}. ${interfering} [${registered.join(' ')}]` : summary,
      detail: registered.length > 0 ? `${detail}\nThe key protects ${registered.join(', ')}.` : detail,
      ...(isForced ? { attribute: attributePath('force_delete') } : {}),
    });
  }
}

/** What the API does not tell of an imported key: nothing is forced, and its material stays where it is. */
export const importedKey = { force_delete: false, payload: '' } as const;
