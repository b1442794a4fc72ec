import { renewEphemeralResource as renew } from '../../core/server/ephemeral-resources';
import { decodePrivate, encodeDiagnostics, encodePrivate, encodeTimestamp } from '../convert';
import { type RenewEphemeralResource_Request, RenewEphemeralResource_Response } from '../gen/tfplugin6';
import { rpc } from './rpc';

export const renewEphemeralResource = rpc<RenewEphemeralResource_Request, RenewEphemeralResource_Response>({
  response: RenewEphemeralResource_Response,
  async handle(instance, request) {
    const { typeName } = request;
    const outcome = await renew(instance, { typeName, private: decodePrivate(request.private) });
    return {
      renewAt: encodeTimestamp(outcome.renewAt),
      private: encodePrivate(outcome.private),
      diagnostics: encodeDiagnostics(outcome.diagnostics),
    };
  },
});
