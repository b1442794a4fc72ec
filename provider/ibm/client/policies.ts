/** IAM policy management: authorization policies in the form of API version 2 (ibm-control-plane.md 3.4, 6.3). */
import { DiagnosticError } from '../../core/diagnostics';
import { attributePath } from '../../core/path';
import type { IbmSession } from './session';

export interface PolicyAttribute {
  readonly key: string;
  readonly operator: string;
  readonly value: string | boolean | readonly string[];
}

export interface AuthorizationPolicy {
  readonly id: string;
  readonly type: string;
  readonly state: string;
  readonly description?: string;
  readonly subject: { readonly attributes: readonly PolicyAttribute[] };
  readonly resource: { readonly attributes: readonly PolicyAttribute[] };
  readonly control: { readonly grant: { readonly roles: readonly { readonly role_id: string }[] } };
}

export interface PolicyAnswer {
  readonly policy: AuthorizationPolicy;
  readonly etag: string | undefined;
  readonly transactionId: string | undefined;
}

interface Role {
  readonly display_name: string;
  readonly crn: string;
}

function url(session: IbmSession, path: string): string {
  return `${session.endpoints.iam}${path}`;
}

/** Which policy is asked for, and the vendor's name for the requests about it: the API answers with the same one. */
export interface PolicyAddress {
  readonly id: string;
  readonly transactionId: string | undefined;
}

function named({ transactionId }: Pick<PolicyAddress, 'transactionId'>) {
  return { 'transaction-id': transactionId };
}

export async function getPolicy(
  session: IbmSession,
  address: PolicyAddress,
  signal: AbortSignal,
): Promise<PolicyAnswer> {
  const path = `/v2/policies/${encodeURIComponent(address.id)}`;
  const request = { method: 'GET', url: url(session, path), headers: named(address), signal } as const;
  const { body, headers } = await session.send(request);
  const etag = headers.get('etag') ?? undefined;
  return {
    policy: body as AuthorizationPolicy,
    etag,
    transactionId: headers.get('transaction-id') ?? undefined,
  };
}

export async function createPolicy(
  session: IbmSession,
  draft: object,
  transactionId: string | undefined,
  signal: AbortSignal,
): Promise<AuthorizationPolicy> {
  const headers = named({ transactionId });
  return session.json({ method: 'POST', url: url(session, '/v2/policies'), headers, body: draft, signal });
}

export async function replacePolicy(
  session: IbmSession,
  address: PolicyAddress,
  draft: object,
  signal: AbortSignal,
): Promise<void> {
  const { etag } = await getPolicy(session, address, signal);
  const path = `/v2/policies/${encodeURIComponent(address.id)}`;
  await session.send({
    method: 'PUT',
    url: url(session, path),
    headers: { ...named(address), 'if-match': etag },
    body: draft,
    signal,
  });
}

/** Through version 1 of the API, as the vendor does. */
export async function deletePolicy(
  session: IbmSession,
  address: PolicyAddress,
  signal: AbortSignal,
): Promise<void> {
  await session.send({
    method: 'DELETE',
    url: url(session, `/v1/policies/${encodeURIComponent(address.id)}`),
    headers: named(address),
    signal,
  });
}

const roleKinds = ['custom_roles', 'service_roles', 'system_roles'] as const;
type RoleKind = (typeof roleKinds)[number];

/** The roles that a policy between the two services may grant. */
async function listRoles(
  session: IbmSession,
  services: { readonly source?: string; readonly target: string },
  signal: AbortSignal,
): Promise<readonly Role[]> {
  const { account } = await session.claims();
  const query = {
    account_id: account,
    service_name: services.target,
    source_service_name: services.source,
    policy_type: 'authorization',
  };
  const request = { method: 'GET', url: url(session, '/v2/roles'), query, signal } as const;
  const roles = await session.json<Partial<Record<RoleKind, readonly Role[]>>>(request);
  return roleKinds.flatMap((kind) => roles[kind] ?? []);
}

export interface PolicyServices {
  readonly source?: string;
  readonly target: string;
}

/** Role CRNs of display names, in their order. */
export async function roleIds(
  session: IbmSession,
  services: PolicyServices,
  names: readonly string[],
  signal: AbortSignal,
): Promise<string[]> {
  const roles = await listRoles(session, services, signal);
  return names.map((name) => {
    const role = roles.find((candidate) => candidate.display_name === name);
    if (role) return role.crn;
    const known = [...new Set(roles.map((candidate) => candidate.display_name))].join(', ');
    throw new DiagnosticError({
      summary: `RoleDoesnotExist: ${name} was not found. Valid roles are NONE, ${known}`,
      detail: `The roles that can be granted on ${services.target} are: ${known}.`,
      attribute: attributePath('roles'),
    });
  });
}

/** Display names of role CRNs, in their order; a CRN that no role has is left out, as the vendor does. */
export async function roleNames(
  session: IbmSession,
  services: PolicyServices,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<string[]> {
  const roles = await listRoles(session, services, signal);
  return ids.flatMap((id) => roles.find((role) => role.crn === id)?.display_name ?? []);
}

/** A policy in the form of API version 1, as the list of all authorizations is read. */
export interface ListedPolicy {
  readonly id: string;
  readonly description?: string;
  readonly subjects: readonly ListedAttributes[];
  readonly resources: readonly ListedAttributes[];
  readonly roles: readonly { readonly display_name: string }[];
}

export interface ListedAttributes {
  readonly attributes: readonly { readonly name: string; readonly value: string }[];
}

export interface PolicyListing {
  readonly policies: readonly ListedPolicy[];
  readonly transactionId: string | undefined;
}

export interface ListedOf {
  readonly account: string;
  readonly sort?: string | undefined;
  readonly transactionId?: string | undefined;
}

/** The authorizations of an account. */
export async function listPolicies(
  session: IbmSession,
  { account, sort, transactionId }: ListedOf,
  signal: AbortSignal,
): Promise<PolicyListing> {
  const { body, headers } = await session.send({
    method: 'GET',
    url: url(session, '/v1/policies'),
    query: { account_id: account, type: 'authorization', sort },
    headers: { 'transaction-id': transactionId },
    signal,
  });
  const { policies } = body as { policies: readonly ListedPolicy[] };
  return { policies, transactionId: headers.get('transaction-id') ?? undefined };
}
