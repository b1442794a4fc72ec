/**
 * IAM roles: CRNs, display names and which role carries which. Source: ibm-control-plane.md 6.3.2; for the roles that
 * one service alone has, its documentation (Key Protect `concepts/manage-access.md`, Secrets Manager `framework/iam.md`).
 */

export interface Role {
  readonly crn: string;
  readonly displayName: string;
  readonly kind: 'platform' | 'service';
  /** Services that have the role; absent for roles that every service has. */
  readonly services?: readonly string[];
  /** Roles whose permissions it contains, by CRN; those that they contain count too. */
  readonly carries: readonly string[];
  /** Actions that it permits beside those of the roles it contains. */
  readonly actions?: readonly string[];
  readonly source: string;
  readonly inferred?: true;
}

const platform = (name: string): string => `crn:v1:bluemix:public:iam::::role:${name}`;
const service = (name: string): string => `crn:v1:bluemix:public:iam::::serviceRole:${name}`;
const own = (serviceName: string, name: string): string =>
  `crn:v1:bluemix:public:${serviceName}::::serviceRole:${name}`;

export const viewer = platform('Viewer');
export const operator = platform('Operator');
export const editor = platform('Editor');
export const administrator = platform('Administrator');
/** Lets the source service hand the authorization on to services that depend on it (cross-account encryption). */
export const authorizationDelegator = platform('AuthorizationDelegator');
export const reader = service('Reader');
export const writer = service('Writer');
export const manager = service('Manager');
/** Retrieves the material of standard keys. */
export const kmsReaderPlus = own('kms', 'ReaderPlus');
export const hyperProtectReaderPlus = own('hs-crypto', 'ReaderPlus');
/** Purges keys four hours after their deletion; no other role contains it, not even Manager. */
export const kmsKeyPurge = own('kms', 'KeyPurge');
export const hyperProtectKeyPurge = own('hs-crypto', 'KeyPurge');
/** Reads payloads; a Reader reads metadata only. */
export const secretsReader = own('secrets-manager', 'SecretsReader');
export const secretTaskUpdater = own('secrets-manager', 'SecretTaskUpdater');

const everywhere = 'ibm-control-plane.md 6.3.2';
const keyProtect = 'Key Protect concepts/manage-access.md; CRN form of ibm-control-plane.md 6.3.2';
const hyperProtect = 'IAM roles and actions (iam-service-roles.md, hs-crypto)';
const hyperProtectCrns = `${hyperProtect}; CRN: Hyper Protect Crypto Services uko-manage-access.md, table 9`;
const secretsManager = 'Secrets Manager framework/iam.md; CRN form of ibm-control-plane.md 6.3.2';

export const roles: readonly Role[] = [
  { crn: viewer, displayName: 'Viewer', kind: 'platform', carries: [], source: everywhere },
  { crn: operator, displayName: 'Operator', kind: 'platform', carries: [viewer], source: everywhere },
  { crn: editor, displayName: 'Editor', kind: 'platform', carries: [viewer], source: everywhere },
  {
    crn: administrator,
    displayName: 'Administrator',
    kind: 'platform',
    carries: [operator, editor],
    source: everywhere,
  },
  {
    crn: authorizationDelegator,
    displayName: 'Authorization Delegator',
    kind: 'platform',
    carries: [],
    source: 'ibm-vpc.md 4.10',
  },
  { crn: reader, displayName: 'Reader', kind: 'service', carries: [], source: everywhere },
  {
    crn: writer,
    displayName: 'Writer',
    kind: 'service',
    carries: [reader, kmsReaderPlus, hyperProtectReaderPlus, secretsReader],
    source: everywhere,
  },
  { crn: manager, displayName: 'Manager', kind: 'service', carries: [writer], source: everywhere },
  {
    crn: kmsReaderPlus,
    displayName: 'ReaderPlus',
    kind: 'service',
    services: ['kms'],
    carries: [reader],
    source: keyProtect,
    inferred: true,
  },
  {
    crn: hyperProtectReaderPlus,
    displayName: 'Reader Plus',
    kind: 'service',
    services: ['hs-crypto'],
    carries: [reader],
    source: hyperProtectCrns,
  },
  {
    crn: kmsKeyPurge,
    displayName: 'KeyPurge',
    kind: 'service',
    services: ['kms'],
    carries: [],
    source: keyProtect,
    inferred: true,
  },
  {
    crn: hyperProtectKeyPurge,
    displayName: 'KMS Key Purge Role',
    kind: 'service',
    services: ['hs-crypto'],
    carries: [],
    source: `${hyperProtect}; no source shows the CRN`,
    inferred: true,
  },
  {
    crn: own('hs-crypto', 'VMwareKMIPManager'),
    displayName: 'VMWare KMIP Manager',
    kind: 'service',
    services: ['hs-crypto'],
    carries: [],
    actions: ['hs-crypto.secrets.list'],
    source: hyperProtectCrns,
  },
  {
    crn: own('hs-crypto', 'CertificateManager'),
    displayName: 'Certificate Manager',
    kind: 'service',
    services: ['hs-crypto'],
    carries: [],
    source: hyperProtectCrns,
  },
  {
    crn: own('hs-crypto', 'VaultAdministrator'),
    displayName: 'Vault Administrator',
    kind: 'service',
    services: ['hs-crypto'],
    carries: [],
    source: hyperProtectCrns,
  },
  {
    crn: own('hs-crypto', 'KeyCustodianCreator'),
    displayName: 'Key Custodian - Creator',
    kind: 'service',
    services: ['hs-crypto'],
    carries: [],
    source: hyperProtectCrns,
  },
  {
    crn: own('hs-crypto', 'KeyCustodianDeployer'),
    displayName: 'Key Custodian - Deployer',
    kind: 'service',
    services: ['hs-crypto'],
    carries: [],
    source: hyperProtectCrns,
  },
  {
    crn: secretsReader,
    displayName: 'SecretsReader',
    kind: 'service',
    services: ['secrets-manager'],
    carries: [reader],
    source: secretsManager,
  },
  {
    crn: secretTaskUpdater,
    displayName: 'SecretTaskUpdater',
    kind: 'service',
    services: ['secrets-manager'],
    carries: [],
    source: secretsManager,
    inferred: true,
  },
];

/** The roles that can be granted on a service. */
export function rolesOf(serviceName: string): readonly Role[] {
  return roles.filter((role) => role.services?.includes(serviceName) ?? true);
}

/** Hyper Protect Crypto Services documents the roles of every service under CRNs of its own, too (uko-manage-access.md, table 9). */
const alsoWritten: ReadonlyMap<string, string> = new Map(
  [viewer, operator, editor, administrator, reader, writer, manager].map((crn) => [
    own('hs-crypto', crn.split(':').at(-1) ?? ''),
    crn,
  ]),
);

function canonicalRole(crn: string): string {
  return alsoWritten.get(crn) ?? crn;
}

export function roleByCrn(crn: string): Role | undefined {
  const canonical = canonicalRole(crn);
  return roles.find((role) => role.crn === canonical);
}

/** The role of that CRN where it can be granted on the service. */
export function roleOf(serviceName: string, crn: string): Role | undefined {
  const role = roleByCrn(crn);
  const written = role?.crn === crn || serviceName === 'hs-crypto';
  return written && role && (role.services?.includes(serviceName) ?? true) ? role : undefined;
}

/** By display name, or by the name at the end of the CRN: `KeyPurge` is displayed as `KMS Key Purge Role` of hs-crypto. */
export function roleByName(serviceName: string, name: string): Role | undefined {
  return rolesOf(serviceName).find(
    ({ crn, displayName }) => displayName === name || crn.endsWith(`:${name}`),
  );
}

/** Whether whoever holds one role has the permissions of the other. A role that is not known carries only itself. */
export function implies(held: string, wanted: string): boolean {
  if (canonicalRole(held) === canonicalRole(wanted)) return true;
  return roleByCrn(held)?.carries.some((carried) => implies(carried, wanted)) ?? false;
}
