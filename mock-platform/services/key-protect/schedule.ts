/**
 * What time brings about in keys: rotations by policy, expiry, the purge 90 days after a deletion, the end of released
 * registrations. Done before each request, as of the moment that it fell due. One document remembers when the next thing
 * is due, so that a request with nothing due costs one read.
 */
import { permits } from '../../../domain/keys/operations';
import { purgedAfter } from '../../../domain/keys/timing';
import { formatInstant, type Instant, parseInstant } from '../../../domain/time';
import type { Session } from '../../kernel/operation';
import { type ActingService, recordByService } from '../../kernel/service-events';
import type { Settler } from '../../kernel/settling';
import { expectAt } from './agenda';
import { instantOf, purge, type StoredKey, stateAt } from './keys';
import { agendaId, agendas, type KeyDocument, keys, registrations } from './model';
import { rotate, scheduled } from './rotation';

const itself: ActingService = { name: 'kms', title: 'Key Protect' };

/** Notes the next thing that time will bring to the key. */
export async function expectOf(session: Session, key: KeyDocument): Promise<void> {
  const next = nextOf(key, session.now);
  if (next !== undefined) await expectAt(session, next);
}

/** A due rotation or purge stays pending until it is done; an expiry is past once its time is. */
function nextOf(key: KeyDocument, now: Instant): Instant | undefined {
  const expiresAt = instantOf(key.expiresAt);
  return earliest([
    instantOf(key.rotation?.nextAt),
    purgeTime(key),
    expiresAt !== undefined && expiresAt > now ? expiresAt : undefined,
  ]);
}

function purgeTime(key: KeyDocument): Instant | undefined {
  return key.deletion && parseInstant(key.deletion.at) + purgedAfter;
}

function earliest(instants: readonly (Instant | undefined)[]): Instant | undefined {
  const known = instants.filter((instant) => instant !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}

export const settleKeys: Settler = async (session) => {
  const agenda = await session.tx.get(agendas, agendaId);
  const due = agenda?.doc.nextAt;
  if (agenda === undefined || due === undefined || parseInstant(due) > session.now) return;
  const next = earliest([
    await settleAllKeys(session, parseInstant(agenda.doc.settledAt)),
    await settleRegistrations(session),
  ]);
  const doc = {
    settledAt: formatInstant(session.now),
    ...(next !== undefined && { nextAt: formatInstant(next) }),
  };
  await session.tx.update(agenda, { doc });
};

/** Answers when the next thing is due for any of them. */
async function settleAllKeys(session: Session, since: Instant): Promise<Instant | undefined> {
  const upcoming: (Instant | undefined)[] = [];
  for (const stored of await session.tx.list(keys)) {
    const key = await rotateWhenDue(session, stored);
    await recordExpiry(session, key.doc, since);
    if (stateAt(key.doc, session.now) === 'purged') await purgeOverdue(session, key);
    else upcoming.push(nextOf(key.doc, session.now));
  }
  return earliest(upcoming);
}

/** Rotates at each due time that has passed, if the key's state permitted it then; skips those at which it did not. */
async function rotateWhenDue(session: Session, stored: StoredKey): Promise<StoredKey> {
  let key = stored;
  for (;;) {
    const policy = key.doc.rotation;
    const due = instantOf(policy?.nextAt);
    if (policy === undefined || due === undefined || due > session.now) return key;
    if (!permits(stateAt(key.doc, due), 'rotate')) {
      key = await session.tx.update(key, { doc: { ...key.doc, rotation: scheduled(policy, due, due) } });
      continue;
    }
    const before = { version: key.doc.version.id };
    key = await rotate(session, key, { at: due });
    const after = { version: key.doc.version.id };
    await recordByService(session, itself, due, {
      action: 'kms.secrets.rotate',
      target: key.doc.crn,
      before,
      after,
    });
  }
}

async function recordExpiry(session: Session, key: KeyDocument, since: Instant): Promise<void> {
  const at = instantOf(key.expiresAt);
  if (at === undefined || at <= since || at > session.now) return;
  const before = stateAt(key, at - 1);
  const after = stateAt(key, at);
  if (before === after) return;
  await recordByService(session, itself, at, {
    action: 'kms.secrets.expire',
    target: key.crn,
    before: { state: before },
    after: { state: after },
  });
}

async function purgeOverdue(session: Session, key: StoredKey): Promise<void> {
  await purge(session, key);
  await recordByService(session, itself, purgeTime(key.doc) ?? session.now, {
    action: 'kms.secrets.purge',
    target: key.doc.crn,
    before: { state: 'destroyed' },
  });
}

/** Removes the registrations whose release lag is over; answers when the next one's is. */
async function settleRegistrations(session: Session): Promise<Instant | undefined> {
  const upcoming: Instant[] = [];
  for (const stored of await session.tx.list(registrations)) {
    const goesAt = instantOf(stored.doc.goesAt);
    if (goesAt === undefined) continue;
    if (goesAt <= session.now) await session.tx.remove(stored);
    else upcoming.push(goesAt);
  }
  return earliest(upcoming);
}
