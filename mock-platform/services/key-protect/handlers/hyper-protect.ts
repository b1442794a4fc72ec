/** Where the endpoints of a Hyper Protect Crypto Services instance are (ibm-control-plane.md 2.5). */
import { ok } from '../../../kernel/operation';
import { endpointsOf } from '../../resource-controller/endpoints';
import type { Hosts, HyperProtectEndpoints } from '../gen/hyper-protect-endpoints';
import { instanceNamed } from '../instance';
import type { Handler } from './request';

/** Clients put `https://` before what they are told (inferred). */
function hostOf(url: string): string {
  return new URL(url).host;
}

export const getEndpoints: Handler = async (session, input) => {
  const { guid, region, service } = await instanceNamed(session, input.params['instance'] ?? '', [
    'hs-crypto',
  ]);
  const kms = endpointsOf(session, { guid, location: region, service }) ?? {
    public: session.baseUrl,
    private: session.baseUrl,
  };
  const hosts: Hosts = { public: hostOf(kms.public), private: hostOf(kms.private) };
  const ep11: Hosts = {
    public: hosts.public.replace('.api.', '.ep11.'),
    private: hosts.private.replace('.api.', '.ep11.'),
  };
  return ok<HyperProtectEndpoints>({ instance_id: guid, kms: hosts, ep11 });
};
