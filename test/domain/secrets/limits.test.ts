import {
  configurationLimits,
  lockLimits,
  lockListLimits,
  secretGroupLimits,
  secretGroupNamePattern,
  secretLimits,
  secretListLimits,
  secretNamePattern,
} from '../../../domain/secrets/limits';
import { secretStates, secretTypes } from '../../../domain/secrets/types';

describe('limits (ibm-control-plane.md 6.2.8)', () => {
  test.each<readonly [string, unknown, unknown]>([
    ['secret name, 2 to 256', secretLimits.name, { min: 2, max: 256 }],
    ['description, 2 to 1024', secretLimits.description, { min: 2, max: 1024 }],
    ['30 labels', secretLimits.labels, 30],
    ['label, 2 to 64', secretLimits.label, { min: 2, max: 64 }],
    ['arbitrary payload, 1 MB', secretLimits.payload.arbitrary, 1_048_576],
    ['kv payload, 512 KB', secretLimits.payload.kv, 524_288],
    ['certificate, 100 KB', secretLimits.payload.certificate, 102_400],
    ['username, 2 to 64', secretLimits.username, { min: 2, max: 64 }],
    ['password, 6 to 256', secretLimits.password, { min: 6, max: 256 }],
    ['custom metadata, 10 KB', secretLimits.customMetadata, 10_240],
    ['50 versions (6.2.4)', secretLimits.versions, 50],
    ['ttl, 1 minute to 90 days', secretLimits.iamCredentialsTtl, { min: 60_000, max: 7_776_000_000 }],
    ['1 to 10 access groups', secretLimits.accessGroups, { min: 1, max: 10 }],
    ['200 groups', secretGroupLimits.perInstance, 200],
    ['group name, 2 to 64', secretGroupLimits.name, { min: 2, max: 64 }],
    ['1,000 locks (6.2.6)', lockLimits.perSecret, 1000],
    ['list of secrets, 200 and 1000 (6.2.1)', secretListLimits, { default: 200, max: 1000 }],
    ['list of locks, 25 and 1000 (6.2.1)', lockListLimits, { default: 25, max: 1000 }],
    ['10 root CAs', configurationLimits.private_cert_configuration_root_ca, 10],
    ['10 intermediate CAs', configurationLimits.private_cert_configuration_intermediate_ca, 10],
    ['10 templates', configurationLimits.private_cert_configuration_template, 10],
    ['10 public CAs', configurationLimits.public_cert_configuration_ca, 10],
    ['10 DNS providers', configurationLimits.public_cert_configuration_dns, 10],
    ['10 custom credentials', configurationLimits.custom_credentials_configuration, 10],
    ['1 IAM credentials', configurationLimits.iam_credentials_configuration, 1],
  ])('%s', (_limit, actual, expected) => {
    expect(actual).toEqual(expected);
  });
});

describe('names', () => {
  test.each([
    ['db', true],
    ['db-password', true],
    ['db.password', true],
    ['db_password', true],
    ['a', true],
    ['-db', false],
    ['db-', false],
    ['.db', false],
    ['db password', false],
    ['db/password', false],
    ['dé', false],
    ['', false],
  ])('secret %j: %p', (name, allowed) => {
    expect(secretNamePattern.test(name)).toBe(allowed);
  });

  test.each([
    ['team-a', true],
    ['team_a.b', true],
    ['1', true],
    ['-team', false],
    ['team-', false],
    ['team a', false],
    ['', false],
  ])('group %j: %p (ibm-control-plane.md 5.1)', (name, allowed) => {
    expect(secretGroupNamePattern.test(name)).toBe(allowed);
  });
});

test('types and states (ibm-control-plane.md 6.2.2)', () => {
  expect(secretTypes).toEqual([
    'arbitrary',
    'username_password',
    'kv',
    'imported_cert',
    'public_cert',
    'private_cert',
    'iam_credentials',
    'service_credentials',
    'custom_credentials',
  ]);
  expect(secretStates).toEqual({ pre_activation: 0, active: 1, suspended: 2, deactivated: 3, destroyed: 5 });
});
