/** What the vendors' own APIs show, held against the graph and the report. Each disagreement is one line. */
import type { WorldNode } from '../../../domain/world';
import type { Finding, Report } from '../../../simulator';
import type { Reply, TestPlatform } from '../../support/platform';
import { volumeCall } from '../../support/world-builder';
import { codeOf } from './deeds';
import { type Observation, partsOf, shownStatus, statusText } from './observation';

/** `state` of a key (ibm-control-plane.md 6.1.3). */
const keyStates: Readonly<Record<number, string>> = {
  0: 'pre-active',
  1: 'active',
  2: 'suspended',
  3: 'deactivated',
  5: 'destroyed',
};

/** A program can check before it uses: each API shows the status that the graph does (behaviour.md F4). */
export async function compareVendorStatuses(platform: TestPlatform, is: Observation): Promise<string[]> {
  const found: string[] = [];
  for (const node of is.graph.nodes) {
    const status = await vendorStatus(platform, node, is);
    const shown = shownStatus(is, node.id);
    if (status !== undefined && status !== shown)
      found.push(`${node.id}: its API says ${status}, the graph ${shown}`);
  }
  return found;
}

/** In the words of the graph; undefined for what shows no status, or answers nothing. */
async function vendorStatus(
  platform: TestPlatform,
  node: WorldNode,
  { graph }: Observation,
): Promise<string | undefined> {
  const { instance, resource } = partsOf(node.id);
  if (node.kind === 'volume') {
    const { body } = await platform.request('GET', `/v1/volumes/${resource}?${volumeCall}`);
    return statusText(
      body.status,
      body.status_reasons.map(({ code }: { code: string }) => code),
    );
  }
  if (node.kind === 'kms-instance')
    return (await platform.request('GET', `/v2/resource_instances/${instance}`)).body.state;
  if (node.kind !== 'root-key') return undefined;
  const path = `/api/v2/keys/${resource}/metadata`;
  const reply = await platform.request('GET', path, undefined, { 'Bluemix-Instance': instance });
  const dangling = graph.statuses[node.id]?.reasons ?? [];
  return reply.status === 404
    ? undefined
    : statusText(keyStates[reply.body.resources[0].state] ?? 'unknown', dangling);
}

/** Something new can be encrypted exactly when what is encrypted already finds the key usable. */
export async function compareNewVolumes(
  platform: TestPlatform,
  { findings }: Report,
  is: Observation,
): Promise<string[]> {
  const found: string[] = [];
  for (const { id, condition } of findings.filter(({ kind }) => kind === 'volume')) {
    const key = is.graph.edges.find(({ type, to }) => type === 'protects' && to === id)?.from;
    const zone = is.graph.nodes.find((node) => node.id === id && node.kind === 'volume');
    if (key === undefined || zone?.kind !== 'volume') continue;
    const reply = await createVolume(platform, key, zone.zone ?? '');
    if ((condition.after === 'usable') !== reply.status < 300)
      found.push(
        `${id}: finds its key ${condition.after}, a new volume with it: ${reply.status} ${codeOf(reply)}`,
      );
  }
  return found;
}

function createVolume(platform: TestPlatform, key: string, zone: string): Promise<Reply> {
  return platform.request('POST', `/v1/volumes?${volumeCall}`, {
    zone: { name: zone },
    profile: { name: 'sdp' },
    capacity: 10,
    encryption_key: { crn: key },
  });
}

/** The users of a secret are those that its locks name; a lock that names none stands for itself. */
export async function compareConsumers(
  platform: TestPlatform,
  findings: readonly Finding[],
): Promise<string[]> {
  const found: string[] = [];
  for (const { id, consumers } of findings.filter(({ kind }) => kind === 'secret')) {
    const { instance, resource } = partsOf(id);
    const reply = await platform.request(
      'GET',
      `/secrets-manager/${instance}/api/v2/secrets/${resource}/locks`,
    );
    if (reply.status !== 200) continue;
    const users = reply.body.locks.map(
      ({ name, attributes }: { name: string; attributes?: { consumer?: string } }) =>
        attributes?.consumer ?? name,
    );
    const wanted = [...new Set<string>(users)].sort().join(', ');
    if (consumers.join(', ') !== wanted)
      found.push(`${id}: used by ${consumers.join(', ')}, its locks say ${wanted}`);
  }
  return found;
}
