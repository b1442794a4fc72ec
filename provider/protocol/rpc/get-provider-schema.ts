import type { Catalog, Types } from '../../core/server/catalog';
import { encodeFunction, encodeSchema } from '../convert-schema';
import { type GetProviderSchema_Request, GetProviderSchema_Response, type Schema } from '../gen/tfplugin6';
import { capabilities } from './capabilities';
import { rpc } from './rpc';

/** Every command asks, and the answer is always the same. */
const answers = new WeakMap<Catalog, Partial<GetProviderSchema_Response>>();

export const getProviderSchema = rpc<GetProviderSchema_Request, GetProviderSchema_Response>({
  response: GetProviderSchema_Response,
  handle({ catalog }) {
    const known = answers.get(catalog);
    if (known) return known;
    const answer = {
      provider: encodeSchema(catalog.provider),
      resourceSchemas: schemas(catalog.resources),
      dataSourceSchemas: schemas(catalog.dataSources),
      ephemeralResourceSchemas: schemas(catalog.ephemeralResources),
      functions: functions(catalog),
      serverCapabilities: capabilities(catalog),
    };
    answers.set(catalog, answer);
    return answer;
  },
});

type Named = Pick<Types<never>, 'names'> & {
  get(name: string): { readonly schema: Parameters<typeof encodeSchema>[0] };
};

function schemas(types: Named): { [name: string]: Schema } {
  return Object.fromEntries(types.names.map((name) => [name, encodeSchema(types.get(name).schema)]));
}

export function functions(catalog: Catalog): GetProviderSchema_Response['functions'] {
  return Object.fromEntries([...catalog.functions].map(([name, served]) => [name, encodeFunction(served)]));
}
