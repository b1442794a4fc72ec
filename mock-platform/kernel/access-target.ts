/** What a request wants to act on, in the terms of access policies. */
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
}

/** The JSON body of a request that has not been checked yet; `undefined` when it is none. */
export function unverifiedBody({ body }: Input<unknown>): unknown {
  try {
    return JSON.parse(String(body)) as unknown;
  } catch {
    return undefined;
  }
}
