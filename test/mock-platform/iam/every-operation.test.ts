/**
 * With roles enforced every operation of every service checks, and says which role is missing; with `warn` it says in
 * the log what would be refused. The tables of operations are walked, so that a new one is asked as well.
 */
import { accessesOf, type Operation, type Service } from '../../../mock-platform/kernel/operation';
import { services } from '../../../mock-platform/services';
import { bearerOf } from '../../support/callers';
import { startTestPlatform, type TestPlatform } from '../../support/platform';

const identities = {
  ownerApiKeys: ['owner'],
  users: [{ id: 'IBMid-none', name: 'nobody', apiKeys: ['nobody'] }],
};

/** What needs no token: how one gets it, and what the vendor shows everybody. */
const forEverybody = [
  'iam-identity getToken',
  'iam-identity getTokenByOidcPath',
  'catalog listCatalogEntries',
  'catalog getCatalogEntry',
  'catalog getChildObjects',
  'catalog getPlans',
  'catalog getFlavors',
  'catalog getDeployments',
];

/** What any identity may ask; the lists among them leave out what the caller may not view. */
const forAnybody = [
  'iam listPolicies',
  'iam listV2Policies',
  'iam-roles listRoles',
  'iam-roles getRole',
  'vpc listVolumeProfiles',
  'vpc getVolumeProfile',
  'resource-controller listResourceInstances',
  'resource-controller listReclamations',
  'resource-manager listResourceGroups',
  'resource-manager getQuotaDefinition',
  'resource-manager listQuotaDefinitions',
  'search-tags search',
  'search-tags listTags',
  'search-tags deleteTag',
];

const named = services.flatMap((service) =>
  service.operations.map(
    (operation) => [`${service.name} ${operation.operation}`, service, operation] as const,
  ),
);
const withAccess = (access: Operation['access']) =>
  named.filter(([, , operation]) => operation.access === access).map(([name]) => name);
const guarded = named.filter(([, , { access }]) => typeof access !== 'string');

test('the operations without a role are these', () => {
  expect(withAccess('public').sort()).toEqual([...forEverybody].sort());
  expect(withAccess('authenticated').sort()).toEqual([...forAnybody].sort());
});

test('every role that an operation names exists, for its service or for all', () => {
  const known = ['Viewer', 'Operator', 'Editor', 'Administrator', 'Reader', 'Writer', 'Manager'];
  const special = ['ReaderPlus', 'KeyPurge', 'SecretsReader', 'SecretTaskUpdater'];
  for (const [name, , operation] of guarded) {
    for (const { role, action } of accessesOf(operation)) {
      expect([name, [...known, ...special].includes(role)]).toEqual([name, true]);
      expect(action).toMatch(/^[a-z-]+\.[\w-]+\.[\w-]+/i);
    }
  }
});

/** The path with something in place of each parameter: a role is asked for before anything is looked up. */
function pathOf({ mount = '' }: Service, { path }: Operation): string {
  return `${mount}${path}`.replace(/[:*]\{?(\w+)\}?/g, 'a0000000-0000-4000-8000-000000000001');
}

let platform: TestPlatform;
let nobody: Record<string, string>;
const warnings: string[] = [];
const logger = { info: () => 0, warn: (line: string) => warnings.push(line), error: () => 0 };

async function start(auth: 'enforce' | 'warn'): Promise<void> {
  platform = await startTestPlatform({ auth, identities, logger });
  nobody = {
    ...(await bearerOf(platform, 'nobody')),
    'Bluemix-Instance': 'a0000000-0000-4000-8000-000000000001',
  };
}

describe('enforced', () => {
  beforeAll(() => start('enforce'));
  afterAll(() => platform.close());

  test.each(guarded)('%s is refused to who has no role, naming it', async (_name, service, operation) => {
    const reply = await platform.request(operation.method, pathOf(service, operation), undefined, nobody);
    // Key Protect answers 401 where others answer 403 (ibm-control-plane.md 6.1.10).
    expect(reply.status).toBe(service.name === 'key-protect' ? 401 : 403);
    if (operation.method === 'HEAD') return;
    const [{ role, action }] = accessesOf(operation) as [{ role: string; action: string }];
    expect(reply.body.keyquake.cause).toContain(role);
    expect(JSON.stringify(reply.body)).toContain(action);
    expect(reply.body.keyquake.remedy).toContain(role);
  });

  test.each(named.filter(([, , { access }]) => access !== 'public'))(
    '%s is refused without a token',
    async (_name, service, operation) => {
      const { Authorization: _, ...anonymous } = nobody;
      const reply = await platform.request(
        operation.method,
        pathOf(service, operation),
        undefined,
        anonymous,
      );
      expect(reply.status).toBe(401);
    },
  );
});

describe('with warn', () => {
  beforeAll(() => start('warn'));
  beforeEach(() => {
    warnings.length = 0;
  });
  afterAll(() => platform.close());

  test.each(guarded)('%s tells what enforcing would refuse', async (_name, service, operation) => {
    const reply = await platform.request(operation.method, pathOf(service, operation), undefined, nobody);
    // Whatever else stands in the way: it is not the role.
    expect(String(reply.body?.keyquake?.cause)).not.toMatch(/lacks the role|needs the role/);
    const [{ role, action }] = accessesOf(operation) as [{ role: string; action: string }];
    expect(warnings).toContain(
      `enforcing roles would refuse ${operation.operation}: IBMid-none lacks ${role} (${action})`,
    );
  });
});
