import type { Answer, Input, Session } from '../../kernel/operation';
import { ok } from '../../kernel/operation';
import { badRequest, notEmulated } from './errors';
import type { CreateTags } from './gen/create-tags';
import type { CreatedTags } from './gen/created-tags';
import type { DeletedTag } from './gen/deleted-tag';
import type { Search } from './gen/search';
import type { TagList } from './gen/tag-list';
import type { TagResources } from './gen/tag-resources';
import type { TagResults } from './gen/tag-results';
import {
  attachTag,
  createTag,
  deleteTag,
  detachAll,
  detachTag,
  isTaggable,
  type TagType,
  tagExists,
  tagNamePattern,
  tagNames,
  tagsOf,
} from './model';
import { searchResources } from './search';

function typeOf(query: URLSearchParams): TagType {
  // Checked against the operation's query schema.
  return (query.get('tag_type') ?? 'user') as TagType;
}

function namesIn({ tag_name: single, tag_names: several = [] }: TagResources): readonly string[] {
  const names = [...(single === undefined ? [] : [single]), ...several];
  if (names.length === 0) throw badRequest('tag_names is required');
  checkNames(names);
  return names;
}

function checkNames(names: readonly string[]): void {
  const wrong = names.find((name) => !tagNamePattern.test(name));
  if (wrong !== undefined) {
    throw badRequest(
      `tag name '${wrong}' must have 1 to 128 letters, digits, spaces, colons, underscores, periods or hyphens`,
    );
  }
}

/** One result per resource: what cannot be tagged is an error in the answer, not of the request. */
async function forEachResource(
  session: Session,
  { resources }: TagResources,
  act: (crn: string) => Promise<string | undefined>,
): Promise<Answer> {
  const results: TagResults['results'] = [];
  for (const { resource_id } of resources) {
    const problem = isTaggable(session, resource_id)
      ? await act(resource_id)
      : `${resource_id} is no resource of the account`;
    results.push({
      resource_id,
      is_error: problem !== undefined,
      ...(problem === undefined ? {} : { message: problem }),
    });
  }
  session.describe({ target: resources.map(({ resource_id }) => resource_id).join(' ') });
  return ok<TagResults>({ results });
}

async function unknownAccessTag(
  session: Session,
  type: TagType,
  names: readonly string[],
): Promise<string | undefined> {
  if (type !== 'access') return undefined;
  for (const name of names) {
    if (!(await tagExists(session, { type, name }))) return `the access tag ${name} does not exist`;
  }
  return undefined;
}

export async function attachTags(session: Session, { body, query }: Input<TagResources>): Promise<Answer> {
  if (query.get('update') === 'true') throw notEmulated('attaching tags with update=true');
  const type = typeOf(query);
  const names = namesIn(body);
  const replace = query.get('replace') === 'true';
  return forEachResource(session, body, async (crn) => {
    const problem = await unknownAccessTag(session, type, names);
    if (problem !== undefined) return problem;
    if (replace) await detachAll(session, type, crn);
    for (const name of names) await attachTag(session, { type, name }, crn);
    return undefined;
  });
}

export async function detachTags(session: Session, { body, query }: Input<TagResources>): Promise<Answer> {
  const type = typeOf(query);
  const names = namesIn(body);
  return forEachResource(session, body, async (crn) => {
    for (const name of names) await detachTag(session, { type, name }, crn);
    return undefined;
  });
}

/** Only access tags are created by themselves; the others come into being when they are attached. */
export async function createTags(session: Session, { body, query }: Input<CreateTags>): Promise<Answer> {
  if (query.get('tag_type') !== 'access') throw badRequest('tag_type must be access');
  checkNames(body.tag_names);
  const results: CreatedTags['results'] = [];
  for (const name of body.tag_names) {
    const made = await createTag(session, { type: 'access', name });
    results.push({ tag_name: name, is_error: !made });
  }
  session.describe({ target: body.tag_names.join(' ') });
  return ok<CreatedTags>({ results });
}

const obstacles = {
  unknown: (name: string) => `the tag ${name} does not exist`,
  attached: (name: string) => `the tag ${name} is attached to a resource`,
} as const;

export async function removeTag(session: Session, { params, query }: Input<undefined>): Promise<Answer> {
  const name = params['tag_name'] ?? '';
  const obstacle = await deleteTag(session, { type: typeOf(query), name });
  session.describe({ target: name });
  const result = { provider: 'ghost' as const, is_error: obstacle !== undefined };
  return ok<DeletedTag>({
    results: [obstacle === undefined ? result : { ...result, message: obstacles[obstacle](name) }],
  });
}

const defaultTagLimit = 100;

export async function listTags(session: Session, { query }: Input<undefined>): Promise<Answer> {
  const type = typeOf(query);
  const crn = query.get('attached_to');
  const found =
    crn === null
      ? await tagNames(session, type, { attachedOnly: query.get('attached_only') === 'true' })
      : await tagsOf(session, type, crn);
  const ordered = query.get('order_by_name') === 'desc' ? [...found].reverse() : found;
  const offset = Number(query.get('offset') ?? 0);
  const limit = Number(query.get('limit') ?? defaultTagLimit);
  const items = ordered.slice(offset, offset + limit).map((name) => ({ name }));
  return ok<TagList>({ total_count: found.length, offset, limit, items });
}

export async function search(session: Session, { body, query }: Input<Search | undefined>): Promise<Answer> {
  return ok(await searchResources(session, body ?? {}, query));
}
