import { readDataSource as read } from '../../core/server/read-data-source';
import { decodeObject, encodeDiagnostics, encodeDynamic } from '../convert';
import { type ReadDataSource_Request, ReadDataSource_Response } from '../gen/tfplugin6';
import { rpc } from './rpc';

export const readDataSource = rpc<ReadDataSource_Request, ReadDataSource_Response>({
  response: ReadDataSource_Response,
  async handle(instance, { typeName, config }) {
    const { type } = instance.catalog.dataSources.get(typeName).schema;
    const outcome = await read(instance, { typeName, config: decodeObject(type, config) ?? {} });
    return {
      state: encodeDynamic(type, outcome.state),
      diagnostics: encodeDiagnostics(outcome.diagnostics),
    };
  },
});
