import { effectiveInstanceState, reclamationEnds, reclamationWindow } from '../../domain/instances';
import { days, now } from './keys/support';

describe('reclamation of a service instance (behaviour.md B5; ibm-control-plane.md 6.4.2)', () => {
  test('lasts 7 days', () => {
    expect(reclamationWindow).toBe(604_800_000);
    expect(reclamationEnds(now)).toBe(now + days(7));
  });

  test.each([
    ['active', undefined, 'active'],
    ['pending_reclamation', now, 'pending_reclamation'],
    ['pending_reclamation', now - days(7) + 1, 'pending_reclamation'],
    ['pending_reclamation', now - days(7), 'removed'],
    ['pending_reclamation', undefined, 'pending_reclamation'],
    ['removed', now, 'removed'],
    ['active', now - days(400), 'active'],
  ] as const)('%s, deleted at %p: %s', (state, deletedAt, expected) => {
    expect(effectiveInstanceState({ state, deletedAt }, now)).toBe(expected);
  });
});
