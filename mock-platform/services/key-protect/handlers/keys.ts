/** Creating, finding and describing keys. */
import { formatInstant } from '../../../../domain/time';
import { type Answer, created, type Input, ok, type Session } from '../../../kernel/operation';
import type { Wire } from '../../../kernel/wire';
import { aliasesOf, aliasNames } from '../aliases';
import { createKey, type NewKey } from '../creation';
import { badBody } from '../errors';
import { onlyResource } from '../fields';
import type { CreateKey } from '../gen/create-key';
import type { CreateKeyWithPolicyOverrides } from '../gen/create-key-with-policy-overrides';
import type { KeyCollection, KeyMetadataCollection } from '../gen/key-answer';
import type { KeyVersionCollection } from '../gen/key-version-collection';
import type { PatchKey } from '../gen/patch-key';
import { keysOf, requirePermitted, type StoredKey, save, seenRing, stateAt } from '../keys';
import { listed, type Selection, selected } from '../listing';
import { countVersions, materialOf, versionsOf } from '../material';
import { cut, pageOf, totalOf } from '../paging';
import { presentKey, presentVersion } from '../present';
import { requireRing } from '../rings';
import { collectionOf, keyType, keyVersionType } from '../wire';
import { type Handler, preferenceOf, requestedInstance, requestedKey, ringOf } from './request';

/** The key as an envelope; a standard key shows its material where `withPayload` asks for it. */
export async function keyAnswer(
  session: Session,
  key: StoredKey,
  options: { readonly withPayload?: boolean } = {},
): Promise<Wire<KeyCollection>> {
  const aliases = (await aliasesOf(session, key.doc)).map(({ doc }) => doc.alias);
  const shown = presentKey(session, key.doc, aliases);
  const payload = options.withPayload === true ? await standardPayload(session, key) : undefined;
  return collectionOf(keyType, [{ ...shown, ...(payload !== undefined && { payload }) }]);
}

async function standardPayload(session: Session, { doc }: StoredKey): Promise<string | undefined> {
  if (!doc.extractable || stateAt(doc, session.now) === 'destroyed') return undefined;
  return (await materialOf(session, doc.id, doc.version.id))?.toString('base64');
}

async function create(
  session: Session,
  input: Input<unknown>,
  wanted: Omit<NewKey, 'instance' | 'ring'>,
): Promise<Answer> {
  const instance = await requestedInstance(session, input);
  const key = await createKey(session, { ...wanted, instance, ring: ringOf(input) });
  session.describe({ target: key.doc.crn, after: { state: 'active', imported: key.doc.imported } });
  const withPayload = preferenceOf(input) !== 'minimal';
  return created(await keyAnswer(session, key, { withPayload }));
}

export const postKey: Handler<CreateKey> = async (session, input) =>
  create(session, input, { resource: onlyResource(input.body) });

export const postKeyWithPolicyOverrides: Handler<CreateKeyWithPolicyOverrides> = async (session, input) => {
  const { rotation, dualAuthDelete, ...resource } = onlyResource(input.body);
  const overrides = { ...(rotation && { rotation }), ...(dualAuthDelete && { dualAuthDelete }) };
  return create(session, input, { resource, overrides });
};

async function listedKeys(session: Session, input: Input<unknown>): Promise<Selection> {
  const instance = await requestedInstance(session, input);
  const ring = ringOf(input);
  const names = await aliasNames(session, instance.guid);
  const entries = (await keysOf(session, instance.guid))
    .filter(({ doc }) => ring === undefined || seenRing(session, doc) === ring)
    .map(({ doc }) => listed(session, doc, names.get(doc.id) ?? []));
  return selected(entries, input.query);
}

export const getKeys: Handler = async (session, input) => {
  const { entries, incompleteSearch } = await listedKeys(session, input);
  const page = cut(entries, pageOf(input.query));
  const resources = page.map(({ key, aliases }) => presentKey(session, key, aliases));
  const search = input.query.get('search');
  const extra = {
    ...(search !== null && { searchQuery: search }),
    ...(incompleteSearch && { incompleteSearch }),
  };
  return ok<Wire<KeyMetadataCollection>>(collectionOf(keyType, resources, extra));
};

export const headKeys: Handler = async (session, input) => {
  const { entries } = await listedKeys(session, input);
  return { status: 200, headers: { 'Key-Total': String(entries.length) } };
};

/** The material of a standard key is handed out here, so who saw it is recorded (behaviour.md A4). */
export const getKey: Handler = async (session, input) => {
  const { key } = await requestedKey(session, input);
  if (key.doc.extractable) session.record({ action: 'kms.secrets.read', target: key.doc.crn });
  return ok(await keyAnswer(session, key, { withPayload: true }));
};

export const getKeyMetadata: Handler = async (session, input) => {
  const { key } = await requestedKey(session, input);
  return ok(await keyAnswer(session, key));
};

export const patchKey: Handler<PatchKey> = async (session, input) => {
  const { instance, key } = await requestedKey(session, input);
  const ring = input.body.keyRingID ?? input.body.KeyRingID;
  if (ring === undefined) throw badBody('keyRingID is required');
  requirePermitted(session, key.doc, 'patch');
  await requireRing(session, instance, ring);
  const formerRing = { ring: key.doc.ring, until: formatInstant(session.now) };
  const patched = await save(session, key, { ring, formerRing });
  session.describe({ target: key.doc.crn, before: { keyRingID: key.doc.ring }, after: { keyRingID: ring } });
  return ok(await keyAnswer(session, patched));
};

/**
 * Key Protect `view-key-versions.md`: without `allKeyStates` a key in any other state than active is refused with 409,
 * a destroyed one too.
 */
export const getKeyVersions: Handler = async (session, input) => {
  const { key } = await requestedKey(session, input);
  if (input.query.get('allKeyStates') !== 'true') requirePermitted(session, key.doc, 'list-versions');
  const page = await versionsOf(session, key.id, pageOf(input.query));
  const total = totalOf(input.query, await countVersions(session, key.id));
  return ok<Wire<KeyVersionCollection>>(collectionOf(keyVersionType, page.map(presentVersion), total));
};
