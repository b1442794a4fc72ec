/** From the provider block and the vendor's variables to a session (ibm-control-plane.md 1.4, 2.2). */
import { second } from '../../domain/time';
import type { Environment } from '../core/context';
import { DiagnosticError } from '../core/diagnostics';
import { isNumber, numberText } from '../core/numbers';
import { attributePath } from '../core/path';
import type { ConfigureRequest } from '../core/provider';
import { EndpointError, resolveEndpoints, type Visibility } from './client/endpoints';
import { defaultPatience, type Patience } from './client/http';
import { type Credentials, IbmSession } from './client/session';

/** Where a setting may come from: arguments first, then variables; of each the first that is set. */
interface Setting {
  readonly arguments: readonly string[];
  readonly variables: readonly string[];
}

/** Arguments with deprecated twins, and the variables that stand for them. */
const settings = {
  apiKey: {
    arguments: ['ibmcloud_api_key', 'bluemix_api_key'],
    variables: ['IC_API_KEY', 'IBMCLOUD_API_KEY', 'BM_API_KEY', 'BLUEMIX_API_KEY'],
  },
  token: { arguments: ['iam_token'], variables: ['IC_IAM_TOKEN', 'IBMCLOUD_IAM_TOKEN'] },
  region: {
    arguments: ['region'],
    variables: ['IC_REGION', 'IBMCLOUD_REGION', 'BM_REGION', 'BLUEMIX_REGION'],
  },
  visibility: { arguments: ['visibility'], variables: ['IC_VISIBILITY', 'IBMCLOUD_VISIBILITY'] },
  endpointsFile: {
    arguments: ['endpoints_file_path'],
    variables: ['IC_ENDPOINTS_FILE_PATH', 'IBMCLOUD_ENDPOINTS_FILE_PATH'],
  },
  timeout: {
    arguments: ['ibmcloud_timeout', 'bluemix_timeout'],
    variables: ['IC_TIMEOUT', 'IBMCLOUD_TIMEOUT', 'BM_TIMEOUT', 'BLUEMIX_TIMEOUT'],
  },
  retries: { arguments: ['max_retries'], variables: ['MAX_RETRIES'] },
} as const satisfies Record<string, Setting>;

type SettingName = keyof typeof settings;

export const visibilities: readonly Visibility[] = ['public', 'private', 'public-and-private'];

class Given {
  constructor(
    private readonly config: ConfigureRequest['config'],
    private readonly environment: Environment,
  ) {}

  text(name: SettingName): string | undefined {
    const { arguments: names, variables }: Setting = settings[name];
    const given = [
      ...names.map((argument) => this.argument(argument)),
      ...variables.map((variable) => this.environment[variable]),
    ];
    return given.find((value) => value !== undefined && value !== '');
  }

  /** Zero counts as not set, as in the vendor's provider. */
  count(name: 'timeout' | 'retries'): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const value = Number(text);
    if (Number.isInteger(value) && value >= 0) return value === 0 ? undefined : value;
    throw refusal(name, `'${text}' is not a whole number from 0 on.`);
  }

  visibility(): Visibility {
    const text = this.text('visibility') ?? 'public';
    const found = visibilities.find((visibility) => visibility === text);
    if (found) return found;
    throw refusal('visibility', `'${text}' is not one of ${visibilities.join(', ')}.`);
  }

  private argument(name: string): string | undefined {
    const value = this.config[name] ?? null;
    if (isNumber(value)) return numberText(value);
    return typeof value === 'string' ? value : undefined;
  }
}

function refusal(name: SettingName, what: string): DiagnosticError {
  const { arguments: names, variables }: Setting = settings[name];
  const [argument = name] = names;
  return new DiagnosticError({
    summary: `Invalid ${argument}`,
    detail: `${what} Set ${argument} in the provider block, or one of the variables ${variables.join(', ')}.`,
    attribute: attributePath(argument),
  });
}

function credentialsOf(given: Given): Credentials {
  const apiKey = given.text('apiKey');
  const token = given.text('token');
  return { ...(apiKey === undefined ? {} : { apiKey }), ...(token === undefined ? {} : { token }) };
}

function patienceOf(given: Given): Patience {
  const seconds = given.count('timeout');
  return {
    retries: given.count('retries') ?? defaultPatience.retries,
    timeout: seconds === undefined ? defaultPatience.timeout : seconds * second,
  };
}

/** Asks no API: credentials are first used, and missed, when there is something to do. */
export function configureIbm({ config, context }: ConfigureRequest): IbmSession {
  const { environment } = context;
  const given = new Given(config, environment);
  const region = given.text('region') ?? 'us-south';
  const visibility = given.visibility();
  const endpointsFile = given.text('endpointsFile');
  const session = { region, credentials: credentialsOf(given), patience: patienceOf(given) };
  const environmentTags = (environment['IC_ENV_TAGS'] ?? '').split(',').filter((tag) => tag !== '');
  try {
    const endpoints = resolveEndpoints({
      environment,
      region,
      visibility,
      ...(endpointsFile === undefined ? {} : { endpointsFile }),
    });
    return new IbmSession({ ...session, endpoints, environmentTags, now: () => context.now() });
  } catch (error) {
    if (!(error instanceof EndpointError)) throw error;
    throw new DiagnosticError({
      summary: 'Endpoints file cannot be used',
      detail: error.message,
      attribute: attributePath('endpoints_file_path'),
    });
  }
}
