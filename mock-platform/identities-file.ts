/** Identities as people write them down: JSON of `kernel/schema/identities.json`. No message repeats an API key. */
import type { SeededIdentities } from './kernel/identities';
import { offlineApiKey } from './kernel/identity';
import { JsonTextError, parseJsonText } from './kernel/json-text';
import identitiesSchema from './kernel/schema/identities.json';
import { Validator } from './kernel/validation';
import { checkIdentities, IdentitiesError } from './services/iam/seed';

export { IdentitiesError, identitiesSchema };

function read(text: string): unknown {
  try {
    return parseJsonText(text);
  } catch (error) {
    if (error instanceof JsonTextError) throw new IdentitiesError(error.message, { cause: error });
    throw error;
  }
}

/** `users.0.id` becomes `identities.users[0].id`. */
function placeOf(path: string): string {
  return ['identities', path.replace(/\.(\d+)(?=\.|$)/g, '[$1]')].filter((part) => part !== '').join('.');
}

function checkShape(value: unknown): asserts value is SeededIdentities {
  const violations = new Validator({ lenient: false }).check(identitiesSchema, value);
  // The form of ids is left to checkIdentities, which names the id and how it begins.
  const shape = violations.filter(({ rule }) => !rule.startsWith('must match pattern'));
  if (shape.length === 0) return;
  throw new IdentitiesError(shape.map(({ path, rule }) => `${placeOf(path)} ${rule}`).join('; '));
}

/** Each holder with a key: the same in every process that reads the file, so that no key needs to be handed over. */
function withKey<Holder extends { readonly id: string; readonly apiKeys?: readonly string[] }>(
  holder: Holder,
): Holder & { readonly apiKeys: readonly string[] } {
  return { ...holder, apiKeys: holder.apiKeys ?? [`${offlineApiKey}-${holder.id}`] };
}

/**
 * Reads a configuration of identities; those that it gives no `apiKeys` get one each, derived from the id, and the
 * owner {@link offlineApiKey}. Throws {@link IdentitiesError} when it is no JSON, has members that the schema does not
 * know, or cannot be used.
 */
export function parseIdentities(text: string): SeededIdentities {
  const value = read(text);
  checkShape(value);
  const { ownerApiKeys = [offlineApiKey], users = [], serviceIds = [], ...others } = value;
  const filled = {
    ...others,
    ownerApiKeys,
    users: users.map(withKey),
    serviceIds: serviceIds.map(withKey),
  };
  checkIdentities(filled);
  return filled;
}
