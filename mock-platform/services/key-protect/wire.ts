/** Names on the wire that several files share. Source: ibm-control-plane.md 6.1.1. */
const vendorType = <Name extends string>(name: Name) => `application/vnd.ibm.kms.${name}+json` as const;

export const keyType = vendorType('key');
export const keyVersionType = vendorType('key.version');
export const aliasType = vendorType('alias');
export const ringType = vendorType('key_ring');
export const policyType = vendorType('policy');
export const registrationType = vendorType('registration');
export const errorType = vendorType('error');
export const allowedIpType = vendorType('allowed_ip_metadata');

export interface Collection<Type extends string, Resource, Extra> {
  readonly metadata: { readonly collectionType: Type; readonly collectionTotal: number } & Extra;
  readonly resources: readonly Resource[];
}

/** The envelope of every collection; `extra` adds members to its metadata. */
export function collectionOf<Type extends string, Resource, Extra extends object = object>(
  type: Type,
  resources: readonly Resource[],
  extra: Extra = {} as Extra,
): Collection<Type, Resource, Extra> {
  return {
    metadata: { collectionType: type, collectionTotal: resources.length, ...extra },
    resources,
  };
}
