/** Lookups in the catalog: services, plans, and deployments (a plan in a location). (ibm-control-plane.md 6.4.4) */
import { type CatalogPlan, type CatalogService, catalogServices } from './data';

export interface PlanEntry {
  readonly service: CatalogService;
  readonly plan: CatalogPlan;
}

export interface DeploymentEntry extends PlanEntry {
  /** Region, or `global`. */
  readonly location: string;
}

export type CatalogEntry =
  | { readonly kind: 'service'; readonly service: CatalogService }
  | ({ readonly kind: 'plan' } & PlanEntry)
  | ({ readonly kind: 'deployment' } & DeploymentEntry);

export function planById(id: string): PlanEntry | undefined {
  return catalogServices
    .flatMap((service) => service.plans.map((plan) => ({ service, plan })))
    .find(({ plan }) => plan.id === id);
}

export function deploymentsOf({ service, plan }: PlanEntry): readonly DeploymentEntry[] {
  return plan.locations.map((location) => ({ service, plan, location }));
}

/** `{plan id}:{location}`. */
export function deploymentId({ plan, location }: Pick<DeploymentEntry, 'plan' | 'location'>): string {
  return `${plan.id}:${location}`;
}

/** The colon of the id is percent-encoded: a CRN has exactly ten segments. */
export function deploymentCrn(deployment: Pick<DeploymentEntry, 'plan' | 'location'>): string {
  return `crn:v1:bluemix:public:globalcatalog::::deployment:${encodeURIComponent(deploymentId(deployment))}`;
}

/** By the id of a service, a plan or a deployment. */
export function entryById(id: string): CatalogEntry | undefined {
  const service = catalogServices.find((candidate) => candidate.id === id);
  if (service !== undefined) return { kind: 'service', service };
  const [planId = '', location] = id.split(':');
  const entry = planById(planId);
  if (entry === undefined) return undefined;
  if (location === undefined) return { kind: 'plan', ...entry };
  const deployment = deploymentsOf(entry).find((candidate) => candidate.location === location);
  return deployment && { kind: 'deployment', ...deployment };
}

/**
 * The deployment that a `target` means for a plan: its catalog CRN, its id, or the bare location
 * (ibm-control-plane.md 6.4.4).
 */
export function deploymentForTarget(entry: PlanEntry, target: string): DeploymentEntry | undefined {
  return deploymentsOf(entry).find(
    (deployment) =>
      target === deployment.location ||
      target === deploymentId(deployment) ||
      target.replace('%3A', ':') === deploymentCrn(deployment).replace('%3A', ':'),
  );
}
