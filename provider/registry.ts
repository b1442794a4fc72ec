/** The providers that Keyquake serves. Each is loaded when it is used: a plugin process serves one of them. */
import type { AnyProvider } from './core/provider';

export interface ServedProvider {
  /** Provider type: the last part of its address and what its executable is named after. */
  readonly name: string;
  /** Address without a host, in lower case: `ibm-cloud/ibm`. */
  readonly source: string;
  /** The version that a mirror offers: for stand-ins that of the vendor's provider, so that constraints hold. */
  readonly version: string;
  load(): AnyProvider;
}

export const servedProviders: readonly ServedProvider[] = [
  {
    name: 'ibm',
    source: 'ibm-cloud/ibm',
    version: '2.5.0',
    load: () => (require('./ibm/provider') as typeof import('./ibm/provider')).ibmProvider,
  },
  {
    name: 'keyquake',
    source: 'keyquake/keyquake',
    version: '0.1.0',
    load: () => (require('./keyquake/provider') as typeof import('./keyquake/provider')).keyquakeProvider,
  },
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
