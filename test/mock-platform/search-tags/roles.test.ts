/** Which role tags take (IBM Cloud account docs, `grant-tag-access.md`): Editor for user tags, Administrator for access tags. */
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
  const grant_type = 'urn:ibm:params:oauth:grant-type:apikey';
  const form = new URLSearchParams({ grant_type, apikey }).toString();
  const token = (await platform.request('POST', '/identity/token', form)).body.access_token;
  return (await platform.request(method, path, body, { Authorization: `Bearer ${token}` })).status;
}

describe('tags of an instance', () => {
  beforeEach(async () => {
    platform = await startTestPlatform({ auth: 'enforce', identities });
    const grant_type = 'urn:ibm:params:oauth:grant-type:apikey';
    const form = new URLSearchParams({ grant_type, apikey: 'owner' }).toString();
    const token = (await platform.request('POST', '/identity/token', form)).body.access_token;
    const owner: TestPlatform['request'] = (method, path, body, headers) =>
      platform.request(method, path, body, { Authorization: `Bearer ${token}`, ...headers });
    crn = (await new Encryption({ ...platform, request: owner }).instance({ service: 'kms' })).crn;
    await owner('POST', '/v3/tags?tag_type=access', { tag_names: ['env:prod', 'env:test'] });
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
