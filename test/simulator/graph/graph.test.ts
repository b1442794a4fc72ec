import fc from 'fast-check';
import { compare, type Edge, GraphError, graphOf } from '../../../simulator/graph/graph';
import { pathBetween, walk } from '../../../simulator/graph/walk';

type Label = 'a' | 'b';

const edge = (label: Label, from: string, to: string): Edge<Label> => ({ label, from, to });

describe('a graph', () => {
  const graph = graphOf<Label>(
    ['z', 'a', 'm'],
    [edge('b', 'z', 'm'), edge('a', 'z', 'm'), edge('a', 'z', 'a'), edge('a', 'z', 'a')],
  );

  it('lists nodes by code unit', () => {
    expect(graph.nodes).toEqual(['a', 'm', 'z']);
    expect(['ä', 'z', 'Z', 'a'].sort(compare)).toEqual(['Z', 'a', 'z', 'ä']);
  });

  it('lists edges by neighbour and label, each once', () => {
    expect(graph.outgoing('z')).toEqual([edge('a', 'z', 'a'), edge('a', 'z', 'm'), edge('b', 'z', 'm')]);
    expect(graph.incoming('m')).toEqual([edge('a', 'z', 'm'), edge('b', 'z', 'm')]);
  });

  it('has no edges at an id that it does not know', () => {
    expect(graph.outgoing('nowhere')).toEqual([]);
    expect(graph.incoming('nowhere')).toEqual([]);
  });

  it('refuses an id given twice', () => {
    expect(() => graphOf(['a', 'b', 'a'], [])).toThrow(
      new GraphError("node 'a' is given twice; an id names one node"),
    );
  });

  it.each([
    ['a', 'nowhere'],
    ['nowhere', 'a'],
  ])('refuses an edge from %s to %s, one of which is no node', (from, to) => {
    expect(() => graphOf(['a'], [edge('a', from, to)])).toThrow(
      new GraphError(`edge a from '${from}' to '${to}': there is no node 'nowhere'`),
    );
  });
});

describe('a walk', () => {
  const diamond = graphOf<Label>(
    ['s', 'l', 'r', 'e', 'far'],
    [
      edge('a', 's', 'r'),
      edge('a', 's', 'l'),
      edge('b', 'l', 'e'),
      edge('b', 'r', 'e'),
      edge('a', 'e', 's'),
      edge('a', 'e', 'far'),
    ],
  );

  it('goes nearest first, takes the first of equal ways and ends on a cycle', () => {
    expect(walk(diamond, 's')).toEqual([
      { id: 's', path: ['s'] },
      { id: 'l', path: ['s', 'l'] },
      { id: 'r', path: ['s', 'r'] },
      { id: 'e', path: ['s', 'l', 'e'] },
      { id: 'far', path: ['s', 'l', 'e', 'far'] },
    ]);
  });

  it('follows only the edges it is told to', () => {
    expect(walk(diamond, 's', ({ label }) => label === 'a').map(({ id }) => id)).toEqual(['s', 'l', 'r']);
  });

  it('answers the path between two nodes, or that there is none', () => {
    expect(pathBetween(diamond, 'l', 's')).toEqual(['l', 'e', 's']);
    expect(pathBetween(diamond, 'far', 's')).toBeUndefined();
  });

  it('does not depend on the order in which nodes and edges are given', () => {
    const ids = ['a', 'b', 'c', 'd', 'e'];
    const edges = fc.array(
      fc.record({
        label: fc.constantFrom<Label>('a', 'b'),
        from: fc.constantFrom(...ids),
        to: fc.constantFrom(...ids),
      }),
      { maxLength: 12 },
    );
    const shuffled = edges.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
    );
    fc.assert(
      fc.property(shuffled, fc.shuffledSubarray(ids, { minLength: ids.length }), ([list, other], order) => {
        expect(walk(graphOf(order, other), 'a')).toEqual(walk(graphOf(ids, list), 'a'));
      }),
    );
  });
});
