/** Policies of one key: rotation by interval, two people for a deletion (ibm-control-plane.md 6.1.6). */
import { formatInstant, parseInstant } from '../../../domain/time';
import type { Session } from '../../kernel/operation';
import { dualAuthPermanent, invalidField, rootKeyRequired, rotationPolicyForbidden } from './errors';
import { type StoredKey, save } from './keys';
import type { DualAuthPolicy, KeyDocument, KeyPolicy, RotationPolicy } from './model';
import { scheduled } from './rotation';
import { expectOf } from './schedule';

export function newPolicy(session: Session): KeyPolicy {
  const stamp = { by: session.identity.iamId, at: formatInstant(session.now) };
  return { id: session.context.ids.uuid(), created: stamp, updated: stamp };
}

function renewed(session: Session, former: KeyPolicy | undefined): KeyPolicy {
  const fresh = newPolicy(session);
  return former ? { id: former.id, created: former.created, updated: fresh.updated } : fresh;
}

/** Throws unless the key is a generated root key: no other can be rotated by a policy (6.1.6). */
export function checkPolicyRotation(key: Pick<KeyDocument, 'extractable' | 'imported'>): void {
  if (key.extractable) throw rootKeyRequired();
  if (key.imported) throw rotationPolicyForbidden();
}

export interface PolicyRequest {
  readonly rotation?: { readonly enabled?: boolean; readonly interval_month?: number };
  readonly dualAuthDelete?: { readonly enabled: boolean };
}

/** Sets what the request names and keeps the rest. */
export async function setPolicies(
  session: Session,
  stored: StoredKey,
  { rotation, dualAuthDelete }: PolicyRequest,
): Promise<StoredKey> {
  const key = stored.doc;
  const next = await save(session, stored, {
    ...(rotation && { rotation: rotationPolicy(session, key, rotation) }),
    ...(dualAuthDelete && { dualAuthDelete: dualAuthPolicy(session, key, dualAuthDelete) }),
  });
  await expectOf(session, next.doc);
  return next;
}

/** Disabling keeps the interval, and enabling without one takes it up again. */
function rotationPolicy(
  session: Session,
  key: KeyDocument,
  { enabled = true, interval_month }: NonNullable<PolicyRequest['rotation']>,
): RotationPolicy {
  checkPolicyRotation(key);
  const intervalMonths = interval_month ?? key.rotation?.intervalMonths;
  if (intervalMonths === undefined) {
    throw invalidField('rotation.interval_month', 'is required: the key has no interval yet');
  }
  const since = parseInstant(key.rotatedAt ?? key.created.at);
  return scheduled({ ...renewed(session, key.rotation), enabled, intervalMonths }, since, session.now);
}

function dualAuthPolicy(
  session: Session,
  key: KeyDocument,
  { enabled }: NonNullable<PolicyRequest['dualAuthDelete']>,
): DualAuthPolicy {
  if (key.dualAuthDelete?.enabled === true && !enabled) throw dualAuthPermanent();
  return { ...renewed(session, key.dualAuthDelete), enabled };
}
