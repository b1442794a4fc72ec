/** What keys protect (ibm-control-plane.md 6.1.8). Registrations are made by services, through `usage.ts`. */
import { type Answer, type Input, ok } from '../../../kernel/operation';
import type { Stored } from '../../../kernel/store/store';
import type { Wire } from '../../../kernel/wire';
import { invalidQuery, serviceOnly } from '../errors';
import type { RegistrationCollection } from '../gen/registration-collection';
import { keysOf } from '../keys';
import type { RegistrationDocument } from '../model';
import { cut, pageOf, totalOf } from '../paging';
import { presentRegistration } from '../present';
import { registrationsOf } from '../registrations';
import { collectionOf, registrationType } from '../wire';
import { type Handler, requestedInstance, requestedKey } from './request';

export const getRegistrations: Handler = async (session, input) => {
  const { key } = await requestedKey(session, input);
  const found = await registrationsOf(session, { instance: key.doc.instance, keyId: key.id });
  return answer(input, found, () => key.doc.name);
};

export const getRegistrationsAllKeys: Handler = async (session, input) => {
  const instance = await requestedInstance(session, input);
  checkPrefix(input.query);
  const names = new Map((await keysOf(session, instance.guid)).map(({ id, doc }) => [id, doc.name]));
  const found = await registrationsOf(session, { instance: instance.guid });
  return answer(input, found, (keyId) => names.get(keyId) ?? '');
};

function answer(
  { query }: Input<unknown>,
  found: readonly Stored<RegistrationDocument>[],
  nameOf: (keyId: string) => string,
): Answer {
  const asked = found.filter(({ doc }) => matches(doc, query));
  const page = cut(asked, pageOf(query)).map(({ doc }) => presentRegistration(doc, nameOf(doc.keyId)));
  const total = totalOf(query, asked.length);
  return ok<Wire<RegistrationCollection>>(collectionOf(registrationType, page, total));
}

/** Over all keys the first eight segments of a CRN are given in full (Key Protect `view-protected-resources.md`). */
function checkPrefix(query: URLSearchParams): void {
  const segments = decoded(query.get(crnQuery) ?? '').split(':');
  if (segments.slice(0, 8).some((segment) => segment.includes('*'))) {
    throw invalidQuery(crnQuery, 'must not hold * in the first eight segments of the CRN');
  }
}

const crnQuery = 'urlEncodedResourceCRNQuery';

function matches(registration: RegistrationDocument, query: URLSearchParams): boolean {
  const prevents = query.get('preventKeyDeletion');
  if (prevents !== null && registration.preventKeyDeletion !== (prevents === 'true')) return false;
  const crn = query.get(crnQuery);
  return crn === null || crn === '' || crnPattern(crn).test(registration.resourceCrn);
}

/** A CRN, encoded once more or not, in which `*` stands for any run of characters. */
function crnPattern(text: string): RegExp {
  const crn = decoded(text);
  return new RegExp(
    `^${crn
      .split('*')
      .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`,
  );
}

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
