/** The schemas state limits that the domain states too, for their other users: the two must agree. */
import {
  lockLimits,
  secretGroupLimits,
  secretLimits,
  secretListLimits,
} from '../../../domain/secrets/limits';
import { secretTypes } from '../../../domain/secrets/types';
import createLocks from '../../../mock-platform/services/secrets-manager/schema/create-locks.json';
import createSecret from '../../../mock-platform/services/secrets-manager/schema/create-secret.json';
import createGroup from '../../../mock-platform/services/secrets-manager/schema/create-secret-group.json';
import listSecrets from '../../../mock-platform/services/secrets-manager/schema/list-secrets-query.json';
import updateGroup from '../../../mock-platform/services/secrets-manager/schema/update-secret-group.json';
import updateMetadata from '../../../mock-platform/services/secrets-manager/schema/update-secret-metadata.json';

interface Lengths {
  readonly minLength?: number;
  readonly maxLength?: number;
}

const lengths = ({ minLength = 0, maxLength }: Lengths) => ({ min: minLength, max: maxLength });

test.each([
  ['secret name', createSecret.properties.name, secretLimits.name],
  ['secret name in a patch', updateMetadata.properties.name, secretLimits.name],
  ['secret description', createSecret.properties.description, secretLimits.description],
  ['secret description in a patch', updateMetadata.properties.description, secretLimits.description],
  ['label', createSecret.properties.labels.items, secretLimits.label],
  ['group name', createGroup.properties.name, secretGroupLimits.name],
  ['group name in a patch', updateGroup.properties.name, secretGroupLimits.name],
  ['group description', createGroup.properties.description, secretGroupLimits.description],
  ['lock name', createLocks.properties.locks.items.properties.name, lockLimits.name],
  ['lock description', createLocks.properties.locks.items.properties.description, lockLimits.description],
])('length of a %s', (_name, schema, limit) => {
  expect(lengths(schema)).toEqual(limit);
});

test('numbers and enumerations', () => {
  expect(createSecret.properties.labels.maxItems).toBe(secretLimits.labels);
  expect(updateMetadata.properties.labels.maxItems).toBe(secretLimits.labels);
  expect(createLocks.properties.locks.maxItems).toBe(lockLimits.perSecret);
  expect(createSecret.properties.secret_type.enum).toEqual(secretTypes);
  const limit = new RegExp(listSecrets.properties.limit.pattern);
  expect([limit.test(String(secretListLimits.max)), limit.test(String(secretListLimits.max + 1))]).toEqual([
    true,
    false,
  ]);
});
