/** Secret groups (ibm-control-plane.md 6.2.1). */
import { secretGroupLimits } from '../../../../domain/secrets/limits';
import { formatInstant } from '../../../../domain/time';
import { created, noContent, ok, type Session } from '../../../kernel/operation';
import type { Stored } from '../../../kernel/store/store';
import { defaultGroupFixed, groupExists, groupNotEmpty, groupNotFound, tooManyGroups } from '../errors';
import type { CreateSecretGroup } from '../gen/create-secret-group';
import type { SecretGroupList } from '../gen/secret-group-list';
import type { UpdateSecretGroup } from '../gen/update-secret-group';
import type { InstanceHandler, OpenInstance } from '../instance';
import { defaultGroup, type SecretGroupDocument, secretGroups, secrets } from '../model';
import { defaultGroupOf, presentGroup } from '../present';

type Handler<Body = undefined> = InstanceHandler<Body>;

async function loadGroup(
  session: Session,
  instance: OpenInstance,
  id: string,
): Promise<Stored<SecretGroupDocument>> {
  const stored = await session.tx.get(secretGroups, id);
  if (stored === undefined || stored.scope !== instance.guid) throw groupNotFound(id);
  return stored;
}

async function checkName(session: Session, instance: OpenInstance, name: string): Promise<void> {
  const [taken] = await session.tx.list(secretGroups, { scope: instance.guid, name });
  if (taken !== undefined || name === defaultGroup) throw groupExists(name);
}

export const createSecretGroup: Handler<CreateSecretGroup> = async (session, instance, { body }) => {
  const { perInstance } = secretGroupLimits;
  if ((await session.tx.count(secretGroups, { scope: instance.guid })) >= perInstance)
    throw tooManyGroups(perInstance);
  await checkName(session, instance, body.name);
  const id = session.context.ids.uuid();
  const now = formatInstant(session.now);
  const doc: SecretGroupDocument = {
    id,
    name: body.name,
    description: body.description ?? '',
    createdBy: session.identity.iamId,
    createdAt: now,
    updatedAt: now,
  };
  await session.tx.insert(secretGroups, { id, scope: instance.guid, name: doc.name, doc });
  session.describe({ after: { group: id, name: doc.name } });
  return created(presentGroup(doc));
};

export const listSecretGroups: Handler = async (session, instance) => {
  const stored = await session.tx.list(secretGroups, { scope: instance.guid });
  const groups = [defaultGroupOf(instance), ...stored.map(({ doc }) => doc)];
  return ok<SecretGroupList>({ secret_groups: groups.map(presentGroup), total_count: groups.length });
};

export const getSecretGroup: Handler = async (session, instance, { params }) => {
  const { id = '' } = params;
  if (id === defaultGroup) return ok(presentGroup(defaultGroupOf(instance)));
  return ok(presentGroup((await loadGroup(session, instance, id)).doc));
};

export const updateSecretGroup: Handler<UpdateSecretGroup> = async (session, instance, { params, body }) => {
  const { id = '' } = params;
  if (id === defaultGroup) throw defaultGroupFixed();
  const stored = await loadGroup(session, instance, id);
  const { name = stored.doc.name, description = stored.doc.description } = body;
  if (name !== stored.doc.name) await checkName(session, instance, name);
  const doc = {
    ...stored.doc,
    name,
    description: description ?? '',
    updatedAt: formatInstant(session.now),
  };
  await session.tx.update(stored, { doc, name });
  session.describe({ before: { group: id, name: stored.doc.name }, after: { group: id, name } });
  return ok(presentGroup(doc));
};

export const deleteSecretGroup: Handler = async (session, instance, { params }) => {
  const { id = '' } = params;
  if (id === defaultGroup) throw defaultGroupFixed();
  const stored = await loadGroup(session, instance, id);
  const inInstance = await session.tx.list(secrets, { scope: instance.guid });
  const members = inInstance.filter(({ doc }) => doc.groupId === id).length;
  if (members > 0) throw groupNotEmpty(stored.doc.name, members);
  await session.tx.remove(stored);
  session.describe({ before: { group: id, name: stored.doc.name } });
  return noContent;
};
