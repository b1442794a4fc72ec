/** Other names of keys, unique in their instance (ibm-control-plane.md 6.1.8). */
import { keyLimits } from '../../../domain/limits';
import { formatInstant } from '../../../domain/time';
import type { Session } from '../../kernel/operation';
import type { Stored } from '../../kernel/store/store';
import { aliasNotFound, aliasTaken, tooManyAliases } from './errors';
import { checkAlias } from './fields';
import { type AliasDocument, aliases, inInstance, type KeyDocument } from './model';

/** Throws INVALID_FIELD_ERR for a name that cannot be one, 409 when it is taken or there are too many. */
export async function addAlias(session: Session, key: KeyDocument, alias: string): Promise<AliasDocument> {
  checkAlias(alias);
  const id = inInstance(key.instance, alias);
  if (await session.tx.get(aliases, id)) throw aliasTaken(alias);
  await checkQuota(session, key);
  const doc = {
    alias,
    keyId: key.id,
    created: { by: session.identity.iamId, at: formatInstant(session.now) },
  };
  await session.tx.insert(aliases, { id, scope: key.instance, name: key.id, doc });
  return doc;
}

async function checkQuota(session: Session, { instance, id }: KeyDocument): Promise<void> {
  const { aliasesPerKey, aliasesPerInstance } = keyLimits;
  const ofKey = await session.tx.count(aliases, { scope: instance, name: id });
  if (ofKey >= aliasesPerKey) throw tooManyAliases(aliasesPerKey, 'key');
  const ofInstance = await session.tx.count(aliases, { scope: instance });
  if (ofInstance >= aliasesPerInstance) throw tooManyAliases(aliasesPerInstance, 'instance');
}

export async function removeAlias(session: Session, key: KeyDocument, alias: string): Promise<void> {
  const stored = await session.tx.get(aliases, inInstance(key.instance, alias));
  if (stored?.doc.keyId !== key.id) throw aliasNotFound(alias);
  await session.tx.remove(stored);
}

export async function aliasesOf(session: Session, key: KeyDocument): Promise<Stored<AliasDocument>[]> {
  return session.tx.list(aliases, { scope: key.instance, name: key.id });
}

export async function forgetAliases(session: Session, key: KeyDocument): Promise<void> {
  for (const stored of await aliasesOf(session, key)) await session.tx.remove(stored);
}

/** The aliases of all keys of an instance, by key. */
export async function aliasNames(session: Session, instance: string): Promise<Map<string, string[]>> {
  const names = new Map<string, string[]>();
  for (const { doc } of await session.tx.list(aliases, { scope: instance })) {
    names.set(doc.keyId, [...(names.get(doc.keyId) ?? []), doc.alias]);
  }
  return names;
}
