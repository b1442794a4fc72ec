import { formatInstant } from '../../../domain/time';
import type { Answer, Input, Session } from '../../kernel/operation';
import { created, noContent, ok } from '../../kernel/operation';
import type { Stored } from '../../kernel/store/store';
import { mayAct } from '../iam/access';
import { instances } from '../resource-controller/instances';
import {
  defaultGroupStays,
  foreignAccount,
  groupNotEmpty,
  groupNotFound,
  nameInvalid,
  nameTaken,
  quotaNotFound,
} from './errors';
import type { CreateResourceGroup } from './gen/create-resource-group';
import type { CreatedResourceGroup } from './gen/created-resource-group';
import type { QuotaDefinitionList } from './gen/quota-definition-list';
import type { ResourceGroupList } from './gen/resource-group-list';
import type { UpdateResourceGroup } from './gen/update-resource-group';
import {
  insertResourceGroup,
  listResourceGroups,
  loadResourceGroup,
  newResourceGroup,
  type ResourceGroupDocument,
} from './model';
import { presentQuota, presentResourceGroup } from './present';
import { quotaDefinitions } from './quotas';
import { groupTarget } from './targets';

type StoredGroup = Stored<ResourceGroupDocument>;

async function requireGroup(session: Session, id: string | undefined): Promise<StoredGroup> {
  const found = id === undefined ? undefined : await loadResourceGroup(session, id);
  if (found === undefined) throw groupNotFound(id ?? '');
  return found;
}

async function checkName(session: Session, name: string, except?: string): Promise<void> {
  if (!/^[\w -]+$/.test(name)) throw nameInvalid();
  const groups = await listResourceGroups(session);
  const taken = groups.some(({ id, doc }) => doc.name === name && doc.state !== 'DELETED' && id !== except);
  if (taken) throw nameTaken(name);
}

function summary({ name, state }: ResourceGroupDocument): Record<string, unknown> {
  return { name, state };
}

function selected(group: ResourceGroupDocument, query: URLSearchParams): boolean {
  const name = query.get('name');
  const byDefault = query.get('default');
  return (
    (name === null || group.name === name) &&
    (byDefault === null || String(group.isDefault) === byDefault) &&
    (group.state !== 'DELETED' || query.get('include_deleted') === 'true')
  );
}

/** The groups that the caller may see; none of another account. */
export async function listGroups(session: Session, { query }: Input<undefined>): Promise<Answer> {
  const account = query.get('account_id');
  if (account !== null && account !== '' && account !== session.options.account)
    return ok<ResourceGroupList>({ resources: [] });
  const resources: ResourceGroupList['resources'] = [];
  for (const { doc } of await listResourceGroups(session)) {
    const reading = {
      role: 'Viewer',
      action: 'resource-controller.group.retrieve',
      target: groupTarget(doc.id),
    };
    if (selected(doc, query) && (await mayAct(session, reading))) resources.push(presentResourceGroup(doc));
  }
  return ok<ResourceGroupList>({ resources });
}

export async function createGroup(session: Session, { body }: Input<CreateResourceGroup>): Promise<Answer> {
  const { account } = session.options;
  if (body.account_id !== undefined && body.account_id !== account) throw foreignAccount(body.account_id);
  await checkName(session, body.name);
  const id = session.context.ids.hex(32);
  const { doc } = await insertResourceGroup(
    session,
    newResourceGroup(session, { id, name: body.name, isDefault: false }),
  );
  session.describe({ target: doc.crn, after: summary(doc) });
  return created<CreatedResourceGroup>({ id: doc.id, crn: doc.crn });
}

export async function getGroup(session: Session, { params }: Input<undefined>): Promise<Answer> {
  return ok(presentResourceGroup((await requireGroup(session, params['id'])).doc));
}

async function change(
  session: Session,
  before: StoredGroup,
  changes: Partial<ResourceGroupDocument>,
): Promise<ResourceGroupDocument> {
  const doc = { ...before.doc, ...changes, updatedAt: formatInstant(session.now) };
  const after = await session.tx.update(before, { doc, name: doc.name });
  session.describe({ target: doc.crn, before: summary(before.doc), after: summary(after.doc) });
  return after.doc;
}

export async function updateGroup(
  session: Session,
  { params, body }: Input<UpdateResourceGroup>,
): Promise<Answer> {
  const before = await requireGroup(session, params['id']);
  const { name, state } = body;
  if (name !== undefined) await checkName(session, name, before.id);
  const after = await change(session, before, {
    ...(name === undefined ? {} : { name }),
    ...(state === undefined ? {} : { state }),
  });
  return ok(presentResourceGroup(after));
}

/** Refused for the default group, and for one that still has instances, in reclamation or not. */
export async function deleteGroup(session: Session, { params }: Input<undefined>): Promise<Answer> {
  const before = await requireGroup(session, params['id']);
  if (before.doc.isDefault) throw defaultGroupStays();
  const all = await session.tx.list(instances, { scope: session.options.account });
  const held = all.filter(({ doc }) => doc.resourceGroupId === before.id && doc.state !== 'removed');
  if (held.length > 0) throw groupNotEmpty(held.map(({ doc }) => doc.name));
  await change(session, before, { state: 'DELETED' });
  return noContent;
}

export async function listQuotas(): Promise<Answer> {
  return ok<QuotaDefinitionList>({ resources: quotaDefinitions.map(presentQuota) });
}

export async function getQuota(_session: Session, { params }: Input<undefined>): Promise<Answer> {
  const found = quotaDefinitions.find(({ id }) => id === params['id']);
  if (found === undefined) throw quotaNotFound(params['id'] ?? '');
  return ok(presentQuota(found));
}
