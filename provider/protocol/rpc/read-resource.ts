import { readResource as read } from '../../core/server/read-resource';
import { decodeObject, decodePrivate, encodeDiagnostics, encodeDynamic, encodePrivate } from '../convert';
import { type ReadResource_Request, ReadResource_Response } from '../gen/tfplugin6';
import { rpc } from './rpc';

export const readResource = rpc<ReadResource_Request, ReadResource_Response>({
  response: ReadResource_Response,
  async handle(instance, request) {
    const { typeName } = request;
    const { type } = instance.catalog.resources.get(typeName).schema;
    const state = decodeObject(type, request.currentState);
    if (!state) return { newState: encodeDynamic(type, null) };
    const outcome = await read(instance, { typeName, state, private: decodePrivate(request.private) });
    return {
      newState: encodeDynamic(type, outcome.state),
      private: encodePrivate(outcome.private),
      diagnostics: encodeDiagnostics(outcome.diagnostics),
    };
  },
});
