/**
 * Cloud resource names: `crn:v1:{cname}:{ctype}:{service}:{location}:{scope}:{service instance}:{type}:{resource}`.
 * Always ten colon-separated segments; the last one may itself hold slashes, never colons.
 *
 * Source: ibm-control-plane.md 4.0, 6.4.2; ibm-vpc.md 1.8.
 */
export interface Crn {
  /** Cloud name, `bluemix` in the public cloud. */
  readonly cname: string;
  /** `public`, `dedicated` or `local`. */
  readonly ctype: string;
  readonly serviceName: string;
  /** Region or zone; empty for global resources. */
  readonly location: string;
  /** `a/{account id}`; empty for resources that belong to no account. */
  readonly scope: string;
  /** GUID of the service instance; empty where the service has none. */
  readonly serviceInstance: string;
  readonly resourceType: string;
  readonly resource: string;
}

export class CrnError extends Error {
  override readonly name = 'CrnError';
}

/** What a CRN is made of when the cloud is the public one. */
export type CrnParts = Pick<Crn, 'serviceName'> & Partial<Omit<Crn, 'serviceName'>>;

/** Throws {@link CrnError} when a part holds a colon, which would move every part after it. */
export function formatCrn(parts: CrnParts): string {
  const { cname = 'bluemix', ctype = 'public', serviceName, location = '', scope = '' } = parts;
  const { serviceInstance = '', resourceType = '', resource = '' } = parts;
  const segments = [cname, ctype, serviceName, location, scope, serviceInstance, resourceType, resource];
  const broken = segments.find((segment) => segment.includes(':'));
  if (broken !== undefined) {
    throw new CrnError(`'${broken}' cannot be part of a CRN: colons separate its segments`);
  }
  return ['crn', 'v1', ...segments].join(':');
}

/** Throws {@link CrnError} naming the value and the rule that it breaks. */
export function parseCrn(text: string): Crn {
  const segments = text.split(':');
  if (segments.length !== 10) {
    throw new CrnError(`'${text}' has ${segments.length} segments; a CRN has ten, separated by colons`);
  }
  const [
    scheme,
    version,
    cname,
    ctype,
    serviceName,
    location,
    scope,
    serviceInstance,
    resourceType,
    resource,
  ] = segments as [string, string, string, string, string, string, string, string, string, string];
  if (scheme !== 'crn' || version !== 'v1') {
    throw new CrnError(`'${text}' does not start with crn:v1:`);
  }
  if (cname === '' || ctype === '' || serviceName === '') {
    throw new CrnError(`'${text}' lacks a cloud, a type or a service name (segments three to five)`);
  }
  return { cname, ctype, serviceName, location, scope, serviceInstance, resourceType, resource };
}

export function tryParseCrn(text: string): Crn | undefined {
  try {
    return parseCrn(text);
  } catch {
    return undefined;
  }
}

/** The account of a CRN whose scope is `a/{account id}`. */
export function accountOf(crn: Crn): string | undefined {
  return crn.scope.startsWith('a/') ? crn.scope.slice(2) : undefined;
}

/** The region of a location: `us-south` of `us-south` and of the zone `us-south-1`. */
export function regionOf(location: string): string {
  return location.replace(/-\d+$/, '');
}

/** `crn:…:{service}:{region}:a/{account}:{instance}:key:{key id}`. */
export function formatKeyCrn(key: {
  readonly serviceName: string;
  readonly region: string;
  readonly account: string;
  readonly instance: string;
  readonly keyId: string;
}): string {
  return formatCrn({
    serviceName: key.serviceName,
    location: key.region,
    scope: `a/${key.account}`,
    serviceInstance: key.instance,
    resourceType: 'key',
    resource: key.keyId,
  });
}

/** CRN of a service instance, `crn:…:{service}:{location}:a/{account}:{guid}::`. */
export function formatInstanceCrn(instance: {
  readonly serviceName: string;
  readonly location: string;
  readonly account: string;
  readonly guid: string;
}): string {
  return formatCrn({
    serviceName: instance.serviceName,
    location: instance.location,
    scope: `a/${instance.account}`,
    serviceInstance: instance.guid,
  });
}

const keyServices: readonly string[] = ['kms', 'hs-crypto'];

/** Whether the CRN names a root key of Key Protect or Hyper Protect Crypto Services. */
export function isKeyCrn(crn: Crn): boolean {
  return keyServices.includes(crn.serviceName) && crn.resourceType === 'key' && crn.resource !== '';
}
