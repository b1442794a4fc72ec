/** The older form of the actions, `POST /keys/{id}?action=…`; each answers as its own path does. */

import { created } from '../../../kernel/operation';
import { noBody } from '../errors';
import type { KeyAction } from '../gen/key-action';
import { restore } from '../life';
import { rewrapKey, unwrapKey, wrapKey } from './cryptography';
import { keyAnswer } from './keys';
import { disableKey, enableKey, rotateKey, setKeyForDeletion, unsetKeyForDeletion } from './lifecycle';
import { type Handler, requestedKey } from './request';

type Legacy = Handler<KeyAction | undefined>;

/** Wants `ciphertext`, which the schema of all actions together cannot demand. */
function withCiphertext(handle: Handler<KeyAction & { ciphertext: string }>): Legacy {
  return async (session, input) => {
    const { body } = input;
    if (body?.ciphertext === undefined) throw noBody();
    return handle(session, { ...input, body: { ...body, ciphertext: body.ciphertext } });
  };
}

const actions: Readonly<Record<string, Legacy>> = {
  wrap: wrapKey,
  unwrap: withCiphertext(unwrapKey),
  rewrap: withCiphertext(rewrapKey),
  rotate: rotateKey,
  enable: enableKey,
  disable: disableKey,
  setKeyForDeletion,
  unsetKeyForDeletion,
  restore: async (session, input) => {
    const { instance, key } = await requestedKey(session, input);
    return created(await keyAnswer(session, await restore(session, instance, key, input.body)));
  },
};

export const actionOnKey: Legacy = async (session, input) => {
  const handle = actions[input.query.get('action') ?? ''];
  if (handle === undefined) throw noBody();
  return handle(session, input);
};
