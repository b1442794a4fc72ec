import type { World } from '../../../domain/world';
import { SourceError, worldFromJson } from '../../../simulator';
import { workload } from '../worlds';

const read = (document: unknown): World =>
  worldFromJson(document, 'http://127.0.0.1:4510/_keyquake/graph', 0);

/** The platform's answer, changed at one place. */
function answer(change: (world: Record<string, never>) => void = () => undefined): unknown {
  const world = JSON.parse(JSON.stringify(workload())) as Record<string, never>;
  change(world);
  return world;
}

/** Members of the answer as they come out of JSON. */
type Loose = Record<string, unknown>;

const node = (world: unknown, index: number): Loose => (world as { nodes: Loose[] }).nodes[index] ?? {};
const edgeAt = (world: unknown, index: number): Loose => (world as { edges: Loose[] }).edges[index] ?? {};

describe('the graph of a platform', () => {
  it('is the world, in id order', () => {
    const world = read(answer());
    expect(world.at).toBe('2026-01-01T00:00:00.000Z');
    expect(world.nodes.map(({ id }) => id)).toEqual([
      'attached',
      'block-storage',
      'key',
      'kms',
      'lock-billing',
      'lock-reports',
      'secret',
      'secrets-manager',
      'sm',
      'volume',
    ]);
    expect(world.nodes).toEqual(expect.arrayContaining([...workload().nodes]));
    expect(world.edges).toEqual(workload().edges);
  });

  it('leaves out the statuses that the platform puts beside it', () => {
    const world = read(
      answer((one) =>
        Object.assign(one, { statuses: { key: { status: 'active', reasons: [], live: true } } }),
      ),
    );
    expect(Object.keys(world)).toEqual(['at', 'nodes', 'edges', 'unmapped', 'complete']);
  });

  it('reports what is registered on a key and not on the platform', () => {
    const world = read(
      answer((one) => Object.assign(edgeAt(one, 3), { type: 'protects', from: 'key', to: 'crn:bucket' })),
    );
    expect(world.unmapped).toEqual([
      { address: 'crn:bucket', reason: 'it is registered on key, and the platform has no such resource' },
    ]);
    expect(world.edges).toHaveLength(workload().edges.length - 1);
    expect(world.nodes.find(({ id }) => id === 'key')).toMatchObject({ registrations: 3 });
  });

  it.each<[string, (world: Record<string, never>) => void, string]>([
    [
      'no time',
      (one) => delete (one as Loose)['at'],
      'at must be an RFC 3339 time such as 2026-01-02T03:04:05Z',
    ],
    [
      'a wrong time',
      (one) => Object.assign(one, { at: 'today' }),
      'at must be an RFC 3339 time such as 2026-01-02T03:04:05Z',
    ],
    ['nodes that are no list', (one) => Object.assign(one, { nodes: {} }), 'nodes must be a list'],
    ['no list of what is unmapped', (one) => delete (one as Loose)['unmapped'], 'unmapped must be a list'],
    ['a node that is no object', (one) => Object.assign(one, { nodes: ['x'] }), 'nodes[0] must be an object'],
    [
      'a node of an unknown kind',
      (one) => Object.assign(node(one, 0), { kind: 'toString' }),
      'nodes[0].kind must be one of kms-instance, root-key, authorization, volume, secrets-manager-instance, secret, secret-lock',
    ],
    [
      'a node without an id',
      (one) => delete node(one, 1)['id'],
      'nodes[1].id must be a text that is not empty',
    ],
    [
      'an empty name',
      (one) => Object.assign(node(one, 1), { name: '' }),
      'nodes[1].name must be a text that is not empty',
    ],
    [
      'a state that is none',
      (one) => Object.assign(node(one, 1), { state: 'disabled' }),
      'nodes[1].state must be one of pre-active, active, suspended, deactivated, destroyed',
    ],
    [
      'a flag that is text',
      (one) => Object.assign(node(one, 1), { imported: 'yes' }),
      'nodes[1].imported must be true or false',
    ],
    [
      'a wrong time of deletion',
      (one) => Object.assign(node(one, 1), { deletedAt: 12 }),
      'nodes[1].deletedAt must be an RFC 3339 time such as 2026-01-02T03:04:05Z',
    ],
    [
      'another service',
      (one) => Object.assign(node(one, 0), { service: 'vault' }),
      'nodes[0].service must be one of kms, hs-crypto',
    ],
    [
      'roles that are no list',
      (one) => Object.assign(node(one, 2), { roles: 'Reader' }),
      'nodes[2].roles must be a list of texts',
    ],
    [
      'a member that the kind does not have',
      (one) => Object.assign(node(one, 1), { deleted_at: '2026-01-01T00:00:00Z' }),
      'nodes[1].deleted_at must be left out: the graph has no such member',
    ],
    [
      'an edge of an unknown type',
      (one) => Object.assign(edgeAt(one, 0), { type: 'owns' }),
      'edges[0].type must be one of contains, protects, authorizes, locks',
    ],
    [
      'an edge from nowhere',
      (one) => Object.assign(edgeAt(one, 0), { from: 'x' }),
      'edges[0].from must be the id of a node',
    ],
    [
      'an edge to nowhere',
      (one) => Object.assign(edgeAt(one, 0), { to: 'x' }),
      'edges[0].to must be the id of a node',
    ],
    [
      'an unmapped thing without reason',
      (one) => Object.assign(one, { unmapped: [{ address: 'x' }] }),
      'unmapped[0].reason must be a text that is not empty',
    ],
  ])('with %s is refused', (_, change, rule) => {
    expect(() => read(answer(change))).toThrow(
      new SourceError(
        `the graph of the platform is not one that can be read: ${rule}; use a platform of the same version`,
      ),
    );
  });

  it('with two nodes of one id is refused', () => {
    expect(() => read(answer((one) => Object.assign(node(one, 1), { id: 'kms' })))).toThrow(
      new SourceError("the graph of the platform has two nodes 'kms'; an id names one node"),
    );
  });
});
