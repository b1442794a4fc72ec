/** Which resources a key protects (behaviour.md A2). A released registration goes when the release lag has passed. */
import { formatInstant } from '../../../domain/time';
import type { Session } from '../../kernel/operation';
import type { ListFilter, ListRange, Stored } from '../../kernel/store/store';
import { expectAt } from './agenda';
import { type KeyDocument, type RegistrationDocument, registrationId, registrations } from './model';

/** One key, or all keys of an instance. */
export interface RegistrationHolder {
  readonly instance: string;
  readonly keyId?: string;
  /** A pattern of the CRN of what is registered, in which `*` stands for any run of characters. */
  readonly crn?: string;
}

/** In the order in which they were made. */
export async function registrationsOf(
  session: Session,
  holder: RegistrationHolder,
  range?: ListRange,
): Promise<Stored<RegistrationDocument>[]> {
  return session.tx.list(registrations, filterOf(holder), range);
}

export async function countRegistrations(session: Session, holder: RegistrationHolder): Promise<number> {
  return session.tx.count(registrations, filterOf(holder));
}

function filterOf({ instance, keyId, crn }: RegistrationHolder): ListFilter {
  return {
    scope: instance,
    ...(keyId !== undefined && { name: keyId }),
    ...(crn !== undefined && { idLike: registrationId(keyId ?? '*', crn) }),
  };
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
  return session.tx.get(registrations, registrationId(keyId, resourceCrn));
}

/** The resource let go of the key. */
export async function release(session: Session, stored: Stored<RegistrationDocument>): Promise<void> {
  const lag = session.options.registrationRelease;
  if (lag === 0) {
    await session.tx.remove(stored);
    return;
  }
  if (stored.doc.goesAt !== undefined) return;
  const goesAt = session.now + lag;
  await session.tx.update(stored, { doc: { ...stored.doc, goesAt: formatInstant(goesAt) } });
  await expectAt(session, goesAt);
}

/** The resource is gone and could not say so: the registration stays behind. */
export async function leaveDangling(session: Session, stored: Stored<RegistrationDocument>): Promise<void> {
  if (stored.doc.danglingSince !== undefined) return;
  await session.tx.update(stored, { doc: { ...stored.doc, danglingSince: formatInstant(session.now) } });
}

export async function forgetRegistrations(session: Session, key: KeyDocument): Promise<void> {
  const all = await registrationsOf(session, { instance: key.instance, keyId: key.id });
  for (const stored of all) await session.tx.remove(stored);
}
