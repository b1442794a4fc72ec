/**
 * Where an instance is reached, as its `extensions` tell clients (ibm-control-plane.md 2.3, 2.4, 6.4.2). A client that
 * came by the platform's own address is led back to it; one that came through the proxy, by a vendor host name, is
 * told the vendor's names.
 */
import type { Session } from '../../kernel/operation';
import type { InstanceDocument } from './instances';

export interface Endpoints {
  readonly public: string;
  readonly private: string;
}

type Place = Pick<InstanceDocument, 'guid' | 'location'>;

interface EndpointRule {
  readonly vendor: (place: Place) => Endpoints;
  /** Path of the service below the platform's base URL. */
  readonly path: (place: Place) => string;
}

const rules: Readonly<Record<string, EndpointRule>> = {
  kms: {
    vendor: ({ location }) => ({
      public: `https://${location}.kms.cloud.ibm.com`,
      private: `https://private.${location}.kms.cloud.ibm.com`,
    }),
    path: () => '',
  },
  'hs-crypto': {
    vendor: ({ guid, location }) => ({
      public: `https://${guid}.api.${location}.hs-crypto.appdomain.cloud`,
      private: `https://${guid}.api.private.${location}.hs-crypto.appdomain.cloud`,
    }),
    path: () => '',
  },
  'secrets-manager': {
    vendor: ({ guid, location }) => ({
      public: `https://${guid}.${location}.secrets-manager.appdomain.cloud`,
      private: `https://${guid}.private.${location}.secrets-manager.appdomain.cloud`,
    }),
    path: ({ guid }) => `/secrets-manager/${guid}`,
  },
};

const vendorHosts = /\.(cloud\.ibm\.com|appdomain\.cloud)$/;

/** None for services without an API of their own here. The private endpoint is always the vendor's name. */
export function endpointsOf(
  { baseUrl }: Pick<Session, 'baseUrl'>,
  instance: Pick<InstanceDocument, 'guid' | 'location' | 'service'>,
): Endpoints | undefined {
  const rule = rules[instance.service];
  if (rule === undefined) return undefined;
  const vendor = rule.vendor(instance);
  if (vendorHosts.test(new URL(baseUrl).hostname)) return vendor;
  return { public: `${baseUrl}${rule.path(instance)}`, private: vendor.private };
}
