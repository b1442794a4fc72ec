/** Every action of the simulator, done on the platform as its user would do it. */
import type { WorldNode } from '../../../domain/world';
import type { Action } from '../../../simulator';
import type { Reply, TestPlatform } from '../../support/platform';
import { type Observation, partsOf } from './observation';

/** Another material than the one that keys are imported with. */
const newMaterial = Buffer.alloc(32, 9).toString('base64');

export interface Deed {
  readonly action: Action;
  readonly target: WorldNode;
}

/** The answers to all that the action takes, in order; none when there is nothing to ask for. */
export async function perform(
  platform: TestPlatform,
  deed: Deed,
  { graph }: Observation,
): Promise<readonly Reply[]> {
  const { action, target } = deed;
  if (action === 'expire') return [letExpire(platform, target)];
  if (action === 'delete-instance')
    return [await platform.request('DELETE', `/v2/resource_instances/${partsOf(target.id).instance}`)];
  if (action !== 'revoke-authorization') return [await askKeyService(platform, action, target)];
  const revoked = target.kind === 'authorization' ? [target.id] : opening(graph, target.id);
  const replies: Reply[] = [];
  for (const id of revoked)
    replies.push(await platform.request('DELETE', `/v1/policies/${partsOf(id).resource}`));
  return replies;
}

/** The authorizations towards the instance that holds the key. */
function opening({ edges }: Observation['graph'], key: string): readonly string[] {
  const holder = edges.find(({ type, to }) => type === 'contains' && to === key)?.from;
  return edges.filter(({ type, to }) => type === 'authorizes' && to === holder).map(({ from }) => from);
}

function letExpire({ platform }: TestPlatform, target: WorldNode): Reply {
  if (target.kind !== 'root-key' || target.expiresAt === undefined)
    throw new Error(`${target.id} has no expiration date`);
  platform.clock.set(Math.max(Date.parse(target.expiresAt), platform.clock.now()));
  return { status: 204, headers: new Headers(), body: undefined };
}

type KeyRequest = Exclude<Action, 'expire' | 'revoke-authorization' | 'delete-instance'>;

const requests: Readonly<Record<KeyRequest, readonly [method: string, path: string]>> = {
  disable: ['POST', '/actions/disable'],
  enable: ['POST', '/actions/enable'],
  rotate: ['POST', '/actions/rotate'],
  delete: ['DELETE', ''],
  'force-delete': ['DELETE', '?force=true'],
  restore: ['POST', '/restore'],
  purge: ['DELETE', '/purge'],
};

export async function askKeyService(
  platform: TestPlatform,
  action: KeyRequest,
  key: WorldNode,
): Promise<Reply> {
  const { instance, resource } = partsOf(key.id);
  const [method, path] = requests[action];
  const body =
    action === 'rotate' && key.kind === 'root-key' && key.imported ? { payload: newMaterial } : undefined;
  return platform.request(method, `/api/v2/keys/${resource}${path}`, body, { 'Bluemix-Instance': instance });
}

/** Code of a refusal; the message where the Resource Controller refuses, which tells more there. */
export function codeOf({ body }: Reply): string {
  const [resource] = body?.resources ?? [];
  const [error] = body?.errors ?? [];
  return resource?.reasons?.[0]?.code ?? error?.code ?? body?.message ?? 'none';
}
