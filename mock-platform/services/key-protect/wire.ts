/** Names on the wire that several files share. Source: ibm-control-plane.md 6.1.1. */
const vendorType = (name: string): string => `application/vnd.ibm.kms.${name}+json`;

export const keyType = vendorType('key');
export const keyVersionType = vendorType('key.version');
export const aliasType = vendorType('alias');
export const ringType = vendorType('key_ring');
export const policyType = vendorType('policy');
export const registrationType = vendorType('registration');
export const errorType = vendorType('error');
export const allowedIpType = vendorType('allowed_ip_metadata');

export interface Collection {
  readonly metadata: { readonly collectionType: string; readonly collectionTotal: number };
  readonly resources: readonly unknown[];
}

/** The envelope of every collection; `extra` adds members to its metadata. */
export function collectionOf(
  type: string,
  resources: readonly unknown[],
  extra: Readonly<Record<string, unknown>> = {},
): Collection {
  return {
    metadata: { collectionType: type, collectionTotal: resources.length, ...extra },
    resources,
  };
}
