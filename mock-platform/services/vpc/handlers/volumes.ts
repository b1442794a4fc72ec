import { vpcLimits } from '../../../../domain/limits';
import { formatInstant } from '../../../../domain/time';
import { type VolumeOperation, volumePermits } from '../../../../domain/vpc/operations';
import { volumeProfiles } from '../../../../domain/vpc/profiles';
import { type Answer, created, type Input, noContent, ok, type Session } from '../../../kernel/operation';
import type { Stored } from '../../../kernel/store/store';
import type { Wire } from '../../../kernel/wire';
import { explainCondition } from '../../key-condition';
import { registerResource, releaseResource } from '../../key-protect/usage';
import { changed, operationsOf } from '../changes';
import {
  capacityMissing,
  notEmulated,
  preconditionFailed,
  statusNotAvailable,
  stillAttached,
  volumeIdInvalid,
  volumeNotFound,
} from '../errors';
import type { CreateVolume } from '../gen/create-volume';
import type { UpdateVolume } from '../gen/update-volume';
import type { Volume, VolumeList } from '../gen/volume-list';
import {
  attachmentStateOf,
  etagOf,
  newVolumeId,
  type VolumeDocument,
  type VolumeView,
  viewOf,
  volumeConsumer,
  volumeCrn,
  volumes,
} from '../model';
import { pageOf } from '../paging';
import { presentVolume, vpcHref } from '../present';
import {
  checkEncryptionKey,
  checkName,
  checkProfile,
  checkResourceGroup,
  checkSize,
  checkZone,
  freeName,
  identityName,
} from '../rules';

type Handler<Body = undefined> = (session: Session, input: Input<Body>) => Promise<Answer>;

/** The region whose host was asked; undefined when the request came by path alone. */
function endpointRegion({ params }: Pick<Input<unknown>, 'params'>): string | undefined {
  return params['region'];
}

async function load(session: Session, input: Input<unknown>): Promise<VolumeView> {
  const { id = '' } = input.params;
  if (id.length > vpcLimits.id.max || !vpcLimits.id.pattern.test(id)) throw volumeIdInvalid(id);
  const stored = await session.tx.get(volumes, id);
  const region = endpointRegion(input);
  if (stored === undefined || (region !== undefined && region !== stored.doc.region))
    throw volumeNotFound(id);
  return viewOf(session, stored);
}

async function answer(session: Session, view: VolumeView): Promise<[Wire<Volume>, Record<string, string>]> {
  return [await presentVolume(session, view), { ETag: etagOf(view.stored.doc) }];
}

/** An absent or empty If-Match agrees with everything (ibm-vpc.md 1.2, 1.5). */
function checkMatch({ stored }: VolumeView, ifMatch: string | undefined): void {
  if (ifMatch === undefined || ifMatch.trim() === '') return;
  const opaque = (tag: string) => tag.trim().replace(/^W\//, '');
  const present = opaque(etagOf(stored.doc));
  const agreed = ifMatch.split(',').some((tag) => tag.trim() === '*' || opaque(tag) === present);
  if (!agreed) throw preconditionFailed();
}

function mustPermit({ stored, condition, effect }: VolumeView, operation: VolumeOperation): void {
  if (volumePermits(condition, operation)) return;
  const { id, encryptionKey = '' } = stored.doc;
  throw statusNotAvailable(
    `volume ${id} is ${effect.status}; ${operation} is not possible`,
    explainCondition(condition, encryptionKey, volumeConsumer.sourceService),
  );
}

/** What the audit event says of a volume. */
function summary({ name, profile, capacity, iops, bandwidth, userTags, encryptionKey }: VolumeDocument) {
  return { name, profile, capacity, iops, bandwidth, userTags, encryptionKey };
}

export const listVolumes: Handler = async (session, input) => {
  const { query } = input;
  const region = endpointRegion(input);
  const all = await session.tx.list(volumes, region === undefined ? {} : { scope: region });
  const found = await inAttachmentState(
    session,
    all.filter(({ doc }) => agrees(doc, query)),
    query.get('attachment_state'),
  );
  const { items, links } = pageOf(found, ({ id }) => id, vpcHref(session, '/volumes'), query);
  const views = await Promise.all(items.map((volume) => viewOf(session, volume)));
  return ok<Wire<VolumeList>>({
    ...links,
    volumes: await Promise.all(views.map((view) => presentVolume(session, view))),
  });
};

/** The state is derived, so each volume has to be looked at; without the filter none is. */
async function inAttachmentState(
  session: Session,
  stored: readonly Stored<VolumeDocument>[],
  state: string | null,
): Promise<readonly Stored<VolumeDocument>[]> {
  if (state === null) return stored;
  const views = await Promise.all(stored.map((volume) => viewOf(session, volume)));
  return views.filter((view) => attachmentStateOf(view) === state).map((view) => view.stored);
}

/** Filters on what is stored. No volume has an operating system, so a filter on one finds none. */
function agrees(doc: VolumeDocument, query: URLSearchParams): boolean {
  const facts: Readonly<Record<string, readonly string[]>> = {
    name: [doc.name],
    encryption: [doc.encryptionKey === undefined ? 'provider_managed' : 'user_managed'],
    storage_generation: [String(volumeProfiles[doc.profile].storageGeneration)],
    tag: doc.userTags,
    'zone.name': [doc.zone],
    'operating_system.family': [],
    'operating_system.architecture': [],
  };
  return Object.entries(facts).every(([name, values]) => {
    const wanted = query.get(name);
    return wanted === null || values.includes(wanted);
  });
}

export const createVolume: Handler<CreateVolume> = async (session, input) => {
  const doc = await volumeOf(session, input.body, endpointRegion(input));
  const { id, crn, region, name, encryptionKey } = doc;
  const stored = await session.tx.insert(volumes, { id, scope: region, name, doc });
  if (encryptionKey !== undefined) {
    await registerResource(session, {
      keyCrn: encryptionKey,
      resourceCrn: crn,
      description: `Block storage volume ${name}`,
    });
  }
  session.describe({ target: crn, after: summary(doc) });
  return created(...(await answer(session, await viewOf(session, stored))));
};

/** The volume that a prototype asks for. Throws the vendor's refusal for one that cannot be made. */
async function volumeOf(
  session: Session,
  body: CreateVolume,
  endpoint: string | undefined,
): Promise<VolumeDocument> {
  if (body.source_snapshot !== undefined) throw notEmulated('createVolume with source_snapshot');
  if (body.allowed_use !== undefined) throw notEmulated('createVolume with allowed_use');
  const zone = identityName(body.zone);
  const region = checkZone(zone, endpoint);
  const profile = checkProfile(identityName(body.profile));
  if (body.capacity === undefined) throw capacityMissing();
  const { capacity, iops, bandwidth } = body;
  const size = checkSize({ profile, capacity, iops, bandwidth });
  const name =
    body.name === undefined ? await freeName(session, region) : await checkName(session, region, body.name);
  const resourceGroupId = await checkResourceGroup(session, body.resource_group?.id);
  const encryptionKey = body.encryption_key?.crn;
  if (encryptionKey !== undefined) await checkEncryptionKey(session, encryptionKey, region);
  const id = newVolumeId(session, region);
  return {
    id,
    crn: volumeCrn(session.options.account, zone, id),
    name,
    region,
    zone,
    ...size,
    ...(encryptionKey !== undefined && { encryptionKey }),
    resourceGroupId,
    userTags: body.user_tags ?? [],
    createdAt: formatInstant(session.now),
  };
}

export const getVolume: Handler = async (session, input) => {
  return ok(...(await answer(session, await load(session, input))));
};

export const updateVolume: Handler<UpdateVolume> = async (session, input) => {
  const view = await load(session, input);
  const { stored } = view;
  session.describe({ target: stored.doc.crn });
  checkMatch(view, input.headers['if-match']);
  for (const operation of operationsOf(input.body)) mustPermit(view, operation);
  const doc = await changed(session, view, input.body);
  const updated: Stored<VolumeDocument> = await session.tx.update(stored, { doc, name: doc.name });
  session.describe({ before: summary(stored.doc), after: summary(doc) });
  return ok(...(await answer(session, await viewOf(session, updated))));
};

/** The registration on the key goes first; it is left dangling when block storage may no longer reach the key. */
export const deleteVolume: Handler = async (session, input) => {
  const view = await load(session, input);
  const { doc } = view.stored;
  session.describe({ target: doc.crn });
  checkMatch(view, input.headers['if-match']);
  const [attachment] = view.attachments;
  if (attachment !== undefined) throw stillAttached(doc.id, attachment.instance.id);
  mustPermit(view, 'delete');
  const registration =
    doc.encryptionKey === undefined
      ? undefined
      : await releaseResource(session, {
          keyCrn: doc.encryptionKey,
          resourceCrn: doc.crn,
          consumer: volumeConsumer,
        });
  await session.tx.remove(view.stored);
  session.describe({ before: summary(doc), ...(registration && { after: { registration } }) });
  return noContent;
};
