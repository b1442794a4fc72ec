/** Global catalog: names and ids of services, plans and deployments (ibm-control-plane.md 3.1, 6.4.4). */
import { DiagnosticError } from '../../core/diagnostics';
import { attributePath } from '../../core/path';
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

async function read(
  session: IbmSession,
  path: string,
  query: Record<string, string>,
  signal: AbortSignal,
): Promise<unknown> {
  const { body } = await session.send({
    method: 'GET',
    url: `${session.endpoints.catalog}/api/v1/${path}`,
    query,
    signal,
  });
  return body;
}

async function list(
  session: IbmSession,
  path: string,
  query: Record<string, string>,
  signal: AbortSignal,
): Promise<readonly CatalogEntry[]> {
  return ((await read(session, path, query, signal)) as { resources: readonly CatalogEntry[] }).resources;
}

function flatten(entries: readonly CatalogEntry[]): CatalogEntry[] {
  return entries.flatMap((entry) => [entry, ...flatten(entry.children ?? [])]);
}

function missing(attribute: string, value: string, known: readonly string[]): DiagnosticError {
  const choice = known.length === 0 ? 'the catalog offers none' : `the catalog offers: ${known.join(', ')}`;
  return new DiagnosticError({
    summary: `No ${attribute} '${value}' in the catalog`,
    detail: `${choice}. Set ${attribute} to one of these.`,
    attribute: attributePath(attribute),
  });
}

export async function findService(
  session: IbmSession,
  name: string,
  signal: AbortSignal,
): Promise<CatalogEntry> {
  const entries = flatten(await list(session, '', { include: '*', q: name }, signal));
  const found = entries.find(
    (entry) => entry.name === name && entry.metadata?.service?.rc_provisionable === true,
  );
  if (!found) throw missing('service', name, [...new Set(entries.map((entry) => entry.name))]);
  return found;
}

export async function findPlan(
  session: IbmSession,
  serviceId: string,
  name: string,
  signal: AbortSignal,
): Promise<CatalogEntry> {
  const plans = await list(session, `${serviceId}/plan`, {}, signal);
  const found = plans.find((plan) => plan.name === name);
  if (!found)
    throw missing(
      'plan',
      name,
      plans.map((plan) => plan.name),
    );
  return found;
}

/** The `catalog_crn` of the deployment in that location: the target of a new instance. */
export async function findDeployment(
  session: IbmSession,
  planId: string,
  location: string,
  signal: AbortSignal,
): Promise<string> {
  const deployments = await list(session, `${planId}/deployment`, { include: '*' }, signal);
  const usable = deployments.filter((deployment) => deployment.metadata?.rc_compatible === true);
  const found = usable.find((deployment) => deployment.metadata?.deployment?.location === location);
  if (found?.catalog_crn === undefined) {
    throw missing(
      'location',
      location,
      usable.map((deployment) => deployment.metadata?.deployment?.location ?? '').sort(),
    );
  }
  return found.catalog_crn;
}

export async function nameOf(session: IbmSession, id: string, signal: AbortSignal): Promise<string> {
  return ((await read(session, encodeURIComponent(id), {}, signal)) as CatalogEntry).name;
}
