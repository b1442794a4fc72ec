/** What a request wants to act on, in the terms of access policies. */
import { formatCrn } from '../../domain/crn';
import type { Input } from './operation';

export interface AccessTarget {
  /** Catalog name; absent for the account as a whole. */
  readonly serviceName?: string;
  /** GUID. */
  readonly serviceInstance?: string;
  readonly region?: string;
  readonly resourceGroupId?: string;
  readonly resourceType?: string;
  readonly resource?: string;
  /** Of keys: the ring that they are in. */
  readonly keyRing?: string;
}

/** CRN of the instance that is acted on, or of the resource in it; `undefined` for anything wider. */
export function crnOfTarget(target: AccessTarget, account: string): string | undefined {
  const { serviceName, serviceInstance, region, resourceType, resource } = target;
  if (serviceName === undefined || serviceInstance === undefined || region === undefined) return undefined;
  const parts = { serviceName, location: region, scope: `a/${account}`, serviceInstance };
  // What the caller wrote into the path need not be a name that a CRN can hold.
  if (resource === undefined || resource.includes(':')) return formatCrn(parts);
  return formatCrn({ ...parts, resourceType: resourceType ?? '', resource });
}

/** The JSON body of a request that has not been checked yet; `undefined` when it is none. */
export function unverifiedBody({ body }: Input<unknown>): unknown {
  try {
    return JSON.parse(String(body)) as unknown;
  } catch {
    return undefined;
  }
}
