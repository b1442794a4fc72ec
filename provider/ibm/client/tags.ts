/** Global search and tagging: user and access tags of a resource (ibm-vpc.md 1.10, ibm-control-plane.md 6.4.5). */
import type { IbmSession } from './session';

export type TagKind = 'tags' | 'access_tags';

const tagType: Record<TagKind, string> = { tags: 'user', access_tags: 'access' };

export async function readTags(
  session: IbmSession,
  crn: string,
  kind: TagKind,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { body } = await session.send({
    method: 'POST',
    url: `${session.endpoints.search}/v3/resources/search`,
    body: { query: `crn:"${crn}"`, fields: ['access_tags', 'tags', 'service_tags'] },
    signal,
  });
  const [item] = (body as { items: readonly Partial<Record<TagKind, readonly string[]>>[] }).items;
  return item?.[kind] ?? [];
}

export interface TagChange {
  readonly crn: string;
  readonly kind: TagKind;
  readonly before: readonly string[];
  readonly after: readonly string[];
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
    await session.send({
      method: 'POST',
      url: `${session.endpoints.tagging}/v3/tags/${action}`,
      query: { tag_type: tagType[kind] },
      body: { tag_names: names, resources: [{ resource_id: crn }] },
      signal,
    });
  }
}
