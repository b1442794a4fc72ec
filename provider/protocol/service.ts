/** The service `tfplugin6.Provider`: every procedure, with one provider instance for each connection. */
import type { handleUnaryCall, ServerUnaryCall } from '@grpc/grpc-js';
import type { ProviderContext } from '../core/context';
import type { AnyProvider } from '../core/provider';
import { Catalog } from '../core/server/catalog';
import { Instance } from '../core/server/instance';
import type { ProviderServer } from './gen/tfplugin6';
import { applyResourceChange } from './rpc/apply-resource-change';
import { callFunction } from './rpc/call-function';
import { closeEphemeralResource } from './rpc/close-ephemeral-resource';
import { configureProvider } from './rpc/configure-provider';
import { getFunctions } from './rpc/get-functions';
import { getMetadata } from './rpc/get-metadata';
import { getProviderSchema } from './rpc/get-provider-schema';
import { importResourceState } from './rpc/import-resource-state';
import { moveResourceState } from './rpc/move-resource-state';
import { openEphemeralResource } from './rpc/open-ephemeral-resource';
import { planResourceChange } from './rpc/plan-resource-change';
import { readDataSource } from './rpc/read-data-source';
import { readResource } from './rpc/read-resource';
import { renewEphemeralResource } from './rpc/renew-ephemeral-resource';
import type { Rpc } from './rpc/rpc';
import { stopProvider } from './rpc/stop-provider';
import { upgradeResourceState } from './rpc/upgrade-resource-state';
import { validateDataResourceConfig } from './rpc/validate-data-resource-config';
import { validateEphemeralResourceConfig } from './rpc/validate-ephemeral-resource-config';
import { validateProviderConfig } from './rpc/validate-provider-config';
import { validateResourceConfig } from './rpc/validate-resource-config';

/**
 * Terraform dials once for each provider configuration, so the connection tells which one a call is for. The definition is
 * loaded when the first call comes, after the handshake.
 */
export function providerService(load: () => AnyProvider, context: ProviderContext): ProviderServer {
  const instances = new Instances(load, context);
  const serve = <Request, Response>(name: string, procedure: Rpc<Request, Response>) =>
    unary(instances, name, procedure);
  return {
    getMetadata: serve('GetMetadata', getMetadata),
    getProviderSchema: serve('GetProviderSchema', getProviderSchema),
    validateProviderConfig: serve('ValidateProviderConfig', validateProviderConfig),
    configureProvider: serve('ConfigureProvider', configureProvider),
    stopProvider: serve('StopProvider', stopProvider),
    validateResourceConfig: serve('ValidateResourceConfig', validateResourceConfig),
    upgradeResourceState: serve('UpgradeResourceState', upgradeResourceState),
    readResource: serve('ReadResource', readResource),
    planResourceChange: serve('PlanResourceChange', planResourceChange),
    applyResourceChange: serve('ApplyResourceChange', applyResourceChange),
    importResourceState: serve('ImportResourceState', importResourceState),
    moveResourceState: serve('MoveResourceState', moveResourceState),
    validateDataResourceConfig: serve('ValidateDataResourceConfig', validateDataResourceConfig),
    readDataSource: serve('ReadDataSource', readDataSource),
    validateEphemeralResourceConfig: serve(
      'ValidateEphemeralResourceConfig',
      validateEphemeralResourceConfig,
    ),
    openEphemeralResource: serve('OpenEphemeralResource', openEphemeralResource),
    renewEphemeralResource: serve('RenewEphemeralResource', renewEphemeralResource),
    closeEphemeralResource: serve('CloseEphemeralResource', closeEphemeralResource),
    getFunctions: serve('GetFunctions', getFunctions),
    callFunction: serve('CallFunction', callFunction),
  };
}

/** More connections than one Terraform run ever has; the oldest is forgotten first. */
const rememberedConnections = 1_000;

class Instances {
  readonly #byConnection = new Map<string, Instance>();
  #catalog: Catalog | undefined;

  constructor(
    private readonly load: () => AnyProvider,
    private readonly context: ProviderContext,
  ) {}

  of(connection: string): Instance {
    const known = this.#byConnection.get(connection);
    if (known) return known;
    this.#catalog ??= new Catalog(this.load());
    const instance = new Instance(this.#catalog, this.context);
    this.#byConnection.set(connection, instance);
    const [oldest] = this.#byConnection.keys();
    if (this.#byConnection.size > rememberedConnections && oldest !== undefined)
      this.#byConnection.delete(oldest);
    return instance;
  }
}

function unary<Request, Response>(
  instances: Instances,
  name: string,
  procedure: Rpc<Request, Response>,
): handleUnaryCall<Request, Response> {
  const answer = async (call: ServerUnaryCall<Request, Response>): Promise<Partial<Response>> => {
    try {
      return await procedure.handle(instances.of(call.getPeer()), call.request);
    } catch (error) {
      return procedure.failed(error, `answer ${name}`);
    }
  };
  return (call, callback) => {
    void answer(call).then((given) => callback(null, { ...procedure.response.decode(noBytes), ...given }));
  };
}

const noBytes = new Uint8Array();
