/** The stand-in for IBM's provider: its resource types, schemas, ids and state, over the vendor's own APIs. */
import { DiagnosticError } from '../core/diagnostics';
import { attributePath } from '../core/path';
import { type AnyProvider, type ConfigureRequest, defineProvider } from '../core/provider';
import { EndpointError, resolveEndpoints } from './client/endpoints';
import { IbmSession } from './client/session';
import { kmsKeyData } from './data-sources/kms-key';
import { resourceGroupData } from './data-sources/resource-group';
import { iamAuthorizationPolicy } from './resources/iam-authorization-policy';
import { isVolume } from './resources/is-volume';
import { kmsKey } from './resources/kms-key';
import { resourceInstance } from './resources/resource-instance';
import { smArbitrarySecret } from './resources/sm-arbitrary-secret';
import { smSecretGroup } from './resources/sm-secret-group';
import facts from './schema/provider.json';

/** Variables that stand for an argument, the first that is set wins (ibm-control-plane.md 1.4). */
const variables = {
  ibmcloud_api_key: ['IC_API_KEY', 'IBMCLOUD_API_KEY', 'BM_API_KEY', 'BLUEMIX_API_KEY'],
  region: ['IC_REGION', 'IBMCLOUD_REGION', 'BM_REGION', 'BLUEMIX_REGION'],
  visibility: ['IC_VISIBILITY', 'IBMCLOUD_VISIBILITY'],
  endpoints_file_path: ['IC_ENDPOINTS_FILE_PATH', 'IBMCLOUD_ENDPOINTS_FILE_PATH'],
  iam_token: ['IC_IAM_TOKEN', 'IBMCLOUD_IAM_TOKEN'],
} as const satisfies Record<string, readonly string[]>;

type Argument = keyof typeof variables;

/** Arguments of services and sign-in forms that the stand-in does not speak. */
const notEmulated = [
  'iaas_classic_username',
  'iaas_classic_api_key',
  'iaas_classic_endpoint_url',
  'softlayer_username',
  'softlayer_api_key',
  'softlayer_endpoint_url',
  'iam_profile_id',
  'iam_profile_name',
  'function_namespace',
  'riaas_endpoint',
];

function argumentsOf({ config, context }: ConfigureRequest): (name: Argument) => string | undefined {
  return (name) => {
    const given = config[name];
    if (typeof given === 'string' && given !== '') return given;
    return variables[name].map((variable) => context.environment[variable]).find((value) => value);
  };
}

export function configureIbm(request: ConfigureRequest): IbmSession {
  const { environment } = request.context;
  const argument = argumentsOf(request);
  const region = argument('region') ?? 'us-south';
  const visibility = argument('visibility') ?? 'public';
  const endpointsFile = argument('endpoints_file_path');
  const apiKey = argument('ibmcloud_api_key');
  const token = argument('iam_token');
  try {
    const endpoints = resolveEndpoints({
      environment,
      region,
      visibility,
      ...(endpointsFile === undefined ? {} : { endpointsFile }),
    });
    const credentials = {
      ...(apiKey === undefined ? {} : { apiKey }),
      ...(token === undefined ? {} : { token }),
    };
    const tags = (environment['IC_ENV_TAGS'] ?? '').split(',').filter((tag) => tag !== '');
    return new IbmSession(endpoints, region, credentials, () => request.context.now(), tags);
  } catch (error) {
    if (!(error instanceof EndpointError)) throw error;
    throw new DiagnosticError({
      summary: 'Endpoints file cannot be used',
      detail: error.message,
      attribute: attributePath('endpoints_file_path'),
    });
  }
}

export const ibmProvider: AnyProvider = defineProvider<IbmSession>({
  name: 'ibm',
  facts,
  legacyTypeSystem: true,
  notEmulated,
  configure: async (request) => configureIbm(request),
  resources: [iamAuthorizationPolicy, isVolume, kmsKey, resourceInstance, smArbitrarySecret, smSecretGroup],
  dataSources: [kmsKeyData, resourceGroupData],
});
