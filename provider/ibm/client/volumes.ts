/** VPC: block storage volumes (ibm-vpc.md 2.6, 3.1). */
import type { HttpRequest, HttpResponse } from './http';
import type { IbmSession } from './session';

export interface Reason {
  readonly code?: string;
  readonly message?: string;
  readonly more_info?: string;
}

export interface Volume {
  readonly id: string;
  readonly crn: string;
  readonly name: string;
  readonly status: string;
  readonly status_reasons: readonly Reason[];
  readonly health_state: string;
  readonly health_reasons: readonly Reason[];
  readonly profile: { readonly name: string };
  readonly zone: { readonly name: string };
  readonly capacity: number;
  readonly iops: number;
  readonly bandwidth: number;
  readonly storage_generation: number;
  readonly encryption: string;
  readonly encryption_key?: { readonly crn: string };
  readonly resource_group: { readonly id: string; readonly name: string };
  readonly source_snapshot?: { readonly id: string; readonly crn: string };
  readonly user_tags?: readonly string[];
  readonly adjustable_capacity_states?: readonly string[];
  readonly adjustable_iops_states?: readonly string[];
  readonly volume_attachments: readonly { readonly id: string; readonly instance: { readonly id: string } }[];
}

/** The newest API date whose volume fields the stand-in knows; any well-formed date is accepted (ibm-vpc.md 1.2). */
const apiVersion = '2026-03-24';

export interface VolumeAnswer {
  readonly volume: Volume;
  readonly etag: string | undefined;
}

async function send(
  session: IbmSession,
  request: Omit<HttpRequest, 'url'> & { readonly path: string },
): Promise<HttpResponse> {
  const { path, query, ...rest } = request;
  return session.send({
    ...rest,
    url: `${session.endpoints.vpc}/${path}`,
    query: { version: apiVersion, generation: '2', ...query },
  });
}

function answerOf({ body, headers }: HttpResponse): VolumeAnswer {
  return { volume: body as Volume, etag: headers.get('etag') ?? undefined };
}

export async function createVolume(
  session: IbmSession,
  prototype: object,
  signal: AbortSignal,
): Promise<Volume> {
  return answerOf(await send(session, { method: 'POST', path: 'volumes', body: prototype, signal })).volume;
}

export async function getVolume(session: IbmSession, id: string, signal: AbortSignal): Promise<VolumeAnswer> {
  return answerOf(await send(session, { method: 'GET', path: `volumes/${encodeURIComponent(id)}`, signal }));
}

/** With the entity tag of a fresh read, as the vendor sends it. */
export async function patchVolume(
  session: IbmSession,
  id: string,
  patch: object,
  signal: AbortSignal,
): Promise<Volume> {
  const { etag } = await getVolume(session, id, signal);
  const headers = { 'content-type': 'application/merge-patch+json', 'if-match': etag };
  const path = `volumes/${encodeURIComponent(id)}`;
  return answerOf(await send(session, { method: 'PATCH', path, headers, body: patch, signal })).volume;
}

export async function deleteVolume(session: IbmSession, id: string, signal: AbortSignal): Promise<void> {
  await send(session, { method: 'DELETE', path: `volumes/${encodeURIComponent(id)}`, signal });
}
