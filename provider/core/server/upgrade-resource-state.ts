import { complete } from '../complete';
import { DiagnosticError } from '../diagnostics';
import { fromJson, parseExactJson } from '../json';
import type { ValueObject } from '../values';
import type { ServedResource } from './catalog';
import type { Instance } from './instance';

export interface UpgradeRequest {
  readonly typeName: string;
  /** Schema version under which the state was written. */
  readonly version: number;
  /** JSON text; undefined for states of Terraform 0.11 and earlier. */
  readonly json: string | undefined;
}

/** Drops attributes that the schema no longer has, as the vendor's SDK does. Throws {@link DiagnosticError}. */
export function upgradeResourceState(instance: Instance, request: UpgradeRequest): ValueObject {
  const served = instance.catalog.resources.get(request.typeName);
  if (request.json === undefined) {
    throw new DiagnosticError({
      summary: 'State is too old',
      detail: `The state of this ${request.typeName} was written by Terraform 0.11 or earlier; apply it once with Terraform 0.12 first.`,
    });
  }
  const state = upgraded(served, request.version, parseExactJson(request.json));
  const { schema } = served;
  return complete(schema.block, (fromJson(schema.type, state) ?? {}) as ValueObject);
}

function upgraded({ definition, schema }: ServedResource, version: number, json: unknown): unknown {
  if (version === schema.version) return json;
  const upgrade = definition.upgradeState?.[version];
  if (!upgrade) {
    throw new DiagnosticError({
      summary: 'Unknown version of a state',
      detail:
        `The state of this ${schema.typeName} has schema version ${version}; this provider has version ` +
        `${schema.version} and no way from the one to the other. Use the provider that wrote it, or import the object anew.`,
    });
  }
  return upgrade(json as { readonly [name: string]: unknown });
}
