/** Rotate, and actions on several keys. Expected values are typed from behaviour.md A1. */
import type { World } from '../../../domain/world';
import { edge, rootKey, workload } from '../worlds';
import { ask, check, day, goesOn, start } from './asking';

describe('rotate (A1: no status changes; refused unless active)', () => {
  it('changes nothing', () => {
    const report = ask(workload(), 'rotate');
    check(report, [
      ['volume', goesOn('available')],
      ['attached', goesOn('available')],
      ['sm', goesOn('active')],
      ['secret', goesOn('active')],
    ]);
    expect(report.targets[0]).toMatchObject({ before: 'active', after: 'active', refusal: null });
  });

  it.each(['suspended', 'destroyed', 'deactivated'] as const)('is refused for a %s key', (state) => {
    expect(ask(workload({ state }), 'rotate').targets[0]?.refusal?.reason).toBe('invalid-state');
  });
});

describe('several keys at once', () => {
  it('answers for all of them, each refused or done by itself', () => {
    const world = workload();
    const two: World = {
      ...world,
      nodes: [...world.nodes, rootKey({ id: 'idle', name: 'idle' })],
      edges: [...world.edges, edge('contains', 'kms', 'idle')],
    };
    const report = ask(two, 'delete', { targets: ['key', 'idle'] });
    expect(report.targets.map(({ id, after, refusal }) => [id, after, refusal?.reason])).toEqual([
      ['idle', 'destroyed', undefined],
      ['key', 'active', 'protects-resources'],
    ]);
  });

  it('leaves what a refused one protects as it is, whatever time passes', () => {
    const world = workload({ state: 'suspended', expiresAt: '2026-01-10T00:00:00Z' });
    const two: World = {
      ...world,
      nodes: [...world.nodes, rootKey({ id: 'idle', name: 'idle' })],
      edges: [...world.edges, edge('contains', 'kms', 'idle')],
    };
    const report = ask(two, 'disable', { targets: ['key', 'idle'], at: start + 20 * day });
    expect(report.targets.map(({ id, after, refusal }) => [id, after, refusal?.reason])).toEqual([
      ['idle', 'suspended', undefined],
      ['key', 'suspended', 'already-in-state'],
    ]);
    expect(report.findings.map(({ id, severity, before, after }) => [id, severity, before, after])).toEqual([
      ['attached', 'safe', 'available', 'available'],
      ['secret', 'safe', 'sealed', 'sealed'],
      ['sm', 'safe', 'sealed', 'sealed'],
      ['volume', 'safe', 'available', 'available'],
    ]);
  });
});
