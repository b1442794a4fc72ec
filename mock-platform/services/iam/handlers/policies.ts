import type { Answer, Input, Session } from '../../../kernel/operation';
import { created, noContent, ok } from '../../../kernel/operation';
import { mayAct } from '../access';
import { checkDraft, type PolicyDraft } from '../drafts';
import {
  type Conflict,
  duplicatePolicy,
  ifMatchMissing,
  invalidBody,
  notEmulated,
  staleEtag,
} from '../errors';
import type { PolicyState } from '../gen/policy-state';
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
}

export interface PolicyHandlers<Body> {
  list(session: Session, input: Input<undefined>): Promise<Answer>;
  create(session: Session, input: Input<Body>): Promise<Answer>;
  get(session: Session, input: Input<undefined>): Promise<Answer>;
  replace(session: Session, input: Input<Body>): Promise<Answer>;
  updateState(session: Session, input: Input<PolicyState>): Promise<Answer>;
  remove(session: Session, input: Input<undefined>): Promise<Answer>;
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

export function policyHandlers<Body>(api: PolicyApi<Body>, actionsOf: ActionReader): PolicyHandlers<Body> {
  const presentation = (session: Session, query: URLSearchParams): Presentation => {
    const format = query.get('format');
    if (format === 'include_last_permit') throw notEmulated('format=include_last_permit');
    return format === 'display' ? { session, actionsOf } : { session };
  };

  const answer = (session: Session, stored: StoredPolicy): [PresentedPolicy, Record<string, string>] => [
    api.present(stored.doc, { session }),
    { ETag: etagOf(stored) },
  ];

  const conflictWith = (session: Session, other: StoredPolicy): Conflict => ({
    etag: etagOf(other),
    policy: api.present(other.doc, { session }),
  });

  const refuseDuplicate = async (session: Session, draft: PolicyDraft, except?: string): Promise<void> => {
    const other = await findDuplicate(session, draft, except);
    if (other !== undefined) throw duplicatePolicy(conflictWith(session, other));
  };

  const checkIfMatch = (session: Session, stored: StoredPolicy, header: string | undefined): void => {
    if (header === undefined || header === '') throw ifMatchMissing();
    const tag = header.replace(/^"|"$/g, '');
    if (tag !== '*' && tag !== etagOf(stored)) throw staleEtag(conflictWith(session, stored));
  };

  return {
    async list(session, { query }) {
      const shown = presentation(session, query);
      const found = await listedPolicies(session, query, (policy) =>
        mayAct(session, {
          role: 'Viewer',
          action: 'iam-am.policy.read',
          target: targetOfPolicy(policy.resource),
        }),
      );
      const page = pageOfPolicies(found, query);
      const link = (start?: string): { href: string; start?: string } => {
        const parameters = new URLSearchParams(query);
        parameters.delete('start');
        if (start !== undefined) parameters.set('start', start);
        return {
          href: `${session.baseUrl}${api.path}?${parameters}`,
          ...(start === undefined ? {} : { start }),
        };
      };
      return ok({
        limit: page.limit,
        first: link(),
        ...(page.next === undefined ? {} : { next: link(page.next) }),
        ...(page.previous === undefined ? {} : { previous: link(page.previous) }),
        policies: page.items.map(({ doc }) => api.present(doc, shown)),
      });
    },

    async create(session, { body }) {
      const draft = api.draft(body);
      checkDraft(draft, session.options.account);
      await refuseDuplicate(session, draft);
      const stored = await insertPolicy(session, draft);
      describeChange(session, undefined, stored);
      return created(...answer(session, stored));
    },

    async get(session, { params, query }) {
      const shown = presentation(session, query);
      const stored = await requirePolicy(session, params['policy_id'] ?? '');
      return ok(api.present(stored.doc, shown), { ETag: etagOf(stored) });
    },

    async replace(session, { params, headers, body }) {
      const before = await requireActivePolicy(session, params['policy_id'] ?? '');
      checkIfMatch(session, before, headers['if-match']);
      const draft = api.draft(body);
      if (draft.type !== before.doc.type) {
        throw invalidBody(`type must stay ${before.doc.type}: the type of a policy cannot be changed`);
      }
      checkDraft(draft, session.options.account);
      await refuseDuplicate(session, draft, before.id);
      const after = await rewritePolicy(session, before, draft);
      describeChange(session, before, after);
      return ok(...answer(session, after));
    },

    async updateState(session, { params, headers, body }) {
      const before = await requirePolicy(session, params['policy_id'] ?? '');
      checkIfMatch(session, before, headers['if-match']);
      const state = body.state ?? before.doc.state;
      if (state === before.doc.state) return ok(...answer(session, before));
      if (state === 'active') {
        await refuseDuplicate(session, { type: before.doc.type, terms: before.doc }, before.id);
      }
      const after = await setPolicyState(session, before, state);
      describeChange(session, before, after);
      return ok(...answer(session, after));
    },

    async remove(session, { params }) {
      const before = await requireActivePolicy(session, params['policy_id'] ?? '');
      const after = await setPolicyState(session, before, 'deleted');
      describeChange(session, before, after);
      return noContent;
    },
  };
}
