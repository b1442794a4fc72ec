/** Global catalog: names and ids of services, plans and deployments (ibm-control-plane.md 3.1, 6.4.4). */
import { DiagnosticError } from '../../core/diagnostics';
import { attributePath } from '../../core/path';
import { step } from './failures';
import type { IbmSession } from './session';

interface CatalogEntry {
  readonly id: string;
  readonly name: string;
  readonly kind?: string;
  readonly catalog_crn?: string;
  readonly metadata?: {
    readonly service?: { readonly rc_provisionable?: boolean };
    readonly rc_compatible?: boolean;
    readonly deployment?: { readonly location?: string };
  };
  readonly children?: readonly CatalogEntry[];
}

/** What can be created from the catalog. `iaas` is the kind of Object Storage. */
const serviceKinds: readonly (string | undefined)[] = ['service', 'iaas', 'composite'];

function read<T>(
  session: IbmSession,
  path: string,
  query: Record<string, string>,
  signal: AbortSignal,
): Promise<T> {
  return session.json({ method: 'GET', url: `${session.endpoints.catalog}/api/v1/${path}`, query, signal });
}

async function list(
  session: IbmSession,
  path: string,
  query: Record<string, string>,
  signal: AbortSignal,
): Promise<readonly CatalogEntry[]> {
  return (await read<{ resources: readonly CatalogEntry[] }>(session, path, query, signal)).resources;
}

function withChildren(entries: readonly CatalogEntry[]): CatalogEntry[] {
  return entries.flatMap((entry) => [entry, ...withChildren(entry.children ?? [])]);
}

interface Missing {
  readonly attribute: string;
  /** In the words of the vendor's provider. */
  readonly says: string;
  readonly known: readonly string[];
}

function missing({ attribute, says, known }: Missing): DiagnosticError {
  const names = [...new Set(known)].filter((name) => name !== '').sort();
  const choice =
    names.length === 0
      ? 'The catalog offers none of that name.'
      : `The catalog offers ${names.join(', ')}. Set ${attribute} to one of these.`;
  return new DiagnosticError({
    summary: says,
    detail: choice,
    attribute: attributePath(attribute),
  });
}

function isProvisionable({ kind, metadata }: CatalogEntry): boolean {
  return serviceKinds.includes(kind) && metadata?.service?.rc_provisionable === true;
}

/** Throws a diagnostic on `service` that lists what the catalog offers. */
export async function findService(
  session: IbmSession,
  name: string,
  signal: AbortSignal,
): Promise<CatalogEntry> {
  const says = '[ERROR] Error retrieving service offering';
  const listed = async (query: Record<string, string>): Promise<readonly CatalogEntry[]> =>
    withChildren(await step({ says }, list(session, '', { include: '*', ...query }, signal), 'service'));
  const found = (await listed({ q: name })).find((entry) => entry.name === name && isProvisionable(entry));
  if (found) return found;
  const offered = (await listed({})).filter(isProvisionable);
  throw missing({
    attribute: 'service',
    says: `${says}: ServiceDoesnotExist: Given service : "${name}" doesn't exist`,
    known: offered.map((entry) => entry.name),
  });
}

/** Throws a diagnostic on `plan` that lists the plans of the service. */
export async function findPlan(
  session: IbmSession,
  service: CatalogEntry,
  name: string,
  signal: AbortSignal,
): Promise<CatalogEntry> {
  const kind = service.kind === 'iaas' ? 'flavor' : 'plan';
  const listing = list(session, `${service.id}/${kind}`, {}, signal);
  const plans = await step({ says: '[ERROR] Error retrieving plan' }, listing, 'plan');
  const found = plans.find((plan) => plan.name === name);
  if (found) return found;
  throw missing({
    attribute: 'plan',
    says: `[ERROR] Error retrieving deployment for plan ${name}`,
    known: plans.map((plan) => plan.name),
  });
}

/**
 * The `catalog_crn` of the deployment in that location: the target of a new instance. Throws a diagnostic on
 * `location` that lists where the plan is offered.
 */
export async function findDeployment(
  session: IbmSession,
  plan: CatalogEntry,
  location: string,
  signal: AbortSignal,
): Promise<string> {
  const listing = list(session, `${plan.id}/deployment`, { include: '*' }, signal);
  const says = `[ERROR] Error retrieving deployment for plan ${plan.name} `;
  const deployments = await step({ says }, listing, 'location');
  const usable = deployments.filter((deployment) => deployment.metadata?.rc_compatible === true);
  const placeOf = ({ metadata }: CatalogEntry): string => metadata?.deployment?.location ?? '';
  const found = usable.find((deployment) => placeOf(deployment) === location);
  if (found?.catalog_crn !== undefined) return found.catalog_crn;
  throw missing({
    attribute: 'location',
    says: `[ERROR] No deployment found for service plan ${plan.name} at location ${location}`,
    known: usable.map(placeOf),
  });
}

/** The id of a service by which instances are filtered; undefined when the catalog has none of that name. */
export async function serviceId(
  session: IbmSession,
  name: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const entries = withChildren(await list(session, '', { include: '*', q: name }, signal));
  return entries.find((entry) => entry.name === name && serviceKinds.includes(entry.kind))?.id;
}

export async function nameOf(session: IbmSession, id: string, signal: AbortSignal): Promise<string> {
  return (await read<CatalogEntry>(session, encodeURIComponent(id), {}, signal)).name;
}
