/** Which platform a command talks to: `--url`, else `KEYQUAKE_URL`, else where `keyquake up` listens by default. */
import { Option } from 'commander';
import { CliError } from './errors';

export const defaultPort = 4510;
export const defaultHost = '127.0.0.1';

/** Where a platform is when nobody says otherwise. */
export const defaultUrl = `http://${defaultHost}:${defaultPort}`;

/** `otherwise` says in words what happens without the option. */
export function urlOption(otherwise = `KEYQUAKE_URL, else ${defaultUrl}`): Option {
  return new Option('--url <url>', `base URL of a running platform (default: ${otherwise})`).argParser(
    parsePlatformUrl,
  );
}

/** A base URL without a trailing slash; throws when it is no http(s) URL or carries more than a base. */
export function parsePlatformUrl(text: string): string {
  const remedy = `write it like ${defaultUrl}`;
  if (!URL.canParse(text)) throw new CliError({ what: `'${text}' is not a URL`, remedy });
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new CliError({
      what: `'${text}' is not the URL of a platform`,
      rule: 'it is http or https',
      remedy,
    });
  }
  if (url.username !== '' || url.password !== '') {
    throw new CliError({ what: 'the URL of the platform holds credentials', rule: 'it takes none', remedy });
  }
  if (url.search !== '' || url.hash !== '') {
    throw new CliError({
      what: `'${text}' is not the URL of a platform`,
      rule: 'it has no query and no fragment',
      remedy,
    });
  }
  return url.href.replace(/\/+$/, '');
}

/** The platform that the user named, if any. */
export function namedPlatform(option: string | undefined, env: NodeJS.ProcessEnv): string | undefined {
  if (option !== undefined) return option;
  const fromEnvironment = env['KEYQUAKE_URL'] ?? '';
  return fromEnvironment === '' ? undefined : parsePlatformUrl(fromEnvironment);
}

export function platformUrl(option: string | undefined, env: NodeJS.ProcessEnv): string {
  return namedPlatform(option, env) ?? defaultUrl;
}
