import type { Answer, Input, Session } from '../../kernel/operation';
import { ok } from '../../kernel/operation';
import { catalogServices } from './data';
import { entryNotFound } from './errors';
import type { CatalogEntryList } from './gen/catalog-entry-list';
import { type CatalogEntry, deploymentsOf, entryById } from './model';
import { type CatalogView, presentDeployment, presentEntry, presentPlan, presentService } from './present';

function viewOf({ baseUrl }: Session, query: URLSearchParams): CatalogView {
  const included = query.get('include') ?? '';
  return { baseUrl, deep: included.includes('*') || included.includes('children') };
}

/** Everything on one page: the catalog is short. */
function page(resources: CatalogEntryList['resources']): Answer {
  const count = resources.length;
  return ok<CatalogEntryList>({ offset: 0, limit: count, count, resource_count: count, resources });
}

/** `q` finds entries whose name or display name contains it. */
function matches(query: URLSearchParams, texts: readonly string[]): boolean {
  const wanted = (query.get('q') ?? '').toLowerCase();
  return texts.some((text) => text.toLowerCase().includes(wanted));
}

export async function listCatalogEntries(session: Session, { query }: Input<undefined>): Promise<Answer> {
  const view = viewOf(session, query);
  const found = catalogServices.filter(({ name, displayName }) => matches(query, [name, displayName]));
  return page(found.map((service) => presentService(service, view)));
}

function requireEntry(id: string | undefined): CatalogEntry {
  const entry = id === undefined ? undefined : entryById(id);
  if (entry === undefined) throw entryNotFound(id ?? '');
  return entry;
}

export async function getCatalogEntry(
  session: Session,
  { params, query }: Input<undefined>,
): Promise<Answer> {
  return ok(presentEntry(requireEntry(params['id']), viewOf(session, query)));
}

/** `flavor` is how the vendor's clients ask for the plans of kind `iaas`; `*` takes every kind. */
export type ChildKind = 'plan' | 'flavor' | 'deployment' | '*';

function childrenOf(
  entry: CatalogEntry,
  kind: ChildKind,
  session: Session,
  query: URLSearchParams,
): CatalogEntryList['resources'] {
  const view = viewOf(session, query);
  if (entry.kind === 'service' && kind !== 'deployment') {
    const { service } = entry;
    const plans = service.plans.filter(({ name }) => matches(query, [name]));
    return plans.map((plan) => presentPlan({ service, plan }, view));
  }
  if (entry.kind === 'plan' && (kind === 'deployment' || kind === '*')) {
    const deployments = deploymentsOf(entry).filter(({ location }) => matches(query, [location]));
    return deployments.map((deployment) => presentDeployment(deployment, view));
  }
  return [];
}

export function childObjects(kind: ChildKind) {
  return async (session: Session, { params, query }: Input<undefined>): Promise<Answer> =>
    page(childrenOf(requireEntry(params['id']), kind, session, query));
}
