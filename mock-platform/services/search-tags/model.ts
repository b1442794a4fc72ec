/** Tags and what they are attached to: an edge from the tag to the CRN. (ibm-control-plane.md 6.4.5) */
import { accountOf, tryParseCrn } from '../../../domain/crn';
import type { Session } from '../../kernel/operation';
import { collection } from '../../kernel/store/store';

export const tagTypes = ['user', 'access', 'service'] as const;
export type TagType = (typeof tagTypes)[number];

export interface TagDocument {
  readonly name: string;
  readonly type: TagType;
}

/** Scope: the type. A user or service tag exists once it was attached, an access tag once it was created. */
export const tags = collection<TagDocument>('tag');

/** 1 to 128 letters, digits, `:`, `_`, space, `.` and `-` (ibm-control-plane.md 3.1). */
export const tagNamePattern = /^[A-Za-z0-9:_ .-]{1,128}$/;

function tagId({ type, name }: TagDocument): string {
  return `${type}:${name}`;
}

const edgeType = (type: TagType): string => `tags-${type}`;

export async function tagExists(session: Session, tag: TagDocument): Promise<boolean> {
  return (await session.tx.get(tags, tagId(tag))) !== undefined;
}

/** Answers false when it exists already. */
export async function createTag(session: Session, tag: TagDocument): Promise<boolean> {
  if (await tagExists(session, tag)) return false;
  await session.tx.insert(tags, { id: tagId(tag), scope: tag.type, name: tag.name, doc: tag });
  return true;
}

/** Deletes a tag that nothing has; answers what stands in the way, if something does. */
export async function deleteTag(
  session: Session,
  tag: TagDocument,
): Promise<'unknown' | 'attached' | undefined> {
  const stored = await session.tx.get(tags, tagId(tag));
  if (stored === undefined) return 'unknown';
  const attached = await session.tx.edges({ type: edgeType(tag.type), from: tag.name });
  if (attached.length > 0) return 'attached';
  await session.tx.remove(stored);
  return undefined;
}

export async function attachTag(session: Session, tag: TagDocument, crn: string): Promise<void> {
  await createTag(session, tag);
  await session.tx.link({ type: edgeType(tag.type), from: tag.name, to: crn });
}

export async function detachTag(session: Session, { type, name }: TagDocument, crn: string): Promise<void> {
  await session.tx.unlink({ type: edgeType(type), from: name, to: crn });
}

export async function detachAll(session: Session, type: TagType, crn: string): Promise<void> {
  await session.tx.unlink({ type: edgeType(type), to: crn });
}

/** Names, ascending. */
export async function tagsOf(session: Session, type: TagType, crn: string): Promise<readonly string[]> {
  const attached = await session.tx.edges({ type: edgeType(type), to: crn });
  return attached.map(({ from }) => from).sort();
}

/** Names of the tags of a type, ascending. */
export async function tagNames(
  session: Session,
  type: TagType,
  { attachedOnly }: { readonly attachedOnly: boolean },
): Promise<readonly string[]> {
  const all = await session.tx.list(tags, { scope: type });
  const attached = new Set((await session.tx.edges({ type: edgeType(type) })).map(({ from }) => from));
  return all
    .map(({ doc }) => doc.name)
    .filter((name) => !attachedOnly || attached.has(name))
    .sort();
}

/** The CRNs that some tag is attached to. */
export async function taggedResources(session: Session): Promise<readonly string[]> {
  const found = await Promise.all(tagTypes.map((type) => session.tx.edges({ type: edgeType(type) })));
  return [...new Set(found.flat().map(({ to }) => to))];
}

/** Whether the CRN names something of this platform's account, which is what can be tagged. */
export function isTaggable(session: Session, crn: string): boolean {
  const parsed = tryParseCrn(crn);
  return parsed !== undefined && accountOf(parsed) === session.options.account;
}
