import { openEphemeralResource as open } from '../../core/server/ephemeral-resources';
import { decodeObject, encodeDiagnostics, encodeDynamic, encodePrivate, encodeTimestamp } from '../convert';
import { type OpenEphemeralResource_Request, OpenEphemeralResource_Response } from '../gen/tfplugin6';
import { rpc } from './rpc';

export const openEphemeralResource = rpc<OpenEphemeralResource_Request, OpenEphemeralResource_Response>({
  response: OpenEphemeralResource_Response,
  async handle(instance, { typeName, config }) {
    const { type } = instance.catalog.ephemeralResources.get(typeName).schema;
    const outcome = await open(instance, { typeName, config: decodeObject(type, config) ?? {} });
    return {
      result: encodeDynamic(type, outcome.result),
      renewAt: encodeTimestamp(outcome.renewAt),
      private: encodePrivate(outcome.private),
      diagnostics: encodeDiagnostics(outcome.diagnostics),
    };
  },
});
