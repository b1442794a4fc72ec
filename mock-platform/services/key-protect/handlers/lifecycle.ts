/** What moves a key through its life (ibm-control-plane.md 6.1.2). */
import { type Answer, created, type Input, noContent, ok, type Session } from '../../../kernel/operation';
import { onlyResource } from '../fields';
import type { RestoreKey } from '../gen/restore-key';
import type { RotateKey } from '../gen/rotate-key';
import type { StoredKey } from '../keys';
import {
  authorizeDeletion,
  destroy,
  disable,
  enable,
  purgeNow,
  restore,
  rotateOnDemand,
  synchronize,
  withdrawAuthorization,
} from '../life';
import { keyAnswer } from './keys';
import { type Handler, preferenceOf, requestedKey } from './request';

/** An action without a body of its own, answered with 204. */
function acting(act: (session: Session, key: StoredKey) => Promise<void>): Handler<unknown> {
  return async (session, input) => {
    const { key } = await requestedKey(session, input);
    await act(session, key);
    return noContent;
  };
}

export const enableKey = acting(enable);
export const disableKey = acting(disable);
export const setKeyForDeletion = acting(authorizeDeletion);
export const unsetKeyForDeletion = acting(withdrawAuthorization);
export const syncKey = acting(synchronize);

/** 200 with the key when it is preferred, else 204. */
async function answerOf(session: Session, input: Input<unknown>, key: StoredKey): Promise<Answer> {
  return preferenceOf(input) === 'representation' ? ok(await keyAnswer(session, key)) : noContent;
}

export const deleteKey: Handler = async (session, input) => {
  const { key } = await requestedKey(session, input);
  const destroyed = await destroy(session, key, { force: input.query.get('force') === 'true' });
  return answerOf(session, input, destroyed);
};

/** Shows the key as it was: afterwards there is nothing to show. */
export const purgeKey: Handler = async (session, input) => {
  const { key } = await requestedKey(session, input);
  const answer = await answerOf(session, input, key);
  await purgeNow(session, key);
  return answer;
};

export const restoreKey: Handler<RestoreKey | undefined> = async (session, input) => {
  const { instance, key } = await requestedKey(session, input);
  const restored = await restore(session, instance, key, input.body && onlyResource(input.body));
  return preferenceOf(input) === 'minimal' ? { status: 201 } : created(await keyAnswer(session, restored));
};

export const rotateKey: Handler<RotateKey | undefined> = async (session, input) => {
  const { instance, key } = await requestedKey(session, input);
  return answerOf(session, input, await rotateOnDemand(session, instance, key, input.body));
};
