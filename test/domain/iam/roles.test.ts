import { implies, roleByCrn, roleByName, roleOf, roles, rolesOf } from '../../../domain/iam/roles';

const service = (name: string): string => `crn:v1:bluemix:public:iam::::serviceRole:${name}`;
const platform = (name: string): string => `crn:v1:bluemix:public:iam::::role:${name}`;
const hyperProtect = (name: string): string => `crn:v1:bluemix:public:hs-crypto::::serviceRole:${name}`;
const readerPlus = 'crn:v1:bluemix:public:kms::::serviceRole:ReaderPlus';
const keyPurge = 'crn:v1:bluemix:public:kms::::serviceRole:KeyPurge';
const secretsReader = 'crn:v1:bluemix:public:secrets-manager::::serviceRole:SecretsReader';

describe('CRNs and display names (ibm-control-plane.md 6.3.2)', () => {
  test.each([
    ['kms', 'Reader', service('Reader')],
    ['kms', 'Writer', service('Writer')],
    ['kms', 'Manager', service('Manager')],
    ['kms', 'ReaderPlus', readerPlus],
    ['kms', 'KeyPurge', keyPurge],
    ['hs-crypto', 'Reader', service('Reader')],
    ['hs-crypto', 'Reader Plus', hyperProtect('ReaderPlus')],
    ['hs-crypto', 'KMS Key Purge Role', hyperProtect('KeyPurge')],
    ['hs-crypto', 'VMWare KMIP Manager', hyperProtect('VMwareKMIPManager')],
    ['hs-crypto', 'Certificate Manager', hyperProtect('CertificateManager')],
    ['hs-crypto', 'Vault Administrator', hyperProtect('VaultAdministrator')],
    ['hs-crypto', 'Key Custodian - Creator', hyperProtect('KeyCustodianCreator')],
    ['hs-crypto', 'Key Custodian - Deployer', hyperProtect('KeyCustodianDeployer')],
    ['secrets-manager', 'SecretsReader', secretsReader],
    [
      'secrets-manager',
      'SecretTaskUpdater',
      'crn:v1:bluemix:public:secrets-manager::::serviceRole:SecretTaskUpdater',
    ],
    ['is', 'Viewer', platform('Viewer')],
    ['is', 'Operator', platform('Operator')],
    ['is', 'Editor', platform('Editor')],
    ['is', 'Administrator', platform('Administrator')],
    ['kms', 'Authorization Delegator', platform('AuthorizationDelegator')],
  ])('%s %s', (serviceName, displayName, crn) => {
    expect(roleByName(serviceName, displayName)?.crn).toBe(crn);
    expect(roleByCrn(crn)?.displayName).toBe(displayName);
  });

  test('roles of one service are not offered to others', () => {
    expect(roleByName('secrets-manager', 'KeyPurge')).toBeUndefined();
    expect(roleByName('kms', 'SecretsReader')).toBeUndefined();
    expect(roleByName('kms', 'reader')).toBeUndefined();
    expect(roleByCrn('crn:v1:bluemix:public:iam::::role:Owner')).toBeUndefined();
    expect(rolesOf('server-protect').map(({ displayName }) => displayName)).toEqual([
      'Viewer',
      'Operator',
      'Editor',
      'Administrator',
      'Authorization Delegator',
      'Reader',
      'Writer',
      'Manager',
    ]);
  });

  test.each([
    ['ReaderPlus', hyperProtect('ReaderPlus')],
    ['KeyPurge', hyperProtect('KeyPurge')],
  ])('the short name %s of an operation finds the role of Hyper Protect as well', (name, crn) => {
    expect(roleByName('hs-crypto', name)?.crn).toBe(crn);
  });

  test.each([
    ['Viewer', platform('Viewer')],
    ['Operator', platform('Operator')],
    ['Editor', platform('Editor')],
    ['Administrator', platform('Administrator')],
    ['Reader', service('Reader')],
    ['Writer', service('Writer')],
    ['Manager', service('Manager')],
  ])('%s of Hyper Protect under its own CRN (uko-manage-access.md, table 9)', (name, general) => {
    expect(roleOf('hs-crypto', hyperProtect(name))?.crn).toBe(general);
    expect(roleOf('hs-crypto', general)?.crn).toBe(general);
    expect(roleOf('kms', hyperProtect(name))).toBeUndefined();
    expect(implies(hyperProtect(name), general)).toBe(true);
    expect(implies(general, hyperProtect(name))).toBe(true);
  });

  test('no CRN is listed twice, and every role carried is listed', () => {
    const crns = roles.map(({ crn }) => crn);
    expect(new Set(crns).size).toBe(crns.length);
    for (const { carries } of roles) for (const carried of carries) expect(crns).toContain(carried);
  });
});

describe('which role carries which', () => {
  /** Rows hold, columns are wanted (Key Protect concepts/manage-access.md, Secrets Manager framework/iam.md). */
  const wanted = [
    service('Reader'),
    readerPlus,
    secretsReader,
    service('Writer'),
    service('Manager'),
    keyPurge,
  ];

  test.each([
    ['Reader', service('Reader'), 'y-----'],
    ['ReaderPlus', readerPlus, 'yy----'],
    ['ReaderPlus of Hyper Protect', 'crn:v1:bluemix:public:hs-crypto::::serviceRole:ReaderPlus', 'y-----'],
    ['SecretsReader', secretsReader, 'y-y---'],
    ['Writer', service('Writer'), 'yyyy--'],
    ['Manager', service('Manager'), 'yyyyy-'],
    ['KeyPurge', keyPurge, '-----y'],
    ['Administrator', platform('Administrator'), '------'],
  ])('%s', (_name, held, expected) => {
    expect(wanted.map((crn) => (implies(held, crn) ? 'y' : '-')).join('')).toBe(expected);
  });

  const platformRoles = ['Viewer', 'Operator', 'Editor', 'Administrator'].map(platform);

  test.each([
    ['Viewer', 'y---'],
    ['Operator', 'yy--'],
    ['Editor', 'y-y-'],
    ['Administrator', 'yyyy'],
  ])('%s', (name, expected) => {
    expect(platformRoles.map((crn) => (implies(platform(name), crn) ? 'y' : '-')).join('')).toBe(expected);
  });

  test('a role that is not known carries itself alone', () => {
    const custom = 'crn:v1:bluemix:public:iam-access-management::a/1::customRole:Auditor';
    expect(implies(custom, custom)).toBe(true);
    expect(implies(custom, service('Reader'))).toBe(false);
    expect(implies(service('Manager'), custom)).toBe(false);
  });
});
