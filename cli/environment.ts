/**
 * The variables that lead vendor tools and our providers to a platform.
 * Names and shapes: ibm-control-plane.md 1.4 and 2.1, ibm-vpc.md 1.1.
 */
import { endpointsOf } from '../domain/endpoints';

/** Whom `keyquake key` acts as. A name of its own: a key of the real cloud in `IC_API_KEY` is sent nowhere. */
export const apiKeyVariable = 'KEYQUAKE_API_KEY';

const defaultRegion = 'us-south';

/** Credentials and detours of the real cloud that would win over, or mix with, the variables above. */
const cleared = [
  'BLUEMIX_API_KEY',
  'BM_API_KEY',
  'IBMCLOUD_ENDPOINTS_FILE_PATH',
  'IBMCLOUD_IAM_PROFILE_ID',
  'IBMCLOUD_IAM_PROFILE_NAME',
  'IBMCLOUD_IAM_REFRESH_TOKEN',
  'IBMCLOUD_IAM_TOKEN',
  'IBMCLOUD_PRIVATE_ENDPOINT_TYPE',
  'IBMCLOUD_VISIBILITY',
  'IC_ENDPOINTS_FILE_PATH',
  'IC_IAM_PROFILE_ID',
  'IC_IAM_PROFILE_NAME',
  'IC_IAM_REFRESH_TOKEN',
  'IC_IAM_TOKEN',
  'IC_PRIVATE_ENDPOINT_TYPE',
  'IC_VISIBILITY',
] as const;

export interface PlatformEnvironment {
  readonly set: Readonly<Record<string, string>>;
  /** Variables that must not be there. */
  readonly unset: readonly string[];
}

function regionOf(env: NodeJS.ProcessEnv): string {
  return env['IC_REGION'] || env['IBMCLOUD_REGION'] || defaultRegion;
}

export interface PlatformAccess {
  /** Base URL of the platform, without a trailing slash. */
  readonly url: string;
  /** Of the identity that everything acts as. */
  readonly apiKey: string;
  /** What leads through the platform's proxy; it has the last word. @default - no proxy */
  readonly proxied?: PlatformEnvironment;
}

/** The region stays the user's when one is set in `env`. */
export function platformEnvironment(
  { url, apiKey, proxied = { set: {}, unset: [] } }: PlatformAccess,
  env: NodeJS.ProcessEnv,
): PlatformEnvironment {
  const direct = {
    CHECKPOINT_DISABLE: '1',
    IBMCLOUD_API_KEY: apiKey,
    ...endpointsOf(url),
    IC_API_KEY: apiKey,
    IC_REGION: regionOf(env),
    [apiKeyVariable]: apiKey,
    KEYQUAKE_URL: url,
  };
  const kept = Object.entries(direct).filter(([name]) => !proxied.unset.includes(name));
  const set = { ...Object.fromEntries(kept), ...proxied.set };
  const unset = [...cleared, ...proxied.unset].filter((name) => !Object.hasOwn(set, name));
  return { set, unset };
}

/** The user's environment with the platform's variables in it. */
export function mergedEnvironment(env: NodeJS.ProcessEnv, { set, unset }: PlatformEnvironment) {
  const kept = Object.fromEntries(Object.entries(env).filter(([name]) => !unset.includes(name)));
  return { ...kept, ...set };
}

export const environmentFormats = ['shell', 'json', 'github'] as const;

export type EnvironmentFormat = (typeof environmentFormats)[number];

function shellQuoted(value: string): string {
  return `'${value.replace(/'/g, `'\\''`)}'`;
}

const writers: Record<EnvironmentFormat, (environment: PlatformEnvironment) => string[]> = {
  shell: ({ set, unset }) => [
    ...Object.entries(set).map(([name, value]) => `export ${name}=${shellQuoted(value)}`),
    `unset ${unset.join(' ')}`,
  ],
  json: ({ set, unset }) => {
    const absent = Object.fromEntries(unset.map((name) => [name, null]));
    return JSON.stringify({ ...set, ...absent }, null, 2).split('\n');
  },
  // A job's environment file cannot unset; an empty value counts as unset (ibm-control-plane.md 2.1).
  github: ({ set, unset }) => [
    ...Object.entries(set).map(([name, value]) => `${name}=${value}`),
    ...unset.map((name) => `${name}=`),
  ],
};

/** Text that ends with a line feed: for `eval`, for a program, or to append to `$GITHUB_ENV`. */
export function formatEnvironment(environment: PlatformEnvironment, format: EnvironmentFormat): string {
  return `${writers[format](environment).join('\n')}\n`;
}
