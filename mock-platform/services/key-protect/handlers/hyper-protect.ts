/** Where the endpoints of a Hyper Protect Crypto Services instance are (ibm-control-plane.md 2.5). */
import { type Input, ok, type Session } from '../../../kernel/operation';
import { instanceNamed } from '../instance';
import type { Handler } from './request';

/** Hosts without scheme: clients put `https://` before them (inferred). */
function endpointsOf(session: Session, { params }: Input<unknown>, region: string): (part: string) => object {
  const host = new URL(session.baseUrl).host;
  return (part) =>
    params['region'] === undefined
      ? { public: host, private: host }
      : {
          public: `${part}.${region}.hs-crypto.cloud.ibm.com`,
          private: `${part}.private.${region}.hs-crypto.cloud.ibm.com`,
        };
}

export const getEndpoints: Handler = async (session, input) => {
  const instance = await instanceNamed(session, input.params['instance'] ?? '', ['hs-crypto']);
  const endpoints = endpointsOf(session, input, instance.region);
  return ok({ instance_id: instance.guid, kms: endpoints('api'), ep11: endpoints('ep11') });
};
