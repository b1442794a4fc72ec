import { upgradeResourceState as upgrade } from '../../core/server/upgrade-resource-state';
import { encodeDynamic } from '../convert';
import { type UpgradeResourceState_Request, UpgradeResourceState_Response } from '../gen/tfplugin6';
import { rpc } from './rpc';

export const upgradeResourceState = rpc<UpgradeResourceState_Request, UpgradeResourceState_Response>({
  response: UpgradeResourceState_Response,
  handle(instance, { typeName, version, rawState }) {
    const { schema } = instance.catalog.resources.get(typeName);
    const json = rawState && rawState.json.length > 0 ? rawState.json.toString() : undefined;
    const state = upgrade(instance, { typeName, version, json });
    return { upgradedState: encodeDynamic(schema.type, state) };
  },
});
