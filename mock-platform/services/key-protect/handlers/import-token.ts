/** The import token of an instance (ibm-control-plane.md 6.1.8): its two answers have no envelope. */
import { ok } from '../../../kernel/operation';
import type { CreateImportToken } from '../gen/create-import-token';
import type { RetrievedImportToken } from '../gen/retrieved-import-token';
import { createImportToken, retrieveImportToken } from '../import-token';
import { presentImportToken } from '../present';
import { type Handler, requestedInstance } from './request';

export const postImportToken: Handler<CreateImportToken | undefined> = async (session, input) => {
  const instance = await requestedInstance(session, input);
  const token = await createImportToken(session, instance, input.body ?? {});
  session.describe({ target: instance.crn, after: { expirationDate: token.expiresAt } });
  return ok(presentImportToken(token));
};

export const getImportToken: Handler = async (session, input) => {
  const instance = await requestedInstance(session, input);
  const { token, nonce } = await retrieveImportToken(session, instance);
  session.describe({ target: instance.crn, after: { remainingRetrievals: token.remainingRetrievals } });
  return ok<RetrievedImportToken>({ ...presentImportToken(token), payload: token.publicKey, nonce });
};
