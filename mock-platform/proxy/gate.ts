/** Decides about every request that reaches the proxy, and remembers what it refused. */
import { malformedTarget, notEmulated, type Refusal, type RefusedHost } from './refusals';
import { type Approach, destinationOf, nameOf, parseTarget, type Reachable } from './target';

export type Admission =
  | { readonly to: 'service' | 'platform'; readonly host: string }
  | { readonly to: 'nowhere'; readonly refusal: Refusal };

export interface Gate {
  /** `authority` is the target as the client wrote it, `iam.cloud.ibm.com:443`. */
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
      return { to, refusal: notEmulated(name) };
    },
    refused: () => [...requests].map(([host, count]) => ({ host, requests: count })),
  };
}
