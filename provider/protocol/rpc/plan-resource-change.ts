import { planResourceChange as plan } from '../../core/server/plan-resource-change';
import {
  decodeObject,
  decodePrivate,
  encodeDiagnostics,
  encodeDynamic,
  encodePath,
  encodePrivate,
} from '../convert';
import { type PlanResourceChange_Request, PlanResourceChange_Response } from '../gen/tfplugin6';
import { rpc } from './rpc';

export const planResourceChange = rpc<PlanResourceChange_Request, PlanResourceChange_Response>({
  response: PlanResourceChange_Response,
  async handle(instance, request) {
    const { typeName } = request;
    const { type } = instance.catalog.resources.get(typeName).schema;
    const outcome = await plan(instance, {
      typeName,
      prior: decodeObject(type, request.priorState),
      proposed: decodeObject(type, request.proposedNewState),
      config: decodeObject(type, request.config),
      private: decodePrivate(request.priorPrivate),
    });
    return {
      plannedState: encodeDynamic(type, outcome.planned),
      requiresReplace: outcome.requiresReplace.map(encodePath),
      plannedPrivate: encodePrivate(outcome.private),
      diagnostics: encodeDiagnostics(outcome.diagnostics),
      legacyTypeSystem: outcome.legacyTypeSystem,
    };
  },
});
