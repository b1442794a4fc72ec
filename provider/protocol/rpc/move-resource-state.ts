import { moveResourceState as move } from '../../core/server/move-resource-state';
import { encodeDynamic } from '../convert';
import { type MoveResourceState_Request, MoveResourceState_Response } from '../gen/tfplugin6';
import { rpc } from './rpc';

export const moveResourceState = rpc<MoveResourceState_Request, MoveResourceState_Response>({
  response: MoveResourceState_Response,
  async handle(instance, request) {
    const { type } = instance.catalog.resources.get(request.targetTypeName).schema;
    const sourceState = request.sourceState?.json.toString() ?? 'null';
    const state = await move(instance, { ...request, sourceState });
    return { targetState: encodeDynamic(type, state) };
  },
});
