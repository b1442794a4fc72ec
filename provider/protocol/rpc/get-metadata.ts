import { type GetMetadata_Request, GetMetadata_Response } from '../gen/tfplugin6';
import { capabilities } from './capabilities';
import { rpc } from './rpc';

export const getMetadata = rpc<GetMetadata_Request, GetMetadata_Response>({
  response: GetMetadata_Response,
  handle({ catalog }) {
    const named = (names: readonly string[]) => names.map((typeName) => ({ typeName }));
    return {
      serverCapabilities: capabilities(catalog),
      resources: named(catalog.resources.names),
      dataSources: named(catalog.dataSources.names),
      ephemeralResources: named(catalog.ephemeralResources.names),
      functions: [...catalog.functions.keys()].map((name) => ({ name })),
    };
  },
});
