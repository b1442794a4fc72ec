/**
 * Where each API is reached: the vendor's endpoint variables first, then the endpoints file, then the public cloud.
 * Source: ibm-control-plane.md 2.1, 2.2, 2.4; ibm-vpc.md 1.1. Secrets Manager has one host per instance; the vendor
 * documents a variable for it that its provider ignores (2.3), the stand-in honours it.
 */
import { readFileSync } from 'node:fs';
import type { EndpointVariable } from '../../../domain/endpoints';
import type { Environment } from '../../core/context';

export interface EndpointSettings {
  readonly environment: Environment;
  readonly region: string;
  readonly visibility: string;
  /** Path of the JSON file `{variable: {visibility: {region: url}}}`. */
  readonly endpointsFile?: string;
}

type EndpointsFile = Readonly<
  Record<string, Readonly<Record<string, Readonly<Record<string, string>>>> | undefined>
>;

export interface Endpoints {
  readonly iam: string;
  readonly resourceController: string;
  readonly resourceManager: string;
  readonly catalog: string;
  readonly search: string;
  readonly tagging: string;
  /** Ends in `/v1`. */
  readonly vpc: string;
  /** Undefined: the instance itself says where. */
  readonly keyProtect: string | undefined;
  secretsManager(instance: {
    readonly guid: string;
    readonly region: string;
    readonly isPrivate: boolean;
  }): string;
}

export class EndpointError extends Error {
  override readonly name = 'EndpointError';
}

function readEndpointsFile(path: string): EndpointsFile {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as EndpointsFile;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new EndpointError(`the endpoints file ${path} cannot be read as JSON: ${reason}`);
  }
}

function withoutTrailingSlash(url: string): string {
  return url.replace(/\/+$/, '');
}

function overrides(settings: EndpointSettings): (variable: EndpointVariable) => string | undefined {
  const { environment, region, visibility, endpointsFile } = settings;
  // The vendor ignores the file when both kinds of endpoints are allowed (2.2).
  const file =
    endpointsFile === undefined || visibility === 'public-and-private'
      ? {}
      : readEndpointsFile(endpointsFile);
  return (variable) => {
    const url = environment[variable] || file[variable]?.[visibility]?.[region];
    return url ? withoutTrailingSlash(url) : undefined;
  };
}

export function resolveEndpoints(settings: EndpointSettings): Endpoints {
  const override = overrides(settings);
  const { region } = settings;
  const iam = override('IBMCLOUD_IAM_API_ENDPOINT') ?? 'https://iam.cloud.ibm.com';
  const controller = 'https://resource-controller.cloud.ibm.com';
  const perInstance = override('IBMCLOUD_SECRETS_MANAGER_API_ENDPOINT');
  return {
    iam,
    resourceController: override('IBMCLOUD_RESOURCE_CONTROLLER_API_ENDPOINT') ?? controller,
    resourceManager: override('IBMCLOUD_RESOURCE_MANAGEMENT_API_ENDPOINT') ?? controller,
    catalog: override('IBMCLOUD_RESOURCE_CATALOG_API_ENDPOINT') ?? 'https://globalcatalog.cloud.ibm.com',
    search: override('IBMCLOUD_GS_API_ENDPOINT') ?? 'https://api.global-search-tagging.cloud.ibm.com',
    tagging: override('IBMCLOUD_GT_API_ENDPOINT') ?? 'https://tags.global-search-tagging.cloud.ibm.com',
    vpc: override('IBMCLOUD_IS_NG_API_ENDPOINT') ?? `https://${region}.iaas.cloud.ibm.com/v1`,
    keyProtect: override('IBMCLOUD_KP_API_ENDPOINT'),
    secretsManager({ guid, region: instanceRegion, isPrivate }) {
      if (perInstance !== undefined) return `${perInstance}/${guid}`;
      const domain = iam.includes('test') ? 'test.appdomain.cloud' : 'appdomain.cloud';
      return `https://${guid}.${isPrivate ? 'private.' : ''}${instanceRegion}.secrets-manager.${domain}`;
    },
  };
}
