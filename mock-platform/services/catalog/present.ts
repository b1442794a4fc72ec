/** Catalog entries as the vendor's clients read them. (ibm-control-plane.md 6.4.4) */
import type { CatalogService } from './data';
import type * as wire from './gen/catalog-entry-list';
import {
  type CatalogEntry,
  type DeploymentEntry,
  deploymentCrn,
  deploymentId,
  type PlanEntry,
} from './model';

function entryCrn(kind: 'service' | 'plan', id: string): string {
  return `crn:v1:bluemix:public:globalcatalog::::${kind}:${id}`;
}

function url(baseUrl: string, id: string): string {
  return `${baseUrl}/api/v1/${encodeURIComponent(id)}`;
}

export interface CatalogView {
  readonly baseUrl: string;
  /** Whether entries carry their children. */
  readonly deep: boolean;
}

export function presentService(service: CatalogService, view: CatalogView): wire.ServiceEntry {
  const { id, name, displayName, kind } = service;
  return {
    id,
    name,
    kind,
    catalog_crn: entryCrn('service', id),
    url: url(view.baseUrl, id),
    children_url: `${url(view.baseUrl, id)}/*`,
    active: true,
    disabled: false,
    overview_ui: { en: { display_name: displayName } },
    metadata: {
      rc_compatible: true,
      service: {
        rc_provisionable: true,
        iam_compatible: true,
        plan_updateable: true,
        bindable: false,
        service_key_supported: false,
      },
    },
    ...(view.deep ? { children: service.plans.map((plan) => presentPlan({ service, plan }, view)) } : {}),
  };
}

export function presentPlan({ plan }: PlanEntry, view: CatalogView): wire.PlanEntry {
  return {
    id: plan.id,
    name: plan.name,
    kind: 'plan',
    catalog_crn: entryCrn('plan', plan.id),
    url: url(view.baseUrl, plan.id),
    children_url: `${url(view.baseUrl, plan.id)}/*`,
    active: true,
    disabled: false,
    metadata: { rc_compatible: true, plan: { reservable: false } },
  };
}

export function presentDeployment(deployment: DeploymentEntry, view: CatalogView): wire.DeploymentEntry {
  const id = deploymentId(deployment);
  const { location } = deployment;
  return {
    id,
    name: location,
    kind: 'deployment',
    catalog_crn: deploymentCrn(deployment),
    url: url(view.baseUrl, id),
    active: true,
    disabled: false,
    metadata: {
      rc_compatible: true,
      iam_compatible: true,
      deployment: { deployment_id: id, location, target_crn: '' },
    },
  };
}

export function presentEntry(entry: CatalogEntry, view: CatalogView): wire.CatalogEntry {
  switch (entry.kind) {
    case 'service':
      return presentService(entry.service, view);
    case 'plan':
      return presentPlan(entry, view);
    case 'deployment':
      return presentDeployment(entry, view);
  }
}
