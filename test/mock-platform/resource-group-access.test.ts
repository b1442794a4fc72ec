/** Roles granted in one resource group reach what is in it, in every service, and nothing else. (ibm-control-plane.md 6.3.2) */
import { bearerOf, calledBy } from '../support/callers';
import { Encryption } from '../support/encryption';
import { type Reply, startTestPlatform, type TestPlatform } from '../support/platform';

/** The group called Default of the account that a platform has when it is told none. */
const defaultGroup = 'd7fc7032ce9e362f270f1fb087516e94';
const otherGroup = 'f'.repeat(32);
const vpc = 'version=2026-03-24&generation=2';

const rolesIn = (resourceGroup: string) => [
  { roles: ['Viewer', 'ReaderPlus'], service: 'kms', resourceGroup },
  { roles: ['Viewer', 'Writer'], service: 'secrets-manager', resourceGroup },
  { roles: ['Editor'], service: 'is', resourceGroup },
];

const identities = {
  ownerApiKeys: ['owner'],
  users: [
    { id: 'IBMid-in', name: 'in the group', apiKeys: ['in'], access: rolesIn(defaultGroup) },
    { id: 'IBMid-out', name: 'in another group', apiKeys: ['out'], access: rolesIn(otherGroup) },
  ],
};

let platform: TestPlatform;
let calls: Readonly<Record<string, (headers: Record<string, string>) => Promise<Reply>>>;

beforeAll(async () => {
  platform = await startTestPlatform({ auth: 'enforce', identities });
  const owner = await calledBy(platform, 'owner');
  const cloud = new Encryption(owner);
  const kms = await cloud.instance({ service: 'kms' });
  const key = await cloud.key(kms.guid);
  const secrets = await cloud.instance({ service: 'secrets-manager' });
  const at = `/secrets-manager/${secrets.guid}/api/v2/secrets`;
  const prototype = {
    name: 'v',
    zone: { name: 'us-south-1' },
    profile: { name: 'general-purpose' },
    capacity: 100,
  };
  const volume = (await owner.request('POST', `/v1/volumes?${vpc}`, prototype)).body;
  calls = {
    'reads a key': (headers) =>
      platform.request('GET', `/api/v2/keys/${key.id}`, undefined, {
        ...headers,
        'Bluemix-Instance': kms.guid,
      }),
    'creates a secret': (headers) =>
      platform.request('POST', at, { secret_type: 'arbitrary', name: 'db', payload: 'hidden' }, headers),
    'reads a volume': (headers) =>
      platform.request('GET', `/v1/volumes/${volume.id}?${vpc}`, undefined, headers),
    'creates a volume in it': (headers) =>
      platform.request(
        'POST',
        `/v1/volumes?${vpc}`,
        { ...prototype, name: 'w', resource_group: { id: defaultGroup } },
        headers,
      ),
    'creates a volume where it goes unsaid': (headers) =>
      platform.request('POST', `/v1/volumes?${vpc}`, { ...prototype, name: 'x' }, headers),
    'views an instance': (headers) =>
      platform.request('GET', `/v2/resource_instances/${kms.guid}`, undefined, headers),
  };
});
afterAll(() => platform.close());

test.each([
  ['reads a key', 200, 401],
  ['creates a secret', 201, 403],
  ['reads a volume', 200, 403],
  ['creates a volume in it', 201, 403],
  ['creates a volume where it goes unsaid', 201, 403],
  ['views an instance', 200, 403],
])(
  'whoever has roles in the group %s; whoever has them in another does not',
  async (name, allowed, refused) => {
    const call = calls[name];
    expect((await call?.(await bearerOf(platform, 'out')))?.status).toBe(refused);
    expect((await call?.(await bearerOf(platform, 'in')))?.status).toBe(allowed);
  },
);
