/** Questions that cannot be asked. */
import { QuestionError, simulate } from '../../../simulator';
import { workload } from '../worlds';
import { start } from './asking';

describe('a question that cannot be asked', () => {
  it.each([
    [
      'there is no such node',
      { action: 'disable', targets: ['nowhere'] },
      "there is no node 'nowhere' in the world; give the id of one",
    ],
    [
      'the node is of another kind',
      { action: 'disable', targets: ['volume'] },
      "disable is not for a volume such as 'volume'; give a node of kind root-key",
    ],
    [
      'the node is of another kind, with two to choose from',
      { action: 'revoke-authorization', targets: ['volume'] },
      "revoke-authorization is not for a volume such as 'volume'; give a node of kind authorization or root-key",
    ],
    [
      'the time lies before the world',
      { action: 'disable', targets: ['key'], at: start - 1000 },
      "the question is asked for 2025-12-31T23:59:59Z, which is before the world's own time 2026-01-01T00:00:00.000Z; ask for a later one",
    ],
  ] as const)('because %s', (_, question, message) => {
    expect(() => simulate(workload(), question)).toThrow(new QuestionError(message));
  });
});
