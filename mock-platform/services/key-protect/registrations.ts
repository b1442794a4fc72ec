/** Which resources a key protects (behaviour.md A2). A released registration goes when the release lag has passed. */
import { formatInstant, parseInstant } from '../../../domain/time';
import type { Session } from '../../kernel/operation';
import type { Stored } from '../../kernel/store/store';
import { type KeyDocument, type RegistrationDocument, registrationId, registrations } from './model';

function held(session: Session, { releasedAt }: RegistrationDocument): boolean {
  if (releasedAt === undefined) return true;
  return session.now < parseInstant(releasedAt) + session.options.registrationRelease;
}

/** What still stands registered, of one key or of all keys of an instance; removes what has been let go. */
export async function registrationsOf(
  session: Session,
  of: { readonly instance: string; readonly keyId?: string },
): Promise<Stored<RegistrationDocument>[]> {
  const filter = { scope: of.instance, ...(of.keyId === undefined ? {} : { name: of.keyId }) };
  const standing: Stored<RegistrationDocument>[] = [];
  for (const stored of await session.tx.list(registrations, filter)) {
    if (held(session, stored.doc)) standing.push(stored);
    else await session.tx.remove(stored);
  }
  return standing;
}

export interface NewRegistration {
  readonly resourceCrn: string;
  readonly description: string;
  readonly preventKeyDeletion: boolean;
}

/** Registers the resource, or renews its registration. */
export async function register(session: Session, key: KeyDocument, wanted: NewRegistration): Promise<void> {
  const { tx, now, identity } = session;
  const id = registrationId(key.id, wanted.resourceCrn);
  const stamp = { by: identity.iamId, at: formatInstant(now) };
  const stored = await tx.get(registrations, id);
  const doc = {
    keyId: key.id,
    ...wanted,
    created: stored?.doc.created ?? stamp,
    updated: stamp,
    keyVersion: key.version,
  };
  if (stored === undefined) await tx.insert(registrations, { id, scope: key.instance, name: key.id, doc });
  else await tx.update(stored, { doc });
}

export async function findRegistration(
  session: Session,
  keyId: string,
  resourceCrn: string,
): Promise<Stored<RegistrationDocument> | undefined> {
  const stored = await session.tx.get(registrations, registrationId(keyId, resourceCrn));
  return stored !== undefined && held(session, stored.doc) ? stored : undefined;
}

/** The resource let go of the key. */
export async function release(session: Session, stored: Stored<RegistrationDocument>): Promise<void> {
  if (session.options.registrationRelease === 0) {
    await session.tx.remove(stored);
    return;
  }
  if (stored.doc.releasedAt !== undefined) return;
  await session.tx.update(stored, { doc: { ...stored.doc, releasedAt: formatInstant(session.now) } });
}

/** The resource is gone and could not say so: the registration stays behind. */
export async function leaveDangling(session: Session, stored: Stored<RegistrationDocument>): Promise<void> {
  if (stored.doc.danglingSince !== undefined) return;
  await session.tx.update(stored, { doc: { ...stored.doc, danglingSince: formatInstant(session.now) } });
}

export async function forgetRegistrations(session: Session, key: KeyDocument): Promise<void> {
  const all = await session.tx.list(registrations, { scope: key.instance, name: key.id });
  for (const stored of all) await session.tx.remove(stored);
}
