import { importResourceState as importState } from '../../core/server/import-resource-state';
import { encodeDiagnostics, encodeDynamic, encodePrivate } from '../convert';
import { type ImportResourceState_Request, ImportResourceState_Response } from '../gen/tfplugin6';
import { rpc } from './rpc';

export const importResourceState = rpc<ImportResourceState_Request, ImportResourceState_Response>({
  response: ImportResourceState_Response,
  async handle(instance, { typeName, id }) {
    const { type } = instance.catalog.resources.get(typeName).schema;
    const outcome = await importState(instance, { typeName, id });
    const diagnostics = encodeDiagnostics(outcome.diagnostics);
    if (!outcome.state) return { diagnostics };
    const imported = {
      typeName,
      state: encodeDynamic(type, outcome.state),
      private: encodePrivate(outcome.private),
    };
    return { importedResources: [imported], diagnostics };
  },
});
