import type { Catalog } from '../../core/server/catalog';
import type { ServerCapabilities } from '../gen/tfplugin6';

/**
 * Destroys need no plan of their own, and schemas need not be asked for before anything else (terraform-plugin-protocol.md
 * 2 and 4.7).
 */
export function capabilities({ definition }: Catalog): ServerCapabilities {
  return {
    planDestroy: false,
    getProviderSchemaOptional: true,
    moveResourceState: definition.resources.some((resource) => resource.moveState !== undefined),
  };
}
