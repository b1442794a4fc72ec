/** What keys protect (ibm-control-plane.md 6.1.8). Registrations are made by services, through `usage.ts`. */
import { type Answer, type Input, ok, type Session } from '../../../kernel/operation';
import type { Wire } from '../../../kernel/wire';
import { invalidQuery, serviceOnly } from '../errors';
import type { RegistrationCollection } from '../gen/registration-collection';
import type { KeyInstance } from '../instance';
import { keysOf, seenRing } from '../keys';
import { keys, type RegistrationDocument } from '../model';
import { cut, pageOf, totalOf } from '../paging';
import { presentRegistration } from '../present';
import { countRegistrations, type RegistrationHolder, registrationsOf } from '../registrations';
import { collectionOf, registrationType } from '../wire';
import { type Handler, requestedInstance, requestedKey, ringOf } from './request';

export const getRegistrations: Handler = async (session, input) => {
  const { key } = await requestedKey(session, input);
  return answer(session, input, { instance: key.doc.instance, keyId: key.id });
};

export const getRegistrationsAllKeys: Handler = async (session, input) => {
  const instance = await requestedInstance(session, input);
  checkPrefix(input.query);
  return answer(
    session,
    input,
    { instance: instance.guid },
    await keysInRing(session, instance, ringOf(input)),
  );
};

/** Ids of the keys in the ring that the request names; `undefined` when it names none. */
async function keysInRing(
  session: Session,
  { guid }: KeyInstance,
  ring: string | undefined,
): Promise<ReadonlySet<string> | undefined> {
  if (ring === undefined) return undefined;
  const all = await keysOf(session, guid);
  return new Set(all.filter(({ doc }) => seenRing(session, doc) === ring).map(({ id }) => id));
}

async function answer(
  session: Session,
  { query }: Input<unknown>,
  holder: RegistrationHolder,
  keyIds?: ReadonlySet<string>,
): Promise<Answer> {
  const crn = decoded(query.get(crnQuery) ?? '');
  const asked = { ...holder, ...(crn !== '' && { crn }) };
  const { page, total } =
    query.has('preventKeyDeletion') || keyIds
      ? await filteredPage(session, query, asked, keyIds)
      : await plainPage(session, query, asked);
  const names = await keyNames(session, page);
  const shown = page.map((doc) => presentRegistration(doc, names.get(doc.keyId) ?? ''));
  return ok<Wire<RegistrationCollection>>(collectionOf(registrationType, shown, totalOf(query, total)));
}

interface RegistrationPage {
  readonly page: readonly RegistrationDocument[];
  readonly total: number;
}

/** Reads the page and nothing else: an instance may hold tens of thousands of registrations. */
async function plainPage(
  session: Session,
  query: URLSearchParams,
  holder: RegistrationHolder,
): Promise<RegistrationPage> {
  const page = await registrationsOf(session, holder, pageOf(query));
  return { page: page.map(({ doc }) => doc), total: await countRegistrations(session, holder) };
}

/** What the store cannot tell apart is told apart here: retention, and the rings of the keys. */
async function filteredPage(
  session: Session,
  query: URLSearchParams,
  holder: RegistrationHolder,
  keyIds: ReadonlySet<string> | undefined,
): Promise<RegistrationPage> {
  const all = (await registrationsOf(session, holder)).map(({ doc }) => doc);
  const prevents = query.get('preventKeyDeletion');
  const asked = all.filter(
    ({ keyId, preventKeyDeletion }) =>
      keyIds?.has(keyId) !== false && (prevents === null || preventKeyDeletion === (prevents === 'true')),
  );
  return { page: cut(asked, pageOf(query)), total: asked.length };
}

async function keyNames(
  session: Session,
  registrations: readonly RegistrationDocument[],
): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  for (const id of new Set(registrations.map(({ keyId }) => keyId))) {
    names.set(id, (await session.tx.get(keys, id))?.doc.name ?? '');
  }
  return names;
}

/** Over all keys the first eight segments of a CRN are given in full (Key Protect `view-protected-resources.md`). */
function checkPrefix(query: URLSearchParams): void {
  const segments = decoded(query.get(crnQuery) ?? '').split(':');
  if (segments.slice(0, 8).some((segment) => segment.includes('*'))) {
    throw invalidQuery(crnQuery, 'must not hold * in the first eight segments of the CRN');
  }
}

const crnQuery = 'urlEncodedResourceCRNQuery';

/** The CRN of the query, encoded once more or not. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw invalidQuery(crnQuery, 'must be a URL-encoded CRN');
  }
}

/** Registrations are made, changed and removed by the services that encrypt; a user is refused (6.1.10). */
export const refuseToUsers: Handler = async () => {
  throw serviceOnly();
};
