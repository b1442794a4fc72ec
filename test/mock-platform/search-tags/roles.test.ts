/** Which role tags take (IBM Cloud account docs, `grant-tag-access.md`): Editor for user tags, Administrator for access tags. */
import { calledBy } from '../../support/callers';
import { Encryption } from '../../support/encryption';
import { startTestPlatform, type TestPlatform } from '../../support/platform';

const person = (name: string, role: string) => ({
  id: `IBMid-${name}`,
  name,
  apiKeys: [name],
  access: [{ roles: [role], service: 'kms' }],
});
const identities = {
  ownerApiKeys: ['owner'],
  users: [person('viewer', 'Viewer'), person('editor', 'Editor'), person('admin', 'Administrator')],
};

let platform: TestPlatform;
let crn: string;

async function as(apikey: string, method: string, path: string, body?: unknown): Promise<number> {
  return (await (await calledBy(platform, apikey)).request(method, path, body)).status;
}

describe('tags of an instance', () => {
  beforeEach(async () => {
    platform = await startTestPlatform({ auth: 'enforce', identities });
    const owner = await calledBy(platform, 'owner');
    crn = (await new Encryption(owner).instance({ service: 'kms' })).crn;
    await owner.request('POST', '/v3/tags?tag_type=access', { tag_names: ['env:prod', 'env:test'] });
  });
  afterEach(() => platform.close());

  test.each([
    ['user', 'team:a', { viewer: 403, editor: 200, admin: 200 }],
    ['access', 'env:prod', { viewer: 403, editor: 403, admin: 200 }],
  ])('attaching and detaching a tag of type %s', async (type, name, expected) => {
    const body = { tag_names: [name], resources: [{ resource_id: crn }] };
    for (const [who, status] of Object.entries(expected)) {
      expect([who, await as(who, 'POST', `/v3/tags/attach?tag_type=${type}`, body)]).toEqual([who, status]);
      expect([who, await as(who, 'POST', `/v3/tags/detach?tag_type=${type}`, body)]).toEqual([who, status]);
    }
  });

  test('deleting an access tag takes an administrator of the account, a user tag nobody in particular', async () => {
    expect(await as('admin', 'DELETE', '/v3/tags/env:test?tag_type=access')).toBe(403);
    expect(await as('owner', 'DELETE', '/v3/tags/env:test?tag_type=access')).toBe(200);
    expect(await as('viewer', 'DELETE', '/v3/tags/nobodys?tag_type=user')).toBe(200);
  });
});
