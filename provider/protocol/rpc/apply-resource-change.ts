import { applyResourceChange as apply } from '../../core/server/apply-resource-change';
import { decodeObject, decodePrivate, encodeDiagnostics, encodeDynamic, encodePrivate } from '../convert';
import { type ApplyResourceChange_Request, ApplyResourceChange_Response } from '../gen/tfplugin6';
import { rpc } from './rpc';

export const applyResourceChange = rpc<ApplyResourceChange_Request, ApplyResourceChange_Response>({
  response: ApplyResourceChange_Response,
  async handle(instance, request) {
    const { typeName } = request;
    const { type } = instance.catalog.resources.get(typeName).schema;
    const outcome = await apply(instance, {
      typeName,
      prior: decodeObject(type, request.priorState),
      planned: decodeObject(type, request.plannedState),
      config: decodeObject(type, request.config),
      private: decodePrivate(request.plannedPrivate),
    });
    return {
      newState: encodeDynamic(type, outcome.state),
      private: encodePrivate(outcome.private),
      diagnostics: encodeDiagnostics(outcome.diagnostics),
      legacyTypeSystem: outcome.legacyTypeSystem,
    };
  },
});
