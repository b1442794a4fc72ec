import type { Answer, Input, Session } from '../../../kernel/operation';
import { created, noContent, ok } from '../../../kernel/operation';
import type { Wire } from '../../../kernel/wire';
import { mayAct } from '../access';
import { checkDraft, type PolicyDraft } from '../drafts';
import { duplicatePolicy, ifMatchMissing, invalidBody, notEmulated, staleEtag } from '../errors';
import type { Conflict } from '../gen/error';
import type { PolicyState } from '../gen/policy-state';
import type { PageLink, PolicyV1List } from '../gen/policy-v1-list';
import { listedPolicies, pageOfPolicies } from '../listing';
import type { PolicyDocument } from '../model';
import {
  etagOf,
  findDuplicate,
  insertPolicy,
  requireActivePolicy,
  requirePolicy,
  rewritePolicy,
  type StoredPolicy,
  setPolicyState,
} from '../policies';
import { type Presentation, type PresentedPolicy, policyCrn } from '../present';
import type { ActionReader } from '../role-actions';
import { targetOfPolicy } from '../targets';

/** One version of the policy API: how it reads bodies and how it shows policies. */
export interface PolicyApi<Body> {
  /** `/v1/policies`. */
  readonly path: string;
  readonly draft: (body: Body) => PolicyDraft;
  readonly present: (policy: PolicyDocument, presentation: Presentation) => PresentedPolicy;
  readonly actionsOf: ActionReader;
}

/** A version as far as showing policies goes. */
type PolicyView = Pick<PolicyApi<never>, 'path' | 'present' | 'actionsOf'>;

type Handler<Body = undefined> = (session: Session, input: Input<Body>) => Promise<Answer>;

function presentation({ actionsOf }: PolicyView, session: Session, query: URLSearchParams): Presentation {
  const format = query.get('format');
  if (format === 'include_last_permit') throw notEmulated('format=include_last_permit');
  return format === 'display' ? { session, actionsOf } : { session };
}

type BodyAndHeaders = readonly [body: PresentedPolicy, headers: Record<string, string>];

function shown(view: PolicyView, session: Session, stored: StoredPolicy): BodyAndHeaders {
  return [view.present(stored.doc, { session }), { ETag: etagOf(stored) }];
}

function conflictWith(view: PolicyView, session: Session, other: StoredPolicy): Conflict {
  return { etag: etagOf(other), policy: view.present(other.doc, { session }) };
}

async function refuseDuplicate(
  view: PolicyView,
  session: Session,
  draft: Pick<PolicyDraft, 'type' | 'terms'>,
  except?: string,
): Promise<void> {
  const other = await findDuplicate(session, draft, except);
  if (other !== undefined) throw duplicatePolicy(conflictWith(view, session, other));
}

function checkIfMatch(
  view: PolicyView,
  session: Session,
  stored: StoredPolicy,
  header: string | undefined,
): void {
  if (header === undefined || header === '') throw ifMatchMissing();
  const tag = header.replace(/^"|"$/g, '');
  if (tag !== '*' && tag !== etagOf(stored)) throw staleEtag(conflictWith(view, session, stored));
}

/** What audit events tell of a policy: who may do what on what. */
function summary({ type, subject, resource, roles, state }: PolicyDocument): Record<string, unknown> {
  return { type, subject, resource, roles, state };
}

function describeChange(session: Session, before: StoredPolicy | undefined, after: StoredPolicy): void {
  session.describe({
    target: policyCrn(after.doc),
    ...(before === undefined ? {} : { before: summary(before.doc) }),
    after: summary(after.doc),
  });
}

/** Both versions page alike; of which one the policies are, the view decides. */
type PolicyPage = Wire<Omit<PolicyV1List, 'policies'>> & { readonly policies: readonly PresentedPolicy[] };

function pageLink({ path }: PolicyView, session: Session, query: URLSearchParams, start?: string): PageLink {
  const parameters = new URLSearchParams(query);
  parameters.delete('start');
  if (start === undefined) return { href: `${session.baseUrl}${path}?${parameters}` };
  parameters.set('start', start);
  return { href: `${session.baseUrl}${path}?${parameters}`, start };
}

/** Leaves out what the caller may not view. */
export function listPolicies(view: PolicyView): Handler {
  return async (session, { query }) => {
    const as = presentation(view, session, query);
    const viewing = { role: 'Viewer', action: 'iam-am.policy.read' };
    const found = await listedPolicies(session, query, ({ resource }) =>
      mayAct(session, { ...viewing, target: targetOfPolicy(resource) }),
    );
    const { limit, items, next, previous } = pageOfPolicies(found, query);
    return ok<PolicyPage>({
      limit,
      first: pageLink(view, session, query),
      ...(next === undefined ? {} : { next: pageLink(view, session, query, next) }),
      ...(previous === undefined ? {} : { previous: pageLink(view, session, query, previous) }),
      policies: items.map(({ doc }) => view.present(doc, as)),
    });
  };
}

export function createPolicy<Body>(api: PolicyApi<Body>): Handler<Body> {
  return async (session, { body }) => {
    const draft = api.draft(body);
    checkDraft(draft, session.options.account);
    await refuseDuplicate(api, session, draft);
    const stored = await insertPolicy(session, draft);
    describeChange(session, undefined, stored);
    return created(...shown(api, session, stored));
  };
}

/** Deleted ones too. */
export function getPolicy(view: PolicyView): Handler {
  return async (session, { params, query }) => {
    const as = presentation(view, session, query);
    const stored = await requirePolicy(session, params['policy_id'] ?? '');
    return ok(view.present(stored.doc, as), { ETag: etagOf(stored) });
  };
}

export function replacePolicy<Body>(api: PolicyApi<Body>): Handler<Body> {
  return async (session, { params, headers, body }) => {
    const before = await requireActivePolicy(session, params['policy_id'] ?? '');
    checkIfMatch(api, session, before, headers['if-match']);
    const draft = api.draft(body);
    if (draft.type !== before.doc.type) {
      throw invalidBody(`type must stay ${before.doc.type}: the type of a policy cannot be changed`);
    }
    checkDraft(draft, session.options.account);
    await refuseDuplicate(api, session, draft, before.id);
    const after = await rewritePolicy(session, before, draft);
    describeChange(session, before, after);
    return ok(...shown(api, session, after));
  };
}

export function updatePolicyState(view: PolicyView): Handler<PolicyState> {
  return async (session, { params, headers, body }) => {
    const before = await requirePolicy(session, params['policy_id'] ?? '');
    checkIfMatch(view, session, before, headers['if-match']);
    const state = body.state ?? before.doc.state;
    if (state === before.doc.state) return ok(...shown(view, session, before));
    if (state === 'active') {
      await refuseDuplicate(view, session, { type: before.doc.type, terms: before.doc }, before.id);
    }
    const after = await setPolicyState(session, before, state);
    describeChange(session, before, after);
    return ok(...shown(view, session, after));
  };
}

export const deletePolicy: Handler = async (session, { params }) => {
  const before = await requireActivePolicy(session, params['policy_id'] ?? '');
  const after = await setPolicyState(session, before, 'deleted');
  describeChange(session, before, after);
  return noContent;
};
