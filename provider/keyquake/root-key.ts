/** What our types ask of the key that they name. */
import { DiagnosticError } from '../core/diagnostics';
import { attributePath } from '../core/path';
import type { Key } from '../ibm/client/key-protect';

export function refuseKey(summary: string, detail: string): DiagnosticError {
  return new DiagnosticError({ summary, detail, attribute: attributePath('key_id') });
}

/** The API answers for an alias too, which can come to name another key. */
export function checkKeyId(key: Key, keyId: string): void {
  if (key.id === keyId) return;
  throw refuseKey('Not the id of a key', `'${keyId}' is an alias. Set key_id to the key's id, ${key.id}.`);
}
