/** Making and changing instances: what the catalog, the resource group and the service itself allow. */
import { formatInstanceCrn } from '../../../domain/crn';
import { formatInstant } from '../../../domain/time';
import { ServiceError } from '../../kernel/errors';
import type { Session } from '../../kernel/operation';
import type { Stored } from '../../kernel/store/store';
import { type DeploymentEntry, deploymentCrn, deploymentForTarget, planById } from '../catalog/model';
import { findResourceGroup } from '../resource-manager/model';
import {
  brokerRefused,
  planOfOtherService,
  planUnknown,
  resourceGroupSuspended,
  resourceGroupUnknown,
  targetUnknown,
  tooManyInstances,
} from './errors';
import type { CreateInstance } from './gen/create-instance';
import type { UpdateInstance } from './gen/update-instance';
import { type InstanceDocument, type InstanceOperation, instances, type PlanPeriod } from './instances';

export type StoredInstance = Stored<InstanceDocument>;

/** Runs what a service has to say; its refusal is passed on as the Resource Controller does. */
export async function asBroker(answer: Promise<void> | undefined): Promise<void> {
  try {
    await answer;
  } catch (error) {
    if (error instanceof ServiceError) throw brokerRefused(error.problem);
    throw error;
  }
}

export function operationNow(session: Session, type: InstanceOperation['type']): InstanceOperation {
  return { type, description: `Completed ${type} instance operation`, at: formatInstant(session.now) };
}

function deploymentFor(planId: string, target: string): DeploymentEntry {
  const entry = planById(planId);
  if (entry === undefined) throw planUnknown(planId);
  const deployment = deploymentForTarget(entry, target);
  if (deployment === undefined) throw targetUnknown(target, entry.plan.locations);
  return deployment;
}

async function checkResourceGroup(session: Session, id: string): Promise<void> {
  const group = await findResourceGroup(session, id);
  if (group === undefined) throw resourceGroupUnknown(id);
  if (group.state !== 'ACTIVE') throw resourceGroupSuspended(id);
}

async function checkCount(session: Session, { service, plan }: DeploymentEntry): Promise<void> {
  const { perAccount } = plan;
  if (perAccount === undefined) return;
  const all = await session.tx.list(instances, { scope: session.options.account });
  const counted = all.filter(({ doc }) => doc.planId === plan.id && doc.state !== 'removed');
  if (counted.length >= perAccount) throw tooManyInstances(service.name, plan.name, perAccount);
}

function planPeriod(session: Session, planId: string): PlanPeriod {
  return { planId, startDate: formatInstant(session.now), requestedBy: session.identity.iamId };
}

/** The instance as it would be stored. Throws for an unknown plan, target or group, and for one too many. */
export async function draftInstance(
  session: Session,
  body: CreateInstance,
  settings: { readonly locked: boolean },
): Promise<InstanceDocument> {
  const deployment = deploymentFor(body.resource_plan_id, body.target);
  await checkResourceGroup(session, body.resource_group);
  await checkCount(session, deployment);
  const { service, plan, location } = deployment;
  const { account } = session.options;
  const guid = session.context.ids.uuid();
  const now = formatInstant(session.now);
  const { iamId } = session.identity;
  return {
    guid,
    crn: formatInstanceCrn({ serviceName: service.name, location, account, guid }),
    name: body.name,
    service: service.name,
    serviceId: service.id,
    planId: plan.id,
    targetCrn: deploymentCrn(deployment),
    location,
    resourceGroupId: body.resource_group,
    account,
    state: 'active',
    parameters: body.parameters ?? {},
    allowCleanup: body.allow_cleanup ?? false,
    locked: settings.locked,
    planHistory: [planPeriod(session, plan.id)],
    lastOperation: operationNow(session, 'create'),
    createdAt: now,
    createdBy: iamId,
    updatedAt: now,
    updatedBy: iamId,
  };
}

type PlanChange = Pick<InstanceDocument, 'planId' | 'targetCrn' | 'planHistory'>;

/** Another plan of the same service, in the same location. */
async function planChange(
  session: Session,
  instance: InstanceDocument,
  planId: string,
): Promise<PlanChange | undefined> {
  if (planId === instance.planId) return undefined;
  const deployment = deploymentFor(planId, instance.location);
  if (deployment.service.name !== instance.service) throw planOfOtherService(planId, instance.service);
  await checkCount(session, deployment);
  return {
    planId,
    targetCrn: deploymentCrn(deployment),
    planHistory: [...instance.planHistory, planPeriod(session, planId)],
  };
}

/** The instance as the change would leave it. Parameters that are not named stay (inferred). */
export async function draftUpdate(
  session: Session,
  instance: InstanceDocument,
  body: UpdateInstance,
): Promise<InstanceDocument> {
  const { resource_plan_id: planId, allow_cleanup: allowCleanup, name, parameters } = body;
  return {
    ...instance,
    ...(planId === undefined ? {} : await planChange(session, instance, planId)),
    ...(name === undefined ? {} : { name }),
    ...(allowCleanup === undefined ? {} : { allowCleanup }),
    parameters: { ...instance.parameters, ...parameters },
    lastOperation: operationNow(session, 'update'),
    updatedAt: formatInstant(session.now),
    updatedBy: session.identity.iamId,
  };
}
