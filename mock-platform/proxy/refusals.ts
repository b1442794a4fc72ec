/** How the proxy refuses: always with what, why and what to do instead. */
import { STATUS_CODES } from 'node:http';

export interface RefusedHost {
  /** `user-management.cloud.ibm.com`, with the port where that is not the usual one. */
  readonly host: string;
  /** How often it was asked for. */
  readonly requests: number;
}

export interface Refusal {
  readonly status: number;
  /**
   * Takes the place of the status's usual phrase. Go's clients show it, some of them nothing else.
   * @default - the usual phrase
   */
  readonly phrase?: string;
  readonly body: RefusalBody;
}

interface RefusalBody {
  readonly error: string;
  readonly message: string;
  readonly remedy: string;
  /** Where the vendor's SDKs look for what to show, before they look at `error` and `message`. */
  readonly errors?: readonly { readonly code: string; readonly message: string }[];
}

/**
 * The one status of a server's failures that the vendor's clients do not try again: go-sdk-core
 * (`IBMCloudSDKRetryPolicy`) and keyprotect-go-client (`kpCheckRetry`) repeat every other 5xx, bluemix-go
 * (`isTimeout`) many of them and 403 too. A refused tunnel is a connection error to all, and is tried again as well.
 */
const notImplemented = 501;

export function notEmulated(host: string): Refusal {
  const error = 'host_not_emulated';
  const remedy = 'leave out what calls it; GET /_keyquake/health lists the services that Keyquake emulates';
  // SDKs show the message and nothing beside it, so that it has to say what to do.
  const message = `Keyquake does not emulate ${host}, and nothing was sent there; ${remedy}`;
  return {
    status: notImplemented,
    phrase: `Not emulated by Keyquake: ${host}`,
    body: { errors: [{ code: error, message }], error, message, remedy },
  };
}

export const malformedTarget: Refusal = {
  status: 400,
  body: {
    error: 'malformed_target',
    message: 'the target of the request is no host with a port',
    remedy: 'ask for CONNECT host:443, or for http://host/path',
  },
};

/** Someone takes the proxy for a server. */
export const notAServer: Refusal = {
  status: 400,
  body: {
    error: 'not_a_server',
    message: 'this is the proxy that leads to the platform, not the platform itself',
    remedy: 'name it in HTTPS_PROXY, and call the platform at its own URL',
  },
};

export function misdirected(host: string, given: string | undefined): Refusal {
  return {
    status: 421,
    body: {
      error: 'misdirected_request',
      message: `this tunnel leads to ${host}, the request names ${given ?? 'no host'}`,
      remedy: 'open a tunnel of its own for every host',
    },
  };
}

export function phraseOf({ status, phrase }: Refusal): string {
  return phrase ?? STATUS_CODES[status] ?? '';
}
