/** What a request wants to act on, in the terms of access policies. */
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
