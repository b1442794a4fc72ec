/** Where a client asks the proxy to lead it, and whether that is a place which the platform answers for. */
import { isIP } from 'node:net';

export interface Target {
  /** Lower case, IPv6 addresses without brackets. */
  readonly host: string;
  readonly port: number;
}

/** By how the client asked: a tunnel, or a request in the clear. */
export type Approach = 'tunnel' | 'plain';

const defaultPorts: Record<Approach, number> = { tunnel: 443, plain: 80 };

const authority = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9_](?:[a-z0-9_.-]{0,251}[a-z0-9_.])?))(?::(\d{1,5}))?$/;

/** `host:port`, `host`, `[address]:port`; undefined for anything else. */
export function parseTarget(text: string, approach: Approach): Target | undefined {
  const [matched, address, name, port] = authority.exec(text.toLowerCase()) ?? [];
  const host = address ?? name;
  if (matched === undefined || host === undefined || (address !== undefined && isIP(address) !== 6))
    return undefined;
  const number = port === undefined ? defaultPorts[approach] : Number(port);
  return number > 0 && number <= 65_535 ? { host, port: number } : undefined;
}

/** The host, with its port where that is not the usual one. */
export function nameOf({ host, port }: Target, approach: Approach): string {
  const shown = host.includes(':') ? `[${host}]` : host;
  return port === defaultPorts[approach] ? shown : `${shown}:${port}`;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

export interface Reachable {
  /** Host names that services of the platform answer for. */
  readonly hosts: readonly RegExp[];
  /** Where the platform listens; undefined while it does not. */
  readonly own: () => { readonly address: string; readonly port: number } | undefined;
}

export type Destination = 'service' | 'platform' | 'nowhere';

/** A vendor's host on its usual port, the platform itself, or nowhere: nothing is ever passed on to another machine. */
export function destinationOf(target: Target, approach: Approach, { hosts, own }: Reachable): Destination {
  const { host, port } = target;
  if (port === defaultPorts[approach] && hosts.some((pattern) => pattern.test(host))) return 'service';
  const platform = own();
  const isPlatform = platform?.port === port && (isLoopback(host) || host === platform.address);
  return isPlatform ? 'platform' : 'nowhere';
}
