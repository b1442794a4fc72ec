/** Lists of instances: filters and pages. (ibm-control-plane.md 6.4.1) */
import type { Session } from '../../kernel/operation';
import { type Page, PageTokenError, pageOf } from '../../kernel/paging';
import { mayAct } from '../iam/access';
import { pageTokenUnknown } from './errors';
import { type InstanceDocument, instances } from './instances';
import { instanceTarget } from './targets';

type Filter = (instance: InstanceDocument, wanted: string) => boolean;

/** Filters by name of their query parameter. */
const filters: Readonly<Record<string, Filter>> = {
  guid: ({ guid }, wanted) => guid === wanted,
  name: ({ name }, wanted) => name === wanted,
  resource_group_id: ({ resourceGroupId }, wanted) => resourceGroupId === wanted,
  resource_id: ({ serviceId }, wanted) => serviceId === wanted,
  resource_plan_id: ({ planId }, wanted) => planId === wanted,
  type: (_, wanted) => wanted === 'service_instance',
  sub_type: ({ service }, wanted) => service === wanted,
  updated_from: ({ updatedAt }, wanted) => Date.parse(updatedAt) >= Date.parse(wanted),
  updated_to: ({ updatedAt }, wanted) => Date.parse(updatedAt) <= Date.parse(wanted),
};

const defaultLimit = 100;

/** A page token carries the query of its list: what else a request says beside it is ignored, as with the vendor. */
function effectiveQuery(query: URLSearchParams): URLSearchParams {
  const start = query.get('start');
  return start === null ? query : new URLSearchParams(Buffer.from(start, 'base64url').toString('utf8'));
}

function selected(instance: InstanceDocument, query: URLSearchParams): boolean {
  const given = Object.entries(filters).filter(([name]) => query.has(name));
  return (
    instance.state === (query.get('state') ?? 'active') &&
    given.every(([name, filter]) => filter(instance, query.get(name) ?? ''))
  );
}

async function visibleInstances(session: Session, query: URLSearchParams): Promise<InstanceDocument[]> {
  const all = await session.tx.list(instances, { scope: session.options.account });
  const visible: InstanceDocument[] = [];
  for (const { doc } of all) {
    const viewing = {
      role: 'Viewer',
      action: 'resource-controller.instance.retrieve',
      target: instanceTarget(doc),
    };
    if (selected(doc, query) && (await mayAct(session, viewing))) visible.push(doc);
  }
  return visible;
}

function pageAt(found: readonly InstanceDocument[], query: URLSearchParams): Page<InstanceDocument> {
  const limit = Number(query.get('limit') ?? defaultLimit);
  try {
    return pageOf(found, { limit, start: query.get('position') ?? undefined });
  } catch (error) {
    if (error instanceof PageTokenError) throw pageTokenUnknown();
    throw error;
  }
}

/** Relative URL of the page after this one, or null. */
function nextUrl(query: URLSearchParams, next: string | undefined): string | null {
  if (next === undefined) return null;
  const carried = new URLSearchParams(query);
  carried.set('position', next);
  const start = Buffer.from(String(carried)).toString('base64url');
  return `/v2/resource_instances?start=${start}`;
}

export interface InstancePage {
  readonly items: readonly InstanceDocument[];
  readonly nextUrl: string | null;
}

/** What a page token carries was checked when its list was first asked for; a token of another making was not. */
function isOwnToken(query: URLSearchParams): boolean {
  const times = [query.get('updated_from'), query.get('updated_to')];
  return (
    query.has('position') &&
    /^\d+$/.test(query.get('limit') ?? String(defaultLimit)) &&
    times.every((time) => time === null || !Number.isNaN(Date.parse(time)))
  );
}

/** Active ones unless the query asks for another state. Throws 400 for a token that no page of this list carried. */
export async function instancePage(session: Session, asked: URLSearchParams): Promise<InstancePage> {
  const query = effectiveQuery(asked);
  if (asked.has('start') && !isOwnToken(query)) throw pageTokenUnknown();
  const page = pageAt(await visibleInstances(session, query), query);
  return { items: page.items, nextUrl: nextUrl(query, page.next) };
}
