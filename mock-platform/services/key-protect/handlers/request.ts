/** What every handler asks of a request first: the instance, from where it may be called, and the key. */
import type { Answer, Input, Session } from '../../../kernel/operation';
import { instanceOf, type KeyInstance } from '../instance';
import { checkOrigin } from '../instance-policies';
import { requireKey, type StoredKey } from '../keys';

export type Handler<Body = undefined> = (session: Session, input: Input<Body>) => Promise<Answer>;

/** The instance that the request names, if it may be called from there. */
export async function requestedInstance(session: Session, input: Input<unknown>): Promise<KeyInstance> {
  const instance = await instanceOf(session, input);
  await checkOrigin(session, instance, input);
  return instance;
}

export interface Requested {
  readonly instance: KeyInstance;
  readonly key: StoredKey;
}

/** The key that the path names by id or alias, restricted to the ring of `X-Kms-Key-Ring` when that is sent. */
export async function requestedKey(session: Session, input: Input<unknown>): Promise<Requested> {
  const instance = await requestedInstance(session, input);
  const key = await requireKey(session, {
    instance: instance.guid,
    idOrAlias: input.params['id'] ?? '',
    ring: ringOf(input),
  });
  return { instance, key };
}

export function ringOf({ headers }: Pick<Input<unknown>, 'headers'>): string | undefined {
  return headers['x-kms-key-ring'] || undefined;
}

/** The value of `Prefer: return=…`. */
export function preferenceOf({
  headers,
}: Pick<Input<unknown>, 'headers'>): 'minimal' | 'representation' | undefined {
  const [, value] = /\breturn=(minimal|representation)\b/.exec(headers['prefer'] ?? '') ?? [];
  return value as 'minimal' | 'representation' | undefined;
}
