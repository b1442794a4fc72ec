/** What moves a key through its life. Whether it may be is decided by `domain/keys/transitions` alone. */
import { timingSafeEqual } from 'node:crypto';
import { deletionAuthorizationFor, syncPermittedFrom } from '../../../../domain/keys/timing';
import type { KeyAction } from '../../../../domain/keys/transitions';
import { formatInstant, parseInstant } from '../../../../domain/time';
import { type Answer, created, type Input, noContent, ok, type Session } from '../../../kernel/operation';
import { checkRootMaterial } from '../creation';
import { invalidField, notDualAuth, rootKeyRequired, tooEarly } from '../errors';
import { onlyResource } from '../fields';
import type { RestoreKey } from '../gen/restore-key';
import type { RotateKey } from '../gen/rotate-key';
import { type ImportedMaterial, readMaterial } from '../import-token';
import type { KeyInstance } from '../instance';
import { checkTokenUse } from '../instance-policies';
import { decide, entering, purge, requirePermitted, type StoredKey, save, stateAt } from '../keys';
import { materialOf } from '../material';
import type { KeyDocument } from '../model';
import { rotate } from '../rotation';
import { expectOf } from '../schedule';
import { keyAnswer } from './keys';
import { type Handler, preferenceOf, requestedKey } from './request';

/** Moves the key and tells the audit event of it. */
async function move(
  session: Session,
  key: StoredKey,
  action: KeyAction,
  change: Partial<KeyDocument> = {},
): Promise<StoredKey> {
  const to = await decide(session, key.doc, action, { initiator: session.identity.iamId });
  const before = stateAt(key.doc, session.now);
  session.describe({ target: key.doc.crn, before: { state: before }, after: { state: to } });
  return to === 'purged' ? key : save(session, key, { ...entering(session, key.doc, to), ...change });
}

function mover(action: KeyAction): Handler<unknown> {
  return async (session, input) => {
    const { key } = await requestedKey(session, input);
    await move(session, key, action);
    return noContent;
  };
}

export const enableKey = mover('enable');
export const disableKey = mover('disable');

/** 200 with the key when it is preferred, else 204. */
async function removalAnswer(session: Session, input: Input<unknown>, key: StoredKey): Promise<Answer> {
  return preferenceOf(input) === 'representation' ? ok(await keyAnswer(session, key)) : noContent;
}

export const deleteKey: Handler = async (session, input) => {
  const { key } = await requestedKey(session, input);
  const action = input.query.get('force') === 'true' ? 'force-delete' : 'delete';
  const deleted = await move(session, key, action, {
    deletion: { by: session.identity.iamId, at: formatInstant(session.now) },
  });
  await expectOf(session, deleted.doc);
  return removalAnswer(session, input, deleted);
};

export const purgeKey: Handler = async (session, input) => {
  const { key } = await requestedKey(session, input);
  await move(session, key, 'purge');
  const answer = await removalAnswer(session, input, key);
  await purge(session, key);
  return answer;
};

export const restoreKey: Handler<RestoreKey | undefined> = async (session, input) => {
  const { instance, key } = await requestedKey(session, input);
  const fields = input.body && onlyResource(input.body);
  const restored = await restore(session, instance, key, fields);
  return preferenceOf(input) === 'minimal' ? { status: 201 } : created(await keyAnswer(session, restored));
};

/** The deletion is forgotten; material that comes along has to be the key's own. */
export async function restore(
  session: Session,
  instance: KeyInstance,
  key: StoredKey,
  fields: ImportBody | undefined,
): Promise<StoredKey> {
  const { deletion: _, deletionAuthorization: __, ...doc } = key.doc;
  const to = await decide(session, key.doc, 'restore');
  if (fields?.payload !== undefined) await checkSameMaterial(session, instance, key, fields);
  session.describe({ target: doc.crn, before: { state: 'destroyed' }, after: { state: to } });
  const next = {
    ...doc,
    ...entering(session, key.doc, to === 'purged' ? 'destroyed' : to),
    updatedAt: formatInstant(session.now),
  };
  return session.tx.update(key, { doc: next });
}

/** Members of restore and rotate that bring material. */
export interface ImportBody {
  readonly payload?: string;
  readonly encryptedNonce?: string;
  readonly iv?: string;
  readonly encryptionAlgorithm?: string;
}

async function checkSameMaterial(
  session: Session,
  instance: KeyInstance,
  { doc }: StoredKey,
  fields: ImportBody,
): Promise<void> {
  const given = await broughtMaterial(session, instance, fields);
  const own = await materialOf(session, doc.id, doc.version.id);
  const same =
    given !== undefined &&
    own !== undefined &&
    given.material.length === own.length &&
    timingSafeEqual(given.material, own);
  if (!same) throw invalidField('payload', 'must be the key material that the key was imported with');
}

async function broughtMaterial(
  session: Session,
  instance: KeyInstance,
  { payload, ...envelope }: ImportBody,
): Promise<ImportedMaterial | undefined> {
  if (payload === undefined || payload === '') return undefined;
  const brought = await readMaterial(session, instance, { payload, ...envelope });
  await checkTokenUse(session, instance, { withToken: brought.envelope !== undefined });
  return brought;
}

export const rotateKey: Handler<RotateKey | undefined> = async (session, input) => {
  const { instance, key } = await requestedKey(session, input);
  const rotated = await rotateOnDemand(session, instance, key, input.body ?? {});
  return removalAnswer(session, input, rotated);
};

/** A generated key gets new material of its own, an imported one what the request brings. */
export async function rotateOnDemand(
  session: Session,
  instance: KeyInstance,
  key: StoredKey,
  fields: ImportBody,
): Promise<StoredKey> {
  const newMaterial = fields.payload !== undefined && fields.payload !== '';
  await decide(session, key.doc, 'rotate', { newMaterial });
  if (newMaterial && !key.doc.imported) {
    throw invalidField(
      'payload',
      'must be absent: the service generated this key and generates its next version',
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

export const setKeyForDeletion: Handler<unknown> = async (session, input) => {
  const { key } = await requestedKey(session, input);
  requireDualAuth(key);
  requirePermitted(session, key.doc, 'set-for-deletion');
  const until = formatInstant(session.now + deletionAuthorizationFor);
  await save(session, key, { deletionAuthorization: { by: session.identity.iamId, until } });
  session.describe({ target: key.doc.crn, after: { keySetForDeletion: true, authExpiration: until } });
  return noContent;
};

export const unsetKeyForDeletion: Handler<unknown> = async (session, input) => {
  const { key } = await requestedKey(session, input);
  requireDualAuth(key);
  requirePermitted(session, key.doc, 'unset-for-deletion');
  const { deletionAuthorization: _, ...doc } = key.doc;
  await session.tx.update(key, { doc: { ...doc, updatedAt: formatInstant(session.now) } });
  session.describe({ target: key.doc.crn, after: { keySetForDeletion: false } });
  return noContent;
};

function requireDualAuth({ doc }: StoredKey): void {
  if (doc.dualAuthDelete?.enabled !== true) throw notDualAuth();
}

/** Tells the services that use the key what state it is in: they notice it at once (see `usage.ts`). */
export const syncKey: Handler = async (session, input) => {
  const { key } = await requestedKey(session, input);
  if (key.doc.extractable) throw rootKeyRequired();
  requirePermitted(session, key.doc, 'sync');
  const earliest = syncPermittedFrom({
    lastSyncedAt: key.doc.syncedAt && parseInstant(key.doc.syncedAt),
    lastChangedAt: lastChange(key.doc),
  } as Parameters<typeof syncPermittedFrom>[0]);
  if (earliest !== undefined && session.now < earliest) {
    throw tooEarly({ earliest, cause: 'the key was synchronized or changed within the last hour' });
  }
  await session.tx.update(key, { doc: { ...key.doc, syncedAt: formatInstant(session.now) } });
  session.describe({ target: key.doc.crn });
  return noContent;
};

/** The last disable, enable, delete, restore or rotation. */
function lastChange({ states, rotatedAt }: KeyDocument): number | undefined {
  const changes = [
    ...states.slice(1).map(({ since }) => since),
    ...(rotatedAt === undefined ? [] : [rotatedAt]),
  ];
  return changes.length === 0 ? undefined : Math.max(...changes.map(parseInstant));
}
