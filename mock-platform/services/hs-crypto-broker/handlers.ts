import type { Answer, Input, Session } from '../../kernel/operation';
import { ok } from '../../kernel/operation';
import { endpointsOf } from '../resource-controller/endpoints';
import {
  type InstanceDocument,
  InstanceGone,
  type InstanceGoneReason,
  requireInstance,
} from '../resource-controller/instances';
import { cryptoInstanceNotFound } from './errors';

const causes: Readonly<Record<InstanceGoneReason, string>> = {
  unknown: 'there is no such instance',
  'other-service': 'the instance is not one of Hyper Protect Crypto Services',
  'pending-reclamation': 'the instance was deleted and awaits reclamation',
  removed: 'the instance was deleted for good',
};

async function cryptoInstance(session: Session, id: string): Promise<InstanceDocument> {
  try {
    return (await requireInstance(session, id, ['hs-crypto'])).doc;
  } catch (error) {
    if (error instanceof InstanceGone) throw cryptoInstanceNotFound(id, causes[error.reason]);
    throw error;
  }
}

/** EP11 hosts differ from those of key management by their first label. */
function ep11(url: string): string {
  return url.replace('.api.', '.ep11.');
}

/** Where the instance's APIs are. Only key management is emulated; the EP11 names lead nowhere here. */
export async function getEndpoints(session: Session, { params }: Input<undefined>): Promise<Answer> {
  const instance = await cryptoInstance(session, params['id'] ?? '');
  const kms = endpointsOf(session, instance);
  const vendor = endpointsOf({ baseUrl: 'https://resource-controller.cloud.ibm.com' }, instance);
  return ok({
    instance_id: instance.guid,
    kms,
    ep11: { public: ep11(vendor?.public ?? ''), private: ep11(vendor?.private ?? '') },
  });
}
