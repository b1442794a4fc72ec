import { authorizationDelegator, rolesOf } from '../../../../domain/iam/roles';
import type { Answer, Input, Session } from '../../../kernel/operation';
import { created, noContent, ok } from '../../../kernel/operation';
import type { Wire } from '../../../kernel/wire';
import {
  type CustomRoleTerms,
  customRoleCrn,
  customRolesOf,
  findConflict,
  insertCustomRole,
  type RoleDraft,
  removeCustomRole,
  requireCustomRole,
  rewriteCustomRole,
  type StoredRole,
} from '../custom-roles';
import { duplicateRole, invalidBody, notEmulated, staleRoleEtag } from '../errors';
import { checkIfMatch, etagOf } from '../etags';
import type { CreateRole } from '../gen/create-role';
import type { Conflict } from '../gen/error';
import type { ReplaceRole } from '../gen/replace-role';
import type { RoleList } from '../gen/role-list';
import { withdrawRole } from '../policies';
import { presentCustomRole, presentRole } from '../present';
import type { ActionTable } from '../role-actions';

type Handler<Body = undefined> = (session: Session, input: Input<Body>) => Promise<Answer>;

/** Those of the account are told where the account is named; they are not for services that authorize each other. */
async function offeredCustomRoles(session: Session, query: URLSearchParams): Promise<readonly StoredRole[]> {
  const asked = query.get('account_id') === session.options.account;
  if (!asked || query.get('policy_type') === 'authorization') return [];
  return customRolesOf(session, query.get('service_name') ?? undefined);
}

/**
 * The roles that can be granted on a service; without a service those that every service has. The same for every
 * source of an authorization: which pairs of services the vendor lets authorize each other is not modelled.
 */
export function listRoles(actions: ActionTable): Handler {
  return async (session, { query }) => {
    if (query.has('service_group_id')) throw notEmulated('roles of a service group');
    const service = query.get('service_name') ?? '';
    const forAuthorizations = query.get('policy_type') === 'authorization';
    const offered = rolesOf(service).filter(({ crn }) => forAuthorizations || crn !== authorizationDelegator);
    const shown = (kind: 'platform' | 'service') =>
      offered
        .filter((role) => role.kind === kind)
        .map((role) => presentRole(role, actions.permittedBy(role, service)));
    const custom = await offeredCustomRoles(session, query);
    return ok<Wire<RoleList>>({
      custom_roles: custom.map(({ doc }) => presentCustomRole(doc, session)),
      service_roles: shown('service'),
      system_roles: shown('platform'),
    });
  };
}

function conflictWith(session: Session, other: StoredRole): Conflict {
  return { etag: etagOf(other), role: presentCustomRole(other.doc, session) };
}

async function refuseConflict(session: Session, draft: RoleDraft, except?: string): Promise<void> {
  const conflict = await findConflict(session, draft, except);
  if (conflict !== undefined) throw duplicateRole(conflict.what, conflictWith(session, conflict.other));
}

/** Actions of one service, at least one of which is its own (IBM Cloud IAM docs `iam-roles-management.md`). */
function checkActions(table: ActionTable, service: string, actions: readonly string[]): void {
  const { own, platform } = table.of(service);
  if (own.length === 0) {
    throw invalidBody(`service_name ${service} is not a service that custom roles can be made for`);
  }
  const unknown = actions.find((action) => !own.includes(action) && !platform.includes(action));
  if (unknown !== undefined)
    throw invalidBody(`action ${unknown} is not an action of the service ${service}`);
  if (!actions.some((action) => own.includes(action))) {
    throw invalidBody(`actions must include at least one that the service ${service} defines`);
  }
}

/** What audit events tell of a role. */
function summary({ doc }: StoredRole): Record<string, unknown> {
  const { displayName, service, actions } = doc;
  return { displayName, service, actions };
}

function describeChange(
  session: Session,
  before: StoredRole | undefined,
  after: StoredRole | undefined,
): void {
  const named = after ?? before;
  session.describe({
    ...(named === undefined ? {} : { target: customRoleCrn(named.doc) }),
    ...(before === undefined ? {} : { before: summary(before) }),
    ...(after === undefined ? {} : { after: summary(after) }),
  });
}

function shown(session: Session, stored: StoredRole) {
  return [presentCustomRole(stored.doc, session), { ETag: etagOf(stored) }] as const;
}

function termsOf({ display_name, description, actions }: ReplaceRole): CustomRoleTerms {
  return { displayName: display_name, actions, ...(description ? { description } : {}) };
}

export function createRole(table: ActionTable): Handler<CreateRole> {
  return async (session, { body }) => {
    const { name, service_name: service, account_id: account } = body;
    if (account !== session.options.account) {
      throw invalidBody(`account_id must be ${session.options.account}`);
    }
    checkActions(table, service, body.actions);
    const draft = { name, service, ...termsOf(body) };
    await refuseConflict(session, draft);
    const stored = await insertCustomRole(session, draft);
    describeChange(session, undefined, stored);
    return created(...shown(session, stored));
  };
}

export const getRole: Handler = async (session, { params }) =>
  ok(...shown(session, await requireCustomRole(session, params['role_id'] ?? '')));

export function replaceRole(table: ActionTable): Handler<ReplaceRole> {
  return async (session, { params, headers, body }) => {
    const before = await requireCustomRole(session, params['role_id'] ?? '');
    checkIfMatch(before, headers['if-match'], () => staleRoleEtag(conflictWith(session, before)));
    const { name, service } = before.doc;
    checkActions(table, service, body.actions);
    await refuseConflict(session, { name, service, ...termsOf(body) }, before.id);
    const after = await rewriteCustomRole(session, before, termsOf(body));
    describeChange(session, before, after);
    return ok(...shown(session, after));
  };
}

/** Policies that grant the role lose it. */
export const deleteRole: Handler = async (session, { params }) => {
  const before = await requireCustomRole(session, params['role_id'] ?? '');
  await withdrawRole(session, customRoleCrn(before.doc));
  await removeCustomRole(session, before);
  describeChange(session, before, undefined);
  return noContent;
};
