/** Decides about every request that reaches the proxy, and remembers what it refused. */
import { isIP } from 'node:net';
import { malformedTarget, notEmulated, type Refusal, type RefusedHost } from './refusals';
import { type Approach, destinationOf, nameOf, parseTarget, type Reachable } from './target';

export type Admission =
  | { readonly to: 'service' | 'platform'; readonly host: string }
  | { readonly to: 'unknown'; readonly unknown: UnknownHost }
  /** Nobody in whose place an answer could be given: no target at all, or an address, which no certificate proves. */
  | { readonly to: 'nowhere'; readonly refusal: Refusal };

/** A host that no service answers for. */
export interface UnknownHost {
  readonly host: string;
  /** The host, with its port where that is not the usual one. */
  readonly name: string;
  readonly refusal: Refusal;
}

export interface Gate {
  /**
   * `authority` is the target as the client wrote it, `iam.cloud.ibm.com:443`. A host that is refused is counted here:
   * who never gets as far as a request in the tunnel, for distrust of the certificate, has asked for it too.
   */
  admit(authority: string, approach: Approach): Admission;
  /** In the order in which they were first asked for. */
  refused(): readonly RefusedHost[];
}

/** `onRefused` is told of the first request for a host that is refused. */
export function createGate(reachable: Reachable, onRefused: (host: string) => void): Gate {
  const requests = new Map<string, number>();
  const remember = (host: string): void => {
    const before = requests.get(host) ?? 0;
    requests.set(host, before + 1);
    if (before === 0) onRefused(host);
  };
  return {
    admit(authority, approach) {
      const target = parseTarget(authority, approach);
      if (!target) return { to: 'nowhere', refusal: malformedTarget };
      const to = destinationOf(target, approach, reachable);
      if (to !== 'nowhere') return { to, host: target.host };
      const name = nameOf(target, approach);
      remember(name);
      const refusal = notEmulated(name);
      if (isIP(target.host) !== 0) return { to, refusal };
      return { to: 'unknown', unknown: { host: target.host, name, refusal } };
    },
    refused: () => [...requests].map(([host, count]) => ({ host, requests: count })),
  };
}
