import { formatInstant } from '../../../../domain/time';
import type { Answer, Input, Session } from '../../../kernel/operation';
import { created, noContent, ok } from '../../../kernel/operation';
import type { Wire } from '../../../kernel/wire';
import { attachTag, tagNamePattern } from '../../search-tags/model';
import {
  instanceInReclamation,
  instanceLocked,
  instanceNotFound,
  instancePendingReclamation,
  instanceRemoved,
  nothingToCancel,
  tagInvalid,
} from '../errors';
import type { CreateInstance } from '../gen/create-instance';
import type { ResourceInstanceList } from '../gen/resource-instance-list';
import type { UpdateInstance } from '../gen/update-instance';
import { findInstance, type InstanceDocument, instances } from '../instances';
import { type InstanceLifecycle, lifecycleOf } from '../lifecycle';
import { instancePage } from '../listing';
import { presentInstance } from '../present';
import { asBroker, draftInstance, draftUpdate, operationNow, type StoredInstance } from '../provisioning';
import { scheduleReclamation } from '../reclamations';

type Handler<Body = undefined> = (session: Session, input: Input<Body>) => Promise<Answer>;
type Lifecycles = readonly InstanceLifecycle[];

/** What audit events tell of an instance; parameters stay out of them. */
export function summary({ name, state, planId, locked }: InstanceDocument): Record<string, unknown> {
  return { name, state, planId, locked };
}

function describeChange(session: Session, before: StoredInstance, after: StoredInstance): void {
  session.describe({ target: after.doc.crn, before: summary(before.doc), after: summary(after.doc) });
}

async function anyInstance(session: Session, id: string | undefined): Promise<StoredInstance> {
  const found = id === undefined ? undefined : await findInstance(session, id);
  if (found === undefined) throw instanceNotFound(id ?? '');
  return found;
}

/** One that can be changed: neither removed nor awaiting reclamation. */
async function liveInstance(session: Session, id: string | undefined): Promise<StoredInstance> {
  const found = await anyInstance(session, id);
  if (found.doc.state === 'removed') throw instanceRemoved(found.id);
  if (found.doc.state === 'pending_reclamation') throw instancePendingReclamation();
  return found;
}

function refuseLocked({ doc }: StoredInstance): void {
  if (doc.locked) throw instanceLocked();
}

async function attachTags(session: Session, crn: string, names: readonly string[]): Promise<void> {
  const invalid = names.find((name) => !tagNamePattern.test(name));
  if (invalid !== undefined) throw tagInvalid(invalid);
  for (const name of names) await attachTag(session, { type: 'user', name }, crn);
}

export const listInstances: Handler = async (session, { query }) => {
  const { items, nextUrl } = await instancePage(session, query);
  const resources = items.map((instance) => presentInstance(session, instance));
  return ok<Wire<ResourceInstanceList>>({ rows_count: resources.length, next_url: nextUrl, resources });
};

export function createInstance(lifecycles: Lifecycles): Handler<CreateInstance> {
  return async (session, { body, headers }) => {
    const draft = await draftInstance(session, body, { locked: headers['entity-lock'] === 'true' });
    const lifecycle = lifecycleOf(lifecycles, draft);
    await asBroker(lifecycle.validateCreate?.(session, draft));
    const { account: scope, guid: id, name } = draft;
    const { doc } = await session.tx.insert(instances, { id, scope, name, doc: draft });
    await asBroker(lifecycle.afterCreate?.(session, doc));
    await attachTags(session, doc.crn, body.tags ?? []);
    session.describe({ target: doc.crn, after: summary(doc) });
    return created(presentInstance(session, doc));
  };
}

/** In every state, removed ones too. */
export const getInstance: Handler = async (session, { params }) =>
  ok(presentInstance(session, (await anyInstance(session, params['id'])).doc));

export function updateInstance(lifecycles: Lifecycles): Handler<UpdateInstance> {
  return async (session, { params, body }) => {
    const before = await liveInstance(session, params['id']);
    refuseLocked(before);
    const draft = await draftUpdate(session, before.doc, body);
    const lifecycle = lifecycleOf(lifecycles, draft);
    await asBroker(lifecycle.validateUpdate?.(session, before.doc, draft));
    const after = await session.tx.update(before, { doc: draft, name: draft.name });
    await asBroker(lifecycle.afterUpdate?.(session, before.doc, after.doc));
    describeChange(session, before, after);
    return ok(presentInstance(session, after.doc));
  };
}

export function deleteInstance(lifecycles: Lifecycles): Handler {
  return async (session, { params }) => {
    const before = await anyInstance(session, params['id']);
    if (before.doc.state === 'removed') throw instanceRemoved(before.id);
    if (before.doc.state === 'pending_reclamation') throw instanceInReclamation();
    refuseLocked(before);
    await asBroker(lifecycleOf(lifecycles, before.doc).beforeDelete?.(session, before.doc));
    describeChange(session, before, await scheduleReclamation(session, before));
    return noContent;
  };
}

export function setLock({ locked }: { readonly locked: boolean }): Handler {
  return async (session, { params }) => {
    const before = await liveInstance(session, params['id']);
    const doc: InstanceDocument = {
      ...before.doc,
      locked,
      updatedAt: formatInstant(session.now),
      updatedBy: session.identity.iamId,
      lastOperation: operationNow(session, locked ? 'lock' : 'unlock'),
    };
    const after = await session.tx.update(before, { doc });
    describeChange(session, before, after);
    return ok(presentInstance(session, after.doc));
  };
}

/** Operations end at once, so there is never one to cancel. */
export const cancelLastOperation: Handler = async (session, { params }) => {
  await anyInstance(session, params['id']);
  throw nothingToCancel();
};
