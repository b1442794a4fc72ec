/** What our own resources are given: a session on the vendor's APIs, and the platform when there is one. */
import { endpointsOf } from '../../domain/endpoints';
import { DiagnosticError } from '../core/diagnostics';
import { attributePath } from '../core/path';
import type { ConfigureRequest } from '../core/provider';
import { resolveEndpoints } from '../ibm/client/endpoints';
import { IbmSession } from '../ibm/client/session';

export interface KeyquakeClient {
  readonly session: IbmSession;
  /** Base URL of the platform; undefined where the provider works on the real cloud. */
  readonly platformUrl: string | undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function checkUrl(url: string): void {
  if (/^https?:\/\/[^/]+/.test(url)) return;
  throw new DiagnosticError({
    summary: 'Not the address of a platform',
    detail: `'${url}' is no http or https address. Write it as 'keyquake up' prints it: http://127.0.0.1:4510.`,
    attribute: attributePath('url'),
  });
}

/** A platform's own address stands in for every endpoint; an endpoint variable that is set still wins. */
export function configureKeyquake({ config, context }: ConfigureRequest): KeyquakeClient {
  const { environment } = context;
  const platformUrl = text(config['url']) ?? environment['KEYQUAKE_URL'];
  if (platformUrl !== undefined) checkUrl(platformUrl);
  const region =
    text(config['region']) ?? environment['IC_REGION'] ?? environment['IBMCLOUD_REGION'] ?? 'us-south';
  const apiKey =
    text(config['ibmcloud_api_key']) ?? environment['IC_API_KEY'] ?? environment['IBMCLOUD_API_KEY'];
  const defaults = platformUrl === undefined ? {} : endpointsOf(platformUrl.replace(/\/+$/, ''));
  const endpoints = resolveEndpoints({
    environment: { ...defaults, ...environment },
    region,
    visibility: 'public',
  });
  // Without tokens being enforced, a platform takes any key.
  const known = apiKey ?? (platformUrl === undefined ? undefined : 'offline');
  const credentials = known === undefined ? {} : { apiKey: known };
  const session = new IbmSession({ endpoints, region, credentials, now: () => context.now() });
  return { session, platformUrl };
}
