import { closeEphemeralResource as close } from '../../core/server/ephemeral-resources';
import { decodePrivate, encodeDiagnostics } from '../convert';
import { type CloseEphemeralResource_Request, CloseEphemeralResource_Response } from '../gen/tfplugin6';
import { rpc } from './rpc';

export const closeEphemeralResource = rpc<CloseEphemeralResource_Request, CloseEphemeralResource_Response>({
  response: CloseEphemeralResource_Response,
  async handle(instance, request) {
    const { typeName } = request;
    const { diagnostics } = await close(instance, { typeName, private: decodePrivate(request.private) });
    return { diagnostics: encodeDiagnostics(diagnostics) };
  },
});
