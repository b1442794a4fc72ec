/** Volumes: what is stored of them, and what follows from the key, the attachments and the time. */
import { createHash } from 'node:crypto';
import { formatCrn } from '../../../domain/crn';
import { type Condition, effectOn, type VolumeEffect } from '../../../domain/effects';
import { keyConsumers } from '../../../domain/iam/consumers';
import { type RegionName, regions } from '../../../domain/regions';
import type { VolumeKind } from '../../../domain/vpc/operations';
import type { VolumeProfileName } from '../../../domain/vpc/profiles';
import type { Session } from '../../kernel/operation';
import { collection, type Stored } from '../../kernel/store/store';
import { conditionOfKey, type KeyConsumer } from '../key-protect/usage';

export interface VolumeDocument {
  readonly id: string;
  readonly crn: string;
  readonly name: string;
  readonly region: RegionName;
  readonly zone: string;
  readonly profile: VolumeProfileName;
  /** Gigabytes. */
  readonly capacity: number;
  /** Only when it was chosen; otherwise it follows from profile and capacity. */
  readonly iops?: number;
  /** Megabits per second; as `iops`. */
  readonly bandwidth?: number;
  /** CRN of the root key; absent for provider-managed encryption. */
  readonly encryptionKey?: string;
  readonly resourceGroupId: string;
  readonly userTags: readonly string[];
  /** RFC 3339. */
  readonly createdAt: string;
}

/** Scope: the region, within which names are unique. */
export const volumes = collection<VolumeDocument>('is-volume');

/** Edge from an instance to a volume that it holds, both by CRN; its data is an {@link Attachment}. */
export const attachesEdge = 'attaches';

export interface Attachment {
  readonly id: string;
  readonly name: string;
  readonly type: 'boot' | 'data';
  readonly deviceId: string;
  readonly deleteVolumeOnInstanceDelete: boolean;
  /** Whether the instance is running. */
  readonly active: boolean;
  readonly instance: { readonly id: string; readonly crn: string; readonly name: string };
}

/** Block storage asks for keys under one name for all volumes of the account (ibm-vpc.md 4.10). */
export const volumeConsumer: KeyConsumer = { sourceService: keyConsumers.volume.sourceService };

/** A volume with everything that is derived for this request. */
export interface VolumeView {
  readonly stored: Stored<VolumeDocument>;
  readonly attachments: readonly Attachment[];
  readonly kind: VolumeKind;
  readonly condition: Condition;
  readonly effect: VolumeEffect;
}

export function newVolumeId(session: Session, region: RegionName): string {
  const { vpcIdPrefix, addressOctet }: { vpcIdPrefix?: string; addressOctet: number } = regions[region];
  // Prefixes have been observed for some regions only; the others get one of the same form.
  return `${vpcIdPrefix ?? `r${addressOctet}`}-${session.context.ids.uuid()}`;
}

export function volumeCrn(account: string, zone: string, id: string): string {
  return formatCrn({
    serviceName: 'is',
    location: zone,
    scope: `a/${account}`,
    resourceType: 'volume',
    resource: id,
  });
}

export async function volumeNamed(
  session: Session,
  region: RegionName,
  name: string,
): Promise<Stored<VolumeDocument> | undefined> {
  const [found] = await session.tx.list(volumes, { scope: region, name });
  return found;
}

/** The effect of a key on a volume of that kind; a volume without a key of its own is always usable. */
export async function viewOf(session: Session, stored: Stored<VolumeDocument>): Promise<VolumeView> {
  const { crn, encryptionKey } = stored.doc;
  const edges = await session.tx.edges({ type: attachesEdge, to: crn });
  const attachments = edges.map(({ data }) => data as unknown as Attachment);
  const condition =
    encryptionKey === undefined
      ? 'usable'
      : await conditionOfKey(session, { keyCrn: encryptionKey, consumer: volumeConsumer });
  const kind = kindOf(attachments);
  return { stored, attachments, kind, condition, effect: effectOn(kind, condition) };
}

function kindOf(attachments: readonly Attachment[]): VolumeKind {
  if (attachments.some(({ type }) => type === 'boot')) return 'boot-volume';
  return attachments.length > 0 ? 'data-volume-attached' : 'data-volume';
}

/** As `attachment_state` has it; `unusable`: no instance can hold the volume. */
export type AttachmentState = 'attached' | 'unattached' | 'unusable';

/** An attached volume stays attached whatever happens to its key (ibm-vpc.md 4.11). */
export function attachmentStateOf({ attachments, effect }: VolumeView): AttachmentState {
  if (attachments.length > 0) return 'attached';
  return effect.status === 'unusable' ? 'unusable' : 'unattached';
}

/**
 * Covers what a client can change, so that a changed status leaves it alone. Capacity is left out: the vendor's
 * provider changes tags with an ETag from before a capacity change of the same apply (ibm-vpc.md 1.5).
 */
export function etagOf({ name, profile, iops, bandwidth, userTags }: VolumeDocument): string {
  const facts = JSON.stringify([name, profile, iops ?? null, bandwidth ?? null, userTags]);
  return `W/"${createHash('sha256').update(facts).digest('hex').slice(0, 32)}"`;
}
