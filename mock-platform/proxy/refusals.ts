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
   * Takes the place of the status's usual phrase. Clients show it when a tunnel is refused: Go's say nothing else.
   * @default - the usual phrase
   */
  readonly phrase?: string;
  readonly body: { readonly error: string; readonly message: string; readonly remedy: string };
}

export function notEmulated(host: string): Refusal {
  return {
    status: 403,
    phrase: `Not emulated by Keyquake: ${host}`,
    body: {
      error: 'host_not_emulated',
      message: `no service of the platform answers for ${host}; nothing was sent there`,
      remedy: 'GET /_keyquake/health lists the services of the platform',
    },
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
