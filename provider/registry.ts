/** The providers that Keyquake serves. Each is loaded when it is used: a plugin process serves one of them. */
import type { AnyProvider } from './core/provider';

export interface ServedProvider {
  /** Provider type: the last part of its address and what its executable is named after. */
  readonly name: string;
  /** Address without a host, `ibm-cloud/ibm`. */
  readonly source: string;
  /** The version that a mirror offers: for stand-ins that of the vendor's provider, so that constraints hold. */
  readonly version: string;
  load(): AnyProvider;
}

export const servedProviders: readonly ServedProvider[] = [
  {
    name: 'null',
    source: 'hashicorp/null',
    version: '3.2.4',
    load: () => (require('./null/provider') as typeof import('./null/provider')).nullProvider,
  },
];

export class UnknownProviderError extends Error {
  override readonly name = 'UnknownProviderError';
}

/** Throws {@link UnknownProviderError} listing the names there are. */
export function servedProvider(name: string): ServedProvider {
  const found = servedProviders.find((provider) => provider.name === name);
  if (!found) {
    const names = servedProviders.map((provider) => provider.name).join(', ');
    throw new UnknownProviderError(`there is no provider '${name}'; Keyquake serves ${names}`);
  }
  return found;
}
