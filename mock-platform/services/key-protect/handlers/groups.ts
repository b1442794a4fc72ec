/** Aliases and key rings (ibm-control-plane.md 6.1.8). */
import { keyLimits } from '../../../../domain/limits';
import { created, noContent, ok } from '../../../kernel/operation';
import type { Wire } from '../../../kernel/wire';
import { addAlias, removeAlias } from '../aliases';
import type { AliasCollection } from '../gen/alias-collection';
import type { KeyRingCollection } from '../gen/key-ring-collection';
import { requirePermitted } from '../keys';
import { cut, pageOf, totalOf } from '../paging';
import { presentAlias, presentRing } from '../present';
import { createRing, deleteRing, ringsOf } from '../rings';
import { aliasType, collectionOf, ringType } from '../wire';
import { type Handler, requestedInstance, requestedKey } from './request';

export const createKeyAlias: Handler = async (session, input) => {
  const { key } = await requestedKey(session, input);
  const alias = input.params['alias'] ?? '';
  requirePermitted(session, key.doc, 'create-alias');
  const added = await addAlias(session, key.doc, alias);
  session.describe({ target: key.doc.crn, after: { alias } });
  return created<Wire<AliasCollection>>(collectionOf(aliasType, [presentAlias(added)]));
};

export const deleteKeyAlias: Handler = async (session, input) => {
  const { key } = await requestedKey(session, input);
  const alias = input.params['alias'] ?? '';
  requirePermitted(session, key.doc, 'delete-alias');
  await removeAlias(session, key.doc, alias);
  session.describe({ target: key.doc.crn, before: { alias } });
  return noContent;
};

export const listKeyRings: Handler = async (session, input) => {
  const instance = await requestedInstance(session, input);
  const rings = await ringsOf(session, instance);
  const page = cut(rings, pageOf(input.query, keyLimits.ringList.default));
  const total = totalOf(input.query, rings.length);
  return ok<Wire<KeyRingCollection>>(collectionOf(ringType, page.map(presentRing), total));
};

/** 201 without a body: the vendor's Go client cannot read one here (ibm-control-plane.md 1.6). */
export const createKeyRing: Handler = async (session, input) => {
  const instance = await requestedInstance(session, input);
  const id = input.params['ring'] ?? '';
  await createRing(session, instance, id);
  session.describe({ target: instance.crn, after: { keyRing: id } });
  return { status: 201 };
};

export const deleteKeyRing: Handler = async (session, input) => {
  const instance = await requestedInstance(session, input);
  const id = input.params['ring'] ?? '';
  await deleteRing(session, instance, { id, force: input.query.get('force') === 'true' });
  session.describe({ target: instance.crn, before: { keyRing: id } });
  return noContent;
};
