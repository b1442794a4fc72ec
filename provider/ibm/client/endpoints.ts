/**
 * Where each API is reached: the vendor's endpoint variables first, then the endpoints file, then the public cloud.
 * Sources: ibm-control-plane.md 2.1, 2.2, 2.4; ibm-vpc.md 1.1; private hosts: IBM-Cloud/terraform-provider-ibm 2.5.0
 * `ibm/conns/config.go`. Secrets Manager has one host per instance; the vendor documents a variable for it that its
 * provider ignores (2.3), the stand-in honours it.
 */
import { readFileSync } from 'node:fs';
import type { EndpointVariable } from '../../../domain/endpoints';
import type { Environment } from '../../core/context';
import { messageOf } from '../../core/diagnostics';

export type Visibility = 'public' | 'private' | 'public-and-private';

export interface EndpointSettings {
  readonly environment: Environment;
  readonly region: string;
  readonly visibility: Visibility;
  /** Path of the JSON file `{variable: {visibility: {region: url}}}`. */
  readonly endpointsFile?: string;
}

export interface InstanceHost {
  readonly guid: string;
  readonly region: string;
  /** `private` or `public`; that of the provider when it is neither. */
  readonly endpointType?: string | null | undefined;
}

/** Base URLs without a trailing slash. */
export interface Endpoints {
  readonly iam: string;
  readonly resourceController: string;
  readonly resourceManager: string;
  readonly catalog: string;
  readonly search: string;
  readonly tagging: string;
  /** Ends in `/v1`. */
  readonly vpc: string;
  readonly keyProtect: {
    /** Named by a variable or the file; undefined: the instance itself says where it is. */
    readonly override: string | undefined;
    /** The host of the region, for what does not ask the instance. */
    readonly regional: string;
    /** Whether instances are reached on their private endpoint unless they say otherwise (2.4, step 2). */
    readonly isPrivate: boolean;
  };
  secretsManager(instance: InstanceHost): string;
}

export class EndpointError extends Error {
  override readonly name = 'EndpointError';
}

type EndpointsFile = Readonly<
  Record<string, Readonly<Record<string, Readonly<Record<string, string>>>> | undefined>
>;

function readEndpointsFile(path: string): EndpointsFile {
  const parsed = parseFile(path);
  if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return parsed as EndpointsFile;
  throw new EndpointError(
    `the endpoints file ${path} holds no object; write {"<variable>": {"public": {"<region>": "<url>"}}}`,
  );
}

function parseFile(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new EndpointError(`the endpoints file ${path} cannot be read as JSON: ${messageOf(error)}`);
  }
}

function overrides(settings: EndpointSettings): (variable: EndpointVariable) => string | undefined {
  const { environment, region, visibility, endpointsFile } = settings;
  // The vendor ignores the file when both kinds of endpoints are allowed (2.2).
  const ignored = endpointsFile === undefined || visibility === 'public-and-private';
  const file = ignored ? {} : readEndpointsFile(endpointsFile);
  return (variable) => {
    const url = environment[variable] || file[variable]?.[visibility]?.[region];
    return url ? url.replace(/\/+$/, '') : undefined;
  };
}

const cloud = 'cloud.ibm.com';

/** Regions in which a service has a private host of its own. */
const privateRegions: readonly string[] = ['us-south', 'us-east'];
const privateSearchRegions: readonly string[] = ['us-south', 'au-syd', 'eu-gb', 'eu-de'];

interface CloudHosts {
  readonly iam: string;
  readonly controller: string;
  readonly catalog: string;
  readonly searchPrefix: string;
  readonly vpc: string;
  readonly kms: string;
}

function publicHosts(region: string): CloudHosts {
  return {
    iam: `iam.${cloud}`,
    controller: `resource-controller.${cloud}`,
    catalog: `globalcatalog.${cloud}`,
    searchPrefix: '',
    vpc: `${region}.iaas.${cloud}`,
    kms: `${region}.kms.${cloud}`,
  };
}

function privateHosts(region: string): CloudHosts {
  const near = privateRegions.includes(region) ? region : 'us-south';
  const searched = privateSearchRegions.includes(region) ? region : 'us-south';
  return {
    iam: privateRegions.includes(region) ? `private.${region}.iam.${cloud}` : `private.iam.${cloud}`,
    controller: `private.${near}.resource-controller.${cloud}`,
    catalog: `private.${near}.globalcatalog.${cloud}`,
    searchPrefix: `private.${searched}.`,
    vpc: `${region}.private.iaas.${cloud}`,
    kms: `private.${region}.kms.${cloud}`,
  };
}

function hostsOf({ region, visibility }: EndpointSettings): CloudHosts {
  if (visibility === 'public') return publicHosts(region);
  const hosts = privateHosts(region);
  // Where both are allowed, the controller is private only in a region that has a private host of it.
  const isFar = visibility === 'public-and-private' && !privateRegions.includes(region);
  return isFar ? { ...hosts, controller: publicHosts(region).controller } : hosts;
}

export function resolveEndpoints(settings: EndpointSettings): Endpoints {
  const override = overrides(settings);
  const hosts = hostsOf(settings);
  const iam = override('IBMCLOUD_IAM_API_ENDPOINT') ?? `https://${hosts.iam}`;
  const search = `${hosts.searchPrefix}global-search-tagging.${cloud}`;
  const keyProtect = override('IBMCLOUD_KP_API_ENDPOINT');
  const regional = keyProtect ?? `https://${hosts.kms}`;
  return {
    iam,
    resourceController:
      override('IBMCLOUD_RESOURCE_CONTROLLER_API_ENDPOINT') ?? `https://${hosts.controller}`,
    resourceManager: override('IBMCLOUD_RESOURCE_MANAGEMENT_API_ENDPOINT') ?? `https://${hosts.controller}`,
    catalog: override('IBMCLOUD_RESOURCE_CATALOG_API_ENDPOINT') ?? `https://${hosts.catalog}`,
    search: override('IBMCLOUD_GS_API_ENDPOINT') ?? `https://api.${search}`,
    tagging: override('IBMCLOUD_GT_API_ENDPOINT') ?? `https://tags.${search}`,
    vpc: override('IBMCLOUD_IS_NG_API_ENDPOINT') ?? `https://${hosts.vpc}/v1`,
    keyProtect: { override: keyProtect, regional, isPrivate: regional.includes('private') },
    secretsManager: secretsManagerHosts({
      perInstance: override('IBMCLOUD_SECRETS_MANAGER_API_ENDPOINT'),
      domain: iam.includes('test') ? 'test.appdomain.cloud' : 'appdomain.cloud',
      isPrivate: settings.visibility !== 'public',
    }),
  };
}

function secretsManagerHosts(of: {
  readonly perInstance: string | undefined;
  readonly domain: string;
  readonly isPrivate: boolean;
}): Endpoints['secretsManager'] {
  return ({ guid, region, endpointType }) => {
    if (of.perInstance !== undefined) return `${of.perInstance}/${guid}`;
    const isPrivate = endpointType ? endpointType === 'private' : of.isPrivate;
    return `https://${guid}.${isPrivate ? 'private.' : ''}${region}.secrets-manager.${of.domain}`;
  };
}
