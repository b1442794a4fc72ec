/** Lists of policies: filters, order and pages. (ibm-control-plane.md 6.3.1) */
import type { PolicyAttribute } from '../../../domain/iam/authorization';
import type { Session } from '../../kernel/operation';
import { type Page, PageTokenError, pageOf } from '../../kernel/paging';
import { invalidPageToken } from './errors';
import { isKept, type PolicyDocument, policies } from './model';
import { type Permits, permitsOf } from './permits';
import type { StoredPolicy } from './policies';

type Filter = (policy: PolicyDocument, wanted: string) => boolean;

function says(attributes: readonly PolicyAttribute[], key: string, wanted: string): boolean {
  return attributes.some(
    (attribute) => attribute.key === key && [attribute.value].flat().some((value) => value === wanted),
  );
}

/** Filters by name of their query parameter. */
const filters: Readonly<Record<string, Filter>> = {
  type: ({ type }, wanted) => type === wanted,
  iam_id: ({ subject }, wanted) => says(subject, 'iam_id', wanted),
  access_group_id: ({ subject }, wanted) => says(subject, 'access_group_id', wanted),
  service_type: ({ resource }, wanted) => says(resource, 'serviceType', wanted),
  service_name: ({ resource }, wanted) => says(resource, 'serviceName', wanted),
  service_group_id: ({ resource }, wanted) => says(resource, 'service_group_id', wanted),
  tag_name: ({ tags = [] }, wanted) => tags.some(({ key }) => key === wanted),
  tag_value: ({ tags = [] }, wanted) => tags.some(({ value }) => value === wanted),
};

/** Fields that can be sorted by. `href` differs by nothing but the id. */
const sortKeys: Readonly<Record<string, (policy: PolicyDocument) => string>> = {
  id: ({ id }) => id,
  href: ({ id }) => id,
  type: ({ type }) => type,
  state: ({ state }) => state,
  created_at: ({ createdAt }) => createdAt,
  created_by_id: ({ createdBy }) => createdBy,
  last_modified_at: ({ lastModifiedAt }) => lastModifiedAt,
  last_modified_by_id: ({ lastModifiedBy }) => lastModifiedBy,
};

/** What only a further look tells of a policy; the ones that never permitted anything come first. */
const permitKeys: Readonly<Record<string, (permits: Permits) => string | number>> = {
  last_permit_at: ({ lastAt }) => lastAt ?? '',
  last_permit_frequency: ({ count }) => count,
};

type SortKey = readonly [key: string | number, policy: StoredPolicy];

async function keyed(
  session: Session,
  found: readonly StoredPolicy[],
  field: string,
): Promise<readonly SortKey[] | undefined> {
  const keyOf = sortKeys[field];
  if (keyOf !== undefined) return found.map((policy) => [keyOf(policy.doc), policy]);
  const permitKeyOf = permitKeys[field];
  if (permitKeyOf === undefined) return undefined;
  const permits: SortKey[] = [];
  for (const policy of found) permits.push([permitKeyOf(await permitsOf(session, policy.id)), policy]);
  return permits;
}

async function sorted(
  session: Session,
  found: readonly StoredPolicy[],
  sort: string | null,
): Promise<readonly StoredPolicy[]> {
  if (sort === null) return found;
  const descending = sort.startsWith('-');
  const keys = await keyed(session, found, descending ? sort.slice(1) : sort);
  if (keys === undefined) return found;
  const ascending = [...keys].sort(([left], [right]) => compare(left, right)).map(([, policy]) => policy);
  return descending ? ascending.reverse() : ascending;
}

function compare(left: string | number, right: string | number): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

/** The policies that the query asks for and `maySee` lets through, in order; those of another account are none. */
export async function listedPolicies(
  session: Session,
  query: URLSearchParams,
  maySee: (policy: PolicyDocument) => Promise<boolean>,
): Promise<readonly StoredPolicy[]> {
  if (query.get('account_id') !== session.options.account) return [];
  const state = query.get('state') ?? 'active';
  const given = Object.entries(filters).flatMap(([name, filter]) => {
    const wanted = query.get(name);
    return wanted === null ? [] : [(policy: PolicyDocument) => filter(policy, wanted)];
  });
  const all = await session.tx.list(policies, { scope: session.options.account });
  const visible: StoredPolicy[] = [];
  for (const policy of all) {
    const matching =
      policy.doc.state === state &&
      isKept(policy.doc, session) &&
      given.every((filter) => filter(policy.doc));
    if (matching && (await maySee(policy.doc))) visible.push(policy);
  }
  return sorted(session, visible, query.get('sort'));
}

/** Everything on one page unless the query says how many. */
export function pageOfPolicies(
  found: readonly StoredPolicy[],
  query: URLSearchParams,
): Page<StoredPolicy> & { readonly limit: number } {
  const limit = Number(query.get('limit') ?? Math.max(found.length, 1));
  const start = query.get('start') ?? undefined;
  try {
    return { limit, ...pageOf(found, { limit, start }) };
  } catch (error) {
    if (error instanceof PageTokenError) throw invalidPageToken();
    throw error;
  }
}
