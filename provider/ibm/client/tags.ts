/** Global search and tagging: user and access tags of a resource (ibm-vpc.md 1.10, ibm-control-plane.md 6.4.5). */
import { ApiError } from './http';
import type { IbmSession } from './session';

export type TagKind = 'tags' | 'access_tags';

const tagType: Record<TagKind, string> = { tags: 'user', access_tags: 'access' };

export async function readTags(
  session: IbmSession,
  crn: string,
  kind: TagKind,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { items } = await session.json<{ items: readonly Partial<Record<TagKind, readonly string[]>>[] }>({
    method: 'POST',
    url: `${session.endpoints.search}/v3/resources/search`,
    body: { query: `crn:"${crn}"`, fields: ['access_tags', 'tags', 'service_tags'] },
    signal,
  });
  return items[0]?.[kind] ?? [];
}

export interface TagChange {
  readonly crn: string;
  readonly kind: TagKind;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

interface TagResult {
  readonly is_error?: boolean;
  readonly message?: string;
}

/** Attaches what is new and detaches what is gone. */
export async function changeTags(
  session: IbmSession,
  { crn, kind, before, after }: TagChange,
  signal: AbortSignal,
): Promise<void> {
  const steps = [
    ['detach', before.filter((tag) => !after.includes(tag))],
    ['attach', after.filter((tag) => !before.includes(tag))],
  ] as const;
  for (const [action, names] of steps) {
    if (names.length === 0) continue;
    const { results } = await session.json<{ results: readonly TagResult[] }>({
      method: 'POST',
      url: `${session.endpoints.tagging}/v3/tags/${action}`,
      query: { tag_type: tagType[kind] },
      body: { tag_names: names, resources: [{ resource_id: crn }] },
      signal,
    });
    checkResults(action, results);
  }
}

/** The request succeeds for resources that were refused: each result says how it went. */
function checkResults(action: string, results: readonly TagResult[]): void {
  const refused = results.find((result) => result.is_error === true);
  if (refused) throw new ApiError(200, refused.message ?? `the API refused to ${action} a tag`);
}

/** Names of the access tags of the account: an access tag is created by itself before anything can carry it. */
export async function accessTagNames(session: IbmSession, signal: AbortSignal): Promise<readonly string[]> {
  const names: string[] = [];
  for (let total = 1; names.length < total; ) {
    const page = await session.json<{ items: readonly { name: string }[]; total_count?: number }>({
      method: 'GET',
      url: `${session.endpoints.tagging}/v3/tags`,
      query: { tag_type: tagType.access_tags, limit: '1000', offset: String(names.length) },
      signal,
    });
    names.push(...page.items.map(({ name }) => name));
    total = page.items.length === 0 ? 0 : (page.total_count ?? 0);
  }
  return names;
}

/** Deletes user tags that were detached, as the vendor does; one that another resource carries stays. */
export async function forgetTags(
  session: IbmSession,
  names: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  for (const name of names) {
    const url = `${session.endpoints.tagging}/v3/tags/${encodeURIComponent(name)}`;
    await session.send({ method: 'DELETE', url, signal });
  }
}
