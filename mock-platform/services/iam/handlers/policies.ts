import type { Answer, Input, Session } from '../../../kernel/operation';
import { created, noContent, ok } from '../../../kernel/operation';
import type { Wire } from '../../../kernel/wire';
import { mayAct } from '../access';
import { checkDraft } from '../draft-rules';
import type { PolicyDraft } from '../drafts';
import { duplicatePolicy, invalidBody, onlyInVersion2, staleEtag } from '../errors';
import { checkIfMatch, etagOf } from '../etags';
import type { Conflict } from '../gen/error';
import type { PolicyState } from '../gen/policy-state';
import type { PageLink, PolicyV1List } from '../gen/policy-v1-list';
import { listedPolicies, pageOfPolicies } from '../listing';
import { type PolicyDocument, termsOf } from '../model';
import {
  findDuplicate,
  insertPolicy,
  requireActivePolicy,
  requirePolicy,
  rewritePolicy,
  type StoredPolicy,
  setPolicyState,
} from '../policies';
import { type Presentation, type PresentedPolicy, policyCrn } from '../present';
import { presentationOf } from '../presentation';
import type { ActionTable } from '../role-actions';
import { targetOfPolicy } from '../targets';

/** One version of the policy API: how it reads bodies and how it shows policies. */
export interface PolicyApi<Body> {
  readonly version: 1 | 2;
  /** `/v1/policies`. */
  readonly path: string;
  readonly draft: (body: Body) => PolicyDraft;
  readonly present: (policy: PolicyDocument, presentation: Presentation) => PresentedPolicy;
  readonly actions: ActionTable;
}

/** A version as far as showing policies goes. */
type PolicyView = Pick<PolicyApi<never>, 'version' | 'path' | 'present' | 'actions'>;

type Handler<Body = undefined> = (session: Session, input: Input<Body>) => Promise<Answer>;

type BodyAndHeaders = readonly [body: PresentedPolicy, headers: Record<string, string>];

async function presented(
  view: PolicyView,
  session: Session,
  { doc }: StoredPolicy,
  format: string | null = null,
): Promise<PresentedPolicy> {
  return view.present(doc, await presentationOf(session, doc, { format, actions: view.actions }));
}

async function shown(view: PolicyView, session: Session, stored: StoredPolicy): Promise<BodyAndHeaders> {
  return [await presented(view, session, stored), { ETag: etagOf(stored) }];
}

async function conflictWith(view: PolicyView, session: Session, other: StoredPolicy): Promise<Conflict> {
  return { etag: etagOf(other), policy: await presented(view, session, other) };
}

async function refuseDuplicate(
  view: PolicyView,
  session: Session,
  draft: Pick<PolicyDraft, 'type' | 'terms'>,
  except?: string,
): Promise<void> {
  const other = await findDuplicate(session, draft, except);
  if (other !== undefined) throw duplicatePolicy(await conflictWith(view, session, other));
}

async function refuseStale(
  view: PolicyView,
  session: Session,
  stored: StoredPolicy,
  header: string | undefined,
): Promise<void> {
  const conflict = await conflictWith(view, session, stored);
  checkIfMatch(stored, header, () => staleEtag(conflict));
}

/** What audit events tell of a policy: who may do what on what. */
function summary({ type, state, ...policy }: PolicyDocument): Record<string, unknown> {
  return { type, ...termsOf(policy), state };
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

/** Whoever may view what a policy opens may read it. */
export const readsPolicies = { action: 'iam.policy.read', role: 'Viewer' } as const;

/** Leaves out what the caller may not view. */
export function listPolicies(view: PolicyView): Handler {
  return async (session, { query }) => {
    const found = await listedPolicies(session, query, ({ resource }) =>
      mayAct(session, { ...readsPolicies, target: targetOfPolicy(resource) }),
    );
    const { limit, items, next, previous } = pageOfPolicies(found, query);
    const policies: PresentedPolicy[] = [];
    for (const item of items) policies.push(await presented(view, session, item, query.get('format')));
    return ok<PolicyPage>({
      limit,
      first: pageLink(view, session, query),
      ...(next === undefined ? {} : { next: pageLink(view, session, query, next) }),
      ...(previous === undefined ? {} : { previous: pageLink(view, session, query, previous) }),
      policies,
    });
  };
}

export function createPolicy<Body>(api: PolicyApi<Body>): Handler<Body> {
  return async (session, { body }) => {
    const draft = api.draft(body);
    await checkDraft(session, draft);
    await refuseDuplicate(api, session, draft);
    const stored = await insertPolicy(session, draft);
    describeChange(session, undefined, stored);
    return created(...(await shown(api, session, stored)));
  };
}

/** Deleted ones too. */
export function getPolicy(view: PolicyView): Handler {
  return async (session, { params, query }) => {
    const stored = await requirePolicy(session, params['policy_id'] ?? '');
    // Version 1 has formats for lists only (PSGO GetPolicyOptions).
    const format = view.version === 2 ? query.get('format') : null;
    return ok(await presented(view, session, stored, format), { ETag: etagOf(stored) });
  };
}

export function replacePolicy<Body>(api: PolicyApi<Body>): Handler<Body> {
  return async (session, { params, headers, body }) => {
    const before = await requireActivePolicy(session, params['policy_id'] ?? '');
    await refuseStale(api, session, before, headers['if-match']);
    if (before.doc.time !== undefined && api.version === 1) throw onlyInVersion2();
    const draft = api.draft(body);
    if (draft.type !== before.doc.type) {
      throw invalidBody(`type must stay ${before.doc.type}: the type of a policy cannot be changed`);
    }
    await checkDraft(session, draft);
    await refuseDuplicate(api, session, draft, before.id);
    const after = await rewritePolicy(session, before, draft);
    describeChange(session, before, after);
    return ok(...(await shown(api, session, after)));
  };
}

export function updatePolicyState(view: PolicyView): Handler<PolicyState> {
  return async (session, { params, headers, body }) => {
    const before = await requirePolicy(session, params['policy_id'] ?? '');
    await refuseStale(view, session, before, headers['if-match']);
    const state = body.state ?? before.doc.state;
    if (state === before.doc.state) return ok(...(await shown(view, session, before)));
    if (state === 'active') {
      const draft = { type: before.doc.type, terms: termsOf(before.doc) };
      await refuseDuplicate(view, session, draft, before.id);
    }
    const after = await setPolicyState(session, before, state);
    describeChange(session, before, after);
    return ok(...(await shown(view, session, after)));
  };
}

export const deletePolicy: Handler = async (session, { params }) => {
  const before = await requireActivePolicy(session, params['policy_id'] ?? '');
  const after = await setPolicyState(session, before, 'deleted');
  describeChange(session, before, after);
  return noContent;
};
