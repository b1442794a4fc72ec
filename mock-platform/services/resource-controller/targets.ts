/** What requests to the Resource Controller act on, in the terms of access decisions. */
import { tryParseCrn } from '../../../domain/crn';
import { type AccessTarget, unverifiedBody } from '../../kernel/access-target';
import type { Input, Session } from '../../kernel/operation';
import { planById } from '../catalog/model';
import { findInstance, type InstanceDocument } from './instances';
import { reclamations } from './model';

export function instanceTarget(instance: InstanceDocument): AccessTarget {
  const { service, guid, location, resourceGroupId } = instance;
  return { serviceName: service, serviceInstance: guid, region: location, resourceGroupId };
}

/** For services whose requests name an instance: that instance, or the account when there is none such. */
export async function targetOfInstance(session: Session, guid: string | undefined): Promise<AccessTarget> {
  const found = guid === undefined ? undefined : await findInstance(session, guid);
  return found === undefined ? {} : instanceTarget(found.doc);
}

/** The instance in which the CRN's resource lives, or the service that the CRN names. */
export async function targetOfCrn(session: Session, crn: string): Promise<AccessTarget> {
  const parsed = tryParseCrn(crn);
  if (parsed === undefined) return {};
  const instance = await findInstance(session, parsed.serviceInstance);
  if (instance !== undefined) return instanceTarget(instance.doc);
  return { serviceName: parsed.serviceName };
}

/** A creation acts on the service of its plan, in the resource group that it names. */
function targetOfCreation(body: unknown): AccessTarget {
  const { resource_plan_id: planId, resource_group: group } = (body ?? {}) as Record<string, unknown>;
  const entry = typeof planId === 'string' ? planById(planId) : undefined;
  return {
    ...(entry === undefined ? {} : { serviceName: entry.service.name }),
    ...(typeof group === 'string' ? { resourceGroupId: group } : {}),
  };
}

export async function instanceTargets(
  session: Session,
  input: Input<unknown>,
): Promise<readonly AccessTarget[]> {
  const { id, reclamation_id: reclamationId } = input.params;
  if (reclamationId !== undefined) {
    const reclamation = await session.tx.get(reclamations, reclamationId);
    return [await targetOfInstance(session, reclamation?.doc.instanceGuid)];
  }
  return [id === undefined ? targetOfCreation(unverifiedBody(input)) : await targetOfInstance(session, id)];
}
