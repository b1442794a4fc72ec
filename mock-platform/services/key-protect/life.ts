/** What is done to a key in its life. Whether it may be is decided by `domain/keys`; the documents are written here. */
import { deletionAuthorizationFor, syncPermittedFrom } from '../../../domain/keys/timing';
import type { KeyAction } from '../../../domain/keys/transitions';
import { formatInstant, type Instant, parseInstant } from '../../../domain/time';
import type { Session } from '../../kernel/operation';
import { invalidField, notDualAuth, rootKeyRequired, tooEarly } from './errors';
import {
  bringsMaterial,
  broughtMaterial,
  checkRootMaterial,
  checkSameMaterial,
  type ImportFields,
} from './imported-material';
import type { KeyInstance } from './instance';
import { decide, instantOf, purge, requirePermitted, type StoredKey, save, stateAt } from './keys';
import type { KeyDocument } from './model';
import { rotate } from './rotation';
import { expectOf } from './schedule';

/** Members that a key with another state no longer has. */
type Forgotten = 'deletion' | 'deletionAuthorization';

/** Puts the key into the state that the action leads to, and tells the audit event of it. */
async function move(
  session: Session,
  key: StoredKey,
  action: KeyAction,
  change: { readonly set?: Partial<KeyDocument>; readonly forget?: readonly Forgotten[] } = {},
): Promise<StoredKey> {
  const to = await decide(session, key.doc, action, { initiator: session.identity.iamId });
  const before = stateAt(key.doc, session.now);
  session.describe({ target: key.doc.crn, before: { state: before }, after: { state: to } });
  if (to === 'purged') return key;
  const since = formatInstant(session.now);
  const doc = {
    ...key.doc,
    states: [...key.doc.states, { state: to, since }],
    updatedAt: since,
    ...change.set,
  };
  for (const member of change.forget ?? []) delete doc[member];
  return session.tx.update(key, { doc });
}

export async function disable(session: Session, key: StoredKey): Promise<void> {
  await move(session, key, 'disable');
}

export async function enable(session: Session, key: StoredKey): Promise<void> {
  await move(session, key, 'enable');
}

export async function destroy(
  session: Session,
  key: StoredKey,
  { force }: { readonly force: boolean },
): Promise<StoredKey> {
  const deletion = { by: session.identity.iamId, at: formatInstant(session.now) };
  const destroyed = await move(session, key, force ? 'force-delete' : 'delete', { set: { deletion } });
  await expectOf(session, destroyed.doc);
  return destroyed;
}

export async function purgeNow(session: Session, key: StoredKey): Promise<void> {
  await move(session, key, 'purge');
  await purge(session, key);
}

/** Material that comes along has to be the key's own. */
export async function restore(
  session: Session,
  instance: KeyInstance,
  key: StoredKey,
  fields: ImportFields = {},
): Promise<StoredKey> {
  const restored = await move(session, key, 'restore', { forget: ['deletion', 'deletionAuthorization'] });
  const brought = await broughtMaterial(session, instance, fields);
  if (brought) await checkSameMaterial(session, key.doc, brought.material);
  return restored;
}

/** A generated key gets new material of its own, an imported one what the request brings. */
export async function rotateOnDemand(
  session: Session,
  instance: KeyInstance,
  key: StoredKey,
  fields: ImportFields = {},
): Promise<StoredKey> {
  await decide(session, key.doc, 'rotate', { newMaterial: bringsMaterial(fields) });
  if (bringsMaterial(fields) && !key.doc.imported) {
    throw invalidField(
      'payload',
      'must be absent: the service generates the next version of a key that it generated',
    );
  }
  const brought = await broughtMaterial(session, instance, fields);
  if (brought) checkRootMaterial(brought.material);
  const rotated = await rotate(session, key, { at: session.now, ...brought });
  await expectOf(session, rotated.doc);
  session.describe({
    target: key.doc.crn,
    before: { version: key.doc.version.id },
    after: { version: rotated.doc.version.id },
  });
  return rotated;
}

function requireDualAuth({ doc }: StoredKey): void {
  if (doc.dualAuthDelete?.enabled !== true) throw notDualAuth();
}

/** The first person's consent to a deletion; takes the place of an earlier one. */
export async function authorizeDeletion(session: Session, key: StoredKey): Promise<void> {
  requireDualAuth(key);
  requirePermitted(session, key.doc, 'set-for-deletion');
  const until = formatInstant(session.now + deletionAuthorizationFor);
  await save(session, key, { deletionAuthorization: { by: session.identity.iamId, until } });
  session.describe({ target: key.doc.crn, after: { keySetForDeletion: true, authExpiration: until } });
}

export async function withdrawAuthorization(session: Session, key: StoredKey): Promise<void> {
  requireDualAuth(key);
  requirePermitted(session, key.doc, 'unset-for-deletion');
  const { deletionAuthorization: _, ...doc } = key.doc;
  await session.tx.update(key, { doc: { ...doc, updatedAt: formatInstant(session.now) } });
  session.describe({ target: key.doc.crn, after: { keySetForDeletion: false } });
}

/** Tells the services that use the key what state it is in: they notice it at once (see `usage.ts`). */
export async function synchronize(session: Session, key: StoredKey): Promise<void> {
  if (key.doc.extractable) throw rootKeyRequired();
  requirePermitted(session, key.doc, 'sync');
  const earliest = syncPermittedFrom({
    lastSyncedAt: instantOf(key.doc.syncedAt),
    lastChangedAt: lastChange(key.doc),
  });
  if (earliest !== undefined && session.now < earliest) {
    throw tooEarly({ earliest, cause: 'the key was synchronized or changed within the last hour' });
  }
  await session.tx.update(key, { doc: { ...key.doc, syncedAt: formatInstant(session.now) } });
  session.describe({ target: key.doc.crn });
}

/** The last disable, enable, delete, restore or rotation. */
function lastChange({ states, rotatedAt }: KeyDocument): Instant | undefined {
  const changes = [...states.slice(1).map(({ since }) => since), rotatedAt].filter((at) => at !== undefined);
  return changes.length === 0 ? undefined : Math.max(...changes.map(parseInstant));
}
