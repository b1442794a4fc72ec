/** What a secret may be: its payload, metadata, name, group and expiration date. Each check throws the refusal. */
import { secretLimits } from '../../../domain/secrets/limits';
import type { SecretType } from '../../../domain/secrets/types';
import { formatInstant, parseInstant } from '../../../domain/time';
import type { Session } from '../../kernel/operation';
import { groupNotFound, invalid, secretExists } from './errors';
import type { OpenInstance } from './instance';
import { type CustomMetadata, defaultGroup, secretGroups, secrets, uniqueName } from './model';

export function checkPayload(payload: string): void {
  const { arbitrary: limit } = secretLimits.payload;
  if (Buffer.byteLength(payload) > limit) throw invalid('payload', `must not be larger than ${limit} bytes`);
}

export function checkMetadata(
  member: 'custom_metadata' | 'version_custom_metadata',
  metadata: CustomMetadata | null | undefined,
): CustomMetadata {
  const { customMetadata: limit } = secretLimits;
  if (Buffer.byteLength(JSON.stringify(metadata ?? {})) > limit)
    throw invalid(member, `must not be larger than ${limit} bytes of JSON`);
  return metadata ?? {};
}

/** In the future (inferred: a secret that is made expired would have no data to begin with). */
export function checkExpiration(session: Session, date: string): string {
  const instant = parseInstant(date);
  if (instant <= session.now) throw invalid('expiration_date', 'must be in the future');
  return formatInstant(instant);
}

/** Names are unique per type in the whole instance. */
export async function checkSecretName(
  session: Session,
  instance: OpenInstance,
  type: SecretType,
  name: string,
): Promise<void> {
  const [taken] = await session.tx.list(secrets, { scope: instance.guid, name: uniqueName(type, name) });
  if (taken !== undefined) throw secretExists(name, type);
}

export async function checkGroup(session: Session, instance: OpenInstance, id: string): Promise<string> {
  if (id === defaultGroup) return id;
  const group = await session.tx.get(secretGroups, id);
  if (group?.scope !== instance.guid) throw groupNotFound(id);
  return id;
}
