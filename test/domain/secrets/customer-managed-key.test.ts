import * as fc from 'fast-check';
import { missingPrerequisites } from '../../../domain/secrets/customer-managed-key';

/** behaviour.md B3: any of the four missing, and creation is refused and says which. */
const provided = {
  keyInstanceExists: true,
  rootKeyUsable: true,
  authorized: true,
  region: 'us-south',
  keyRegion: 'us-south',
};

test.each([
  ['nothing', {}, []],
  ['the key instance', { keyInstanceExists: false }, ['key-instance']],
  ['the root key', { rootKeyUsable: false }, ['root-key']],
  ['the authorization', { authorized: false }, ['authorization']],
  ['the region', { keyRegion: 'eu-de' }, ['same-region']],
])('%s is missing', (_what, facts, missing) => {
  expect(missingPrerequisites({ ...provided, ...facts })).toEqual(missing);
});

test('every combination names all that is missing, in order', () => {
  fc.assert(
    fc.property(fc.boolean(), fc.boolean(), fc.boolean(), fc.boolean(), (instance, rootKey, grant, near) => {
      const facts = {
        keyInstanceExists: instance,
        rootKeyUsable: rootKey,
        authorized: grant,
        region: 'us-south',
        keyRegion: near ? 'us-south' : 'us-east',
      };
      expect(missingPrerequisites(facts)).toEqual([
        ...(instance ? [] : ['key-instance']),
        ...(rootKey ? [] : ['root-key']),
        ...(grant ? [] : ['authorization']),
        ...(near ? [] : ['same-region']),
      ]);
    }),
  );
});
