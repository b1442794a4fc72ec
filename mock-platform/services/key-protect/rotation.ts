/** New versions of a key, on demand or by its rotation policy (ibm-control-plane.md 6.1.5, 6.1.6). */
import { nextPolicyRotation } from '../../../domain/keys/timing';
import { formatInstant, type Instant } from '../../../domain/time';
import type { Session } from '../../kernel/operation';
import type { StoredKey } from './keys';
import { addVersion } from './material';
import type { ImportEnvelope, KeyDocument, RotationPolicy } from './model';

export interface Rotation {
  readonly at: Instant;
  /** Generated when absent. */
  readonly material?: Buffer | undefined;
  readonly envelope?: ImportEnvelope | undefined;
}

/** Adds a version, which encrypts from now on, and starts the interval of a rotation policy anew. */
export async function rotate(session: Session, stored: StoredKey, rotation: Rotation): Promise<StoredKey> {
  const { at, material, envelope } = rotation;
  const version = await addVersion(session, {
    keyId: stored.id,
    versionId: session.context.ids.uuid(),
    at,
    ...(material && { material }),
  });
  const { envelope: _, ...doc } = stored.doc;
  const next: KeyDocument = {
    ...doc,
    version,
    rotatedAt: formatInstant(at),
    updatedAt: formatInstant(at),
    ...(doc.rotation && { rotation: scheduled(doc.rotation, at, at) }),
    ...(envelope && { envelope }),
  };
  return session.tx.update(stored, { doc: next });
}

/** The policy with its next due time: one interval after the last rotation (or the creation), never before `now`. */
export function scheduled(policy: RotationPolicy, since: Instant, now: Instant): RotationPolicy {
  const { nextAt: _, ...rest } = policy;
  if (!policy.enabled) return rest;
  return { ...rest, nextAt: formatInstant(Math.max(now, nextPolicyRotation(since, policy.intervalMonths))) };
}
