/**
 * Search over service instances and everything that has a tag. Of the query language it knows `*` and terms
 * `field:value` or `field:"value"` joined by AND. (ibm-control-plane.md 6.4.5)
 */
import { tryParseCrn } from '../../../domain/crn';
import type { ServiceError } from '../../kernel/errors';
import type { Session } from '../../kernel/operation';
import { PageTokenError, pageOf } from '../../kernel/paging';
import type { Wire } from '../../kernel/wire';
import { mayAct } from '../iam/access';
import { type InstanceDocument, instances } from '../resource-controller/instances';
import { instanceTarget } from '../resource-controller/targets';
import { badRequest, notEmulated } from './errors';
import type { Search } from './gen/search';
import type { SearchItem, SearchResult } from './gen/search-result';
import { taggedResources, tagsOf } from './model';

type Item = Wire<SearchItem>;

interface Term {
  readonly field: string;
  readonly value: string;
}

const termPattern = /^\s*([a-z_.]+):(?:"([^"]*)"|([^\s"()]+))\s*$/;

function parseQuery(query: string): readonly Term[] {
  if (query.trim() === '' || query.trim() === '*') return [];
  return query.split(/\sAND\s/).map((part) => {
    const [, field, quoted, plain] = termPattern.exec(part) ?? [];
    if (field === undefined) throw notEmulated(`the search query '${query}'`);
    return { field, value: quoted ?? plain ?? '' };
  });
}

function satisfies(item: Item, { field, value }: Term): boolean {
  const found = (item as Readonly<Record<string, string | readonly string[]>>)[field] ?? '';
  const values = typeof found === 'string' ? [found] : found;
  return values.some((one) => one === value || (value.endsWith('*') && one.startsWith(value.slice(0, -1))));
}

async function tagFields(
  session: Session,
  crn: string,
): Promise<Pick<Item, 'tags' | 'access_tags' | 'service_tags'>> {
  return {
    tags: await tagsOf(session, 'user', crn),
    access_tags: await tagsOf(session, 'access', crn),
    service_tags: await tagsOf(session, 'service', crn),
  };
}

async function instanceItem(session: Session, instance: InstanceDocument): Promise<Item> {
  return {
    crn: instance.crn,
    account_id: instance.account,
    name: instance.name,
    type: 'resource-instance',
    family: 'resource_controller',
    service_name: instance.service,
    region: instance.location,
    resource_group_id: instance.resourceGroupId,
    service_instance: instance.guid,
    ...(await tagFields(session, instance.crn)),
  };
}

async function taggedItem(session: Session, crn: string): Promise<Item> {
  const parsed = tryParseCrn(crn);
  return {
    crn,
    account_id: session.options.account,
    name: parsed?.resource ?? '',
    type: parsed?.resourceType ?? '',
    family: parsed?.serviceName ?? '',
    service_name: parsed?.serviceName ?? '',
    region: parsed?.location ?? '',
    ...(await tagFields(session, crn)),
  };
}

function wantedStates(query: URLSearchParams): readonly InstanceDocument['state'][] {
  const reclaimed = query.get('is_reclaimed') ?? 'false';
  if (reclaimed === 'any') return ['active', 'pending_reclamation'];
  return reclaimed === 'true' ? ['pending_reclamation'] : ['active'];
}

async function index(session: Session, query: URLSearchParams): Promise<readonly Item[]> {
  if (query.get('is_deleted') === 'true') return [];
  const states = wantedStates(query);
  const all = await session.tx.list(instances, { scope: session.options.account });
  const items: Item[] = [];
  for (const { doc } of all.filter((instance) => states.includes(instance.doc.state))) {
    const viewing = {
      role: 'Viewer',
      action: 'resource-controller.instance.retrieve',
      target: instanceTarget(doc),
    };
    if (await mayAct(session, viewing)) items.push(await instanceItem(session, doc));
  }
  const known = new Set(all.map(({ doc }) => doc.crn));
  for (const crn of await taggedResources(session)) {
    if (!known.has(crn)) items.push(await taggedItem(session, crn));
  }
  return items;
}

const defaultFields = ['account_id', 'name', 'type', 'family', 'crn'];
const defaultLimit = 10;

function withFields(item: Item, fields: readonly string[]): Item {
  if (fields.includes('*')) return item;
  const wanted = Object.entries(item).filter(([field]) => fields.includes(field));
  return { ...Object.fromEntries(wanted), crn: item.crn };
}

/** The cursor carries the query and the fields, as with the vendor: what else stands beside it is ignored. */
interface Cursor {
  readonly query: string;
  readonly fields: readonly string[];
  readonly start: string;
}

function foreignCursor(): ServiceError {
  return badRequest('search_cursor is none that a search has answered with');
}

function readCursor(text: string): Cursor {
  const parameters = new URLSearchParams(Buffer.from(text, 'base64url').toString('utf8'));
  const query = parameters.get('query');
  const start = parameters.get('start');
  if (query === null || start === null) throw foreignCursor();
  return { query, fields: parameters.getAll('field'), start };
}

function writeCursor({ query, fields, start }: Cursor): string {
  const parameters = new URLSearchParams({ query, start });
  for (const field of fields) parameters.append('field', field);
  return Buffer.from(String(parameters)).toString('base64url');
}

/** Throws 501 naming a query beyond the language above, 400 for a cursor that is none. */
export async function searchResources(
  session: Session,
  body: Search,
  parameters: URLSearchParams,
): Promise<Wire<SearchResult>> {
  const cursor = body.search_cursor === undefined ? undefined : readCursor(body.search_cursor);
  const query = cursor?.query ?? body.query ?? '*';
  const fields = cursor?.fields ?? body.fields ?? defaultFields;
  const limit = Number(parameters.get('limit') ?? defaultLimit);
  const terms = parseQuery(query);
  const found = (await index(session, parameters)).filter((item) =>
    terms.every((term) => satisfies(item, term)),
  );
  const page = pageFrom(found, limit, cursor?.start);
  return {
    items: page.items.map((item) => withFields(item, fields)),
    limit,
    ...(page.next === undefined ? {} : { search_cursor: writeCursor({ query, fields, start: page.next }) }),
  };
}

function pageFrom(found: readonly Item[], limit: number, start: string | undefined) {
  try {
    return pageOf(found, { limit, start });
  } catch (error) {
    if (error instanceof PageTokenError) throw foreignCursor();
    throw error;
  }
}
