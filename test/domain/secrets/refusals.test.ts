import { explainSecretRefusal, type SecretRefusal } from '../../../domain/secrets/refusals';

const cases: readonly (readonly [SecretRefusal, readonly string[], string, string])[] = [
  [
    'version-locked',
    ['app-1', 'app-2'],
    'the version is locked by app-1, app-2',
    'remove these locks when their holders no longer use the version',
  ],
  [
    'previous-version-locked',
    ['app-1'],
    'the previous version is locked by app-1, and rotating would delete its data',
    'move these holders to the current version and remove their locks, then rotate',
  ],
  [
    'secret-locked',
    ['app-1'],
    'the secret is locked by app-1',
    'remove these locks when their holders no longer use the secret',
  ],
  [
    'dynamic-secret-locked',
    ['app-1'],
    'the secret is made anew at each reading, and it is locked by app-1',
    'remove these locks, or let the secret reuse its API key',
  ],
  [
    'version-not-found',
    [],
    'the secret has no such version',
    'name the current or the previous version, or the id of one of its versions',
  ],
  [
    'version-without-alias',
    [],
    'the version is neither the current nor the previous one',
    'lock the current or the previous version',
  ],
  ['no-payload', [], 'the version no longer holds its data', 'use a version that does'],
  [
    'too-many-locks',
    [],
    'a secret holds 1000 locks at most, over all its versions',
    'remove locks that nobody needs any longer',
  ],
  [
    'mode-not-supported',
    [],
    'custom credentials do not take the mode remove_previous_and_delete',
    'use remove_previous and then delete the data of the previous version',
  ],
  ['task-pending', [], 'a task of the secret has not completed', 'wait until all its tasks have completed'],
];

test.each(cases)('%s', (refusal, locks, cause, remedy) => {
  expect(explainSecretRefusal({ allowed: false, refusal, locks })).toEqual({ cause, remedy });
});
