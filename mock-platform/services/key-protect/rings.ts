/** Key rings: groups of keys. `default` always exists (ibm-control-plane.md 6.1.8; Key Protect `key-rings.md`). */
import { keyLimits } from '../../../domain/limits';
import { formatInstant } from '../../../domain/time';
import type { Session } from '../../kernel/operation';
import { countedKeys, ringNotEmpty, ringNotFound, ringReserved, ringTaken, tooManyRings } from './errors';
import { checkRing } from './fields';
import type { KeyInstance } from './instance';
import { keysOf, save, stateAt } from './keys';
import { defaultRing, inInstance, type RingDocument, rings } from './model';

/** Throws KEY_RING_NOT_FOUND_ERR when the instance has no such ring. */
export async function requireRing(session: Session, instance: KeyInstance, ring: string): Promise<void> {
  if (ring === defaultRing) return;
  if (!(await session.tx.get(rings, inInstance(instance.guid, ring)))) throw ringNotFound(ring);
}

export async function createRing(session: Session, instance: KeyInstance, id: string): Promise<void> {
  if (id === defaultRing) throw ringReserved();
  checkRing(id);
  const scope = instance.guid;
  if (await session.tx.get(rings, inInstance(scope, id))) throw ringTaken(id);
  if ((await session.tx.count(rings, { scope })) >= keyLimits.ringsPerInstance)
    throw tooManyRings(keyLimits.ringsPerInstance);
  const doc = { id, created: { by: session.identity.iamId, at: formatInstant(session.now) } };
  await session.tx.insert(rings, { id: inInstance(scope, id), scope, name: id, doc });
}

/** Destroyed keys of the ring move to `default`, when the deletion is forced; keys in other states forbid it. */
export async function deleteRing(
  session: Session,
  instance: KeyInstance,
  { id, force }: { readonly id: string; readonly force: boolean },
): Promise<void> {
  if (id === defaultRing) throw ringReserved();
  const stored = await session.tx.get(rings, inInstance(instance.guid, id));
  if (stored === undefined) throw ringNotFound(id);
  const held = (await keysOf(session, instance.guid)).filter(({ doc }) => doc.ring === id);
  const living = held.filter(({ doc }) => stateAt(doc, session.now) !== 'destroyed');
  if (living.length > 0) {
    throw ringNotEmpty(
      `it holds ${countedKeys(living.length)} not destroyed`,
      'move or delete those keys first',
    );
  }
  if (held.length > 0 && !force) {
    throw ringNotEmpty(
      `it holds ${countedKeys(held.length)} destroyed`,
      'delete it with force=true; they move to default',
    );
  }
  for (const key of held) await save(session, key, { ring: defaultRing });
  await session.tx.remove(stored);
}

/** `default` first, the others in order of creation. */
export async function ringsOf(session: Session, instance: KeyInstance): Promise<RingDocument[]> {
  const own = await session.tx.list(rings, { scope: instance.guid });
  return [{ id: defaultRing, created: instance.created }, ...own.map(({ doc }) => doc)];
}
