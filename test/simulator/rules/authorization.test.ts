/** Authorizations that go, and those that are missing. Expected values are typed from behaviour.md A3 and ibm-vpc.md 4.1, 4.10. */
import type { World } from '../../../domain/world';
import { authorization, edge, rootKey, volume, without, workload } from '../worlds';
import { ask, check, finding, goesOn, sealedInstance, sealedSecret } from './asking';

describe('revoke-authorization (A3: data inaccessible, kept; running things go on; ibm-vpc.md 4.1)', () => {
  it('cuts off the volumes of the block storage service and nothing else', () => {
    const report = ask(workload(), 'revoke-authorization', { targets: ['block-storage'] });
    check(report, [
      [
        'volume',
        { severity: 'latent', status: ['available', 'available'], reasons: [], lost: ['attach', 'snapshot'] },
      ],
      [
        'attached',
        {
          severity: 'latent',
          status: ['available', 'available'],
          reasons: [],
          lost: ['snapshot', 'instance.start'],
        },
      ],
    ]);
    expect(report.targets[0]).toMatchObject({ kind: 'authorization', before: 'present', after: 'removed' });
    expect(finding(report, 'volume')).toMatchObject({
      path: ['block-storage', 'kms', 'key', 'volume'],
      condition: { before: 'usable', after: 'unauthorized' },
      undo: { by: 'recreate-authorization', from: '2026-01-01T00:00:00Z', until: null },
      disputed: [],
    });
  });

  it('seals the secrets', () => {
    check(ask(workload(), 'revoke-authorization', { targets: ['secrets-manager'] }), [
      [
        'sm',
        {
          severity: 'breaks',
          status: ['active', 'sealed'],
          reasons: ['authorization_missing'],
          lost: sealedInstance,
        },
      ],
      [
        'secret',
        {
          severity: 'breaks',
          status: ['active', 'sealed'],
          reasons: ['authorization_missing'],
          lost: sealedSecret,
        },
      ],
    ]);
  });

  it('given a key, revokes every authorization towards its instance', () => {
    const other = rootKey({ id: 'other', name: 'other' });
    const world = workload();
    const both: World = {
      ...world,
      nodes: [...world.nodes, other, volume({ id: 'other-volume' })],
      edges: [...world.edges, edge('contains', 'kms', 'other'), edge('protects', 'other', 'other-volume')],
    };
    const report = ask(both, 'revoke-authorization');
    expect(report.findings.map(({ id, severity }) => [id, severity])).toEqual([
      ['secret', 'breaks'],
      ['sm', 'breaks'],
      ['attached', 'latent'],
      ['other-volume', 'latent'],
      ['volume', 'latent'],
    ]);
    expect(finding(report, 'volume').path).toEqual(['key', 'volume']);
    expect(finding(report, 'other-volume').path).toEqual(['block-storage', 'kms', 'other', 'other-volume']);
  });

  it('changes nothing while another authorization permits the same', () => {
    const world = workload();
    const twice: World = {
      ...world,
      nodes: [...world.nodes, authorization({ id: 'wide', targetInstance: undefined })],
      edges: [...world.edges, edge('authorizes', 'wide', 'kms')],
    };
    check(ask(twice, 'revoke-authorization', { targets: ['block-storage'] }), [
      ['volume', goesOn('available')],
      ['attached', goesOn('available')],
    ]);
  });

  it('is refused when there is none', () => {
    const report = ask(without(workload(), 'block-storage', 'secrets-manager'), 'revoke-authorization');
    expect(report.targets[0]?.refusal).toEqual({
      reason: 'no-authorization',
      explanation: 'no authorization of this world opens the instance that holds key',
      because: [],
      remedy: 'give a source that holds the authorizations too',
      earliest: null,
    });
  });
});

describe('a dependant without authorization in the world', () => {
  const cutOff = without(workload(), 'block-storage', 'secrets-manager');

  it.each([
    ['no authorization', cutOff],
    [
      'one for another service',
      {
        ...cutOff,
        nodes: [...cutOff.nodes, authorization({ id: 'x', sourceService: 'is' })],
        edges: [...cutOff.edges, edge('authorizes', 'x', 'kms')],
      },
    ],
    [
      'one for another instance',
      { ...cutOff, nodes: [...cutOff.nodes, authorization({ id: 'x', targetInstance: 'elsewhere' })] },
    ],
    [
      'one with a role that is not enough',
      {
        ...cutOff,
        nodes: [...cutOff.nodes, authorization({ id: 'x', roles: ['Viewer'] })],
        edges: [...cutOff.edges, edge('authorizes', 'x', 'kms')],
      },
    ],
  ] as const)('is seen as it is, with %s', (_, world) => {
    expect(finding(ask(world as World, 'disable'), 'sm')).toMatchObject({
      before: 'sealed',
      after: 'sealed',
      reasons: ['root_key_suspended'],
      condition: { before: 'unauthorized', after: 'suspended' },
    });
  });

  it('still counts with what it would lose if the authorization is elsewhere', () => {
    const report = ask(cutOff, 'disable');
    expect(report.counts).toMatchObject({ breaks: 2, latent: 2 });
    expect(finding(report, 'sm').disputed).toEqual([
      {
        reading:
          'an authorization outside this source lets it use the key, so it still has something to lose',
        alternative: 'no authorization lets it use the key: it is cut off already',
        source: expect.stringContaining('behaviour.md A3'),
      },
    ]);
  });

  it('is not reached by an authorization that the world does not let open the instance: a resource group, say', () => {
    const limited = authorization({ id: 'x', targetInstance: undefined });
    const world: World = { ...cutOff, nodes: [...cutOff.nodes, limited] };
    expect(finding(ask(world, 'disable'), 'volume').condition.before).toBe('unauthorized');
    const opened: World = { ...world, edges: [...world.edges, edge('authorizes', 'x', 'kms')] };
    expect(finding(ask(opened, 'disable'), 'volume').condition.before).toBe('usable');
  });

  it('is found under another spelling of the service and a wider role (ibm-vpc.md 4.10; Manager carries Reader)', () => {
    const world: World = {
      ...cutOff,
      nodes: [
        ...cutOff.nodes,
        authorization({ id: 'x', sourceService: 'is.server-protect', roles: ['Manager'] }),
      ],
      edges: [...cutOff.edges, edge('authorizes', 'x', 'kms')],
    };
    expect(finding(ask(world, 'disable'), 'volume').condition.before).toBe('usable');
  });

  it('is found when limited to one source instance by node id or GUID', () => {
    const guid = '6f0a1c2e-0000-4000-8000-000000000001';
    for (const sourceInstance of ['sm', guid]) {
      const world: World = {
        ...cutOff,
        nodes: [
          ...cutOff.nodes.map((node) =>
            node.id === 'sm'
              ? { ...node, crn: `crn:v1:bluemix:public:secrets-manager:us-south:a/1:${guid}::` }
              : node,
          ),
          authorization({ id: 'x', sourceService: 'secrets-manager', sourceInstance }),
        ],
        edges: [...cutOff.edges, edge('authorizes', 'x', 'kms')],
      };
      expect(finding(ask(world, 'disable'), 'secret').condition.before).toBe('usable');
    }
  });
});
