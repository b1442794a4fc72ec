/** Tokens, roles and audit events of the VPC API (ibm-vpc.md 5; behaviour.md A4). */
import { bearerOf } from '../../support/callers';
import { startTestPlatform, type TestPlatform } from '../../support/platform';
import { call, prototype, refusalOf } from './support';

describe('with tokens enforced', () => {
  let platform: TestPlatform;
  beforeAll(async () => {
    platform = await startTestPlatform({
      auth: 'enforce',
      identities: {
        users: [
          {
            id: 'IBMid-viewer',
            name: 'viewer',
            apiKeys: ['viewer-key'],
            access: [{ roles: ['Viewer'], service: 'is' }],
          },
          {
            id: 'IBMid-editor',
            name: 'editor',
            apiKeys: ['editor-key'],
            access: [{ roles: ['Editor'], service: 'is' }],
          },
        ],
      },
    });
  });
  afterAll(() => platform.close());

  const as = (apikey: string) => bearerOf(platform, apikey);

  test.each([
    ['no token', {}, 'token_missing', 'the request carries no bearer token'],
    ['no bearer token', { Authorization: 'Basic eA==' }, 'token_invalid', 'the bearer token is malformed'],
    [
      'a forged token',
      { Authorization: 'Bearer a.b.c' },
      'token_invalid',
      expect.stringMatching(/^the bearer token is /),
    ],
  ])('%s answers 401', async (_name, headers, code, message) => {
    const refused = await platform.request(
      'GET',
      `/v1/volumes?${call}`,
      undefined,
      headers as Record<string, string>,
    );
    expect(refusalOf(refused)).toEqual([401, code, message]);
  });

  test('a Viewer reads and cannot create; an Editor can', async () => {
    const viewer = await as('viewer-key');
    expect((await platform.request('GET', `/v1/volumes?${call}`, undefined, viewer)).status).toBe(200);
    const refused = await platform.request('POST', `/v1/volumes?${call}`, prototype, viewer);
    expect(refusalOf(refused)).toEqual([
      403,
      'not_authorized',
      'the caller is not authorized for is.volume.volume.create',
    ]);
    expect(refused.body.keyquake).toEqual({
      cause: 'the caller lacks the role Editor',
      remedy: 'grant Editor on VPC Infrastructure Services',
    });
    const made = await platform.request('POST', `/v1/volumes?${call}`, prototype, await as('editor-key'));
    expect(made.status).toBe(201);
  });
});

test('each change is an audit event with what was before and after', async () => {
  const platform = await startTestPlatform();
  try {
    const { body } = await platform.request('POST', `/v1/volumes?${call}`, prototype);
    const path = `/v1/volumes/${body.id}?${call}`;
    await platform.request('PATCH', path, { name: 'renamed' });
    await platform.request('PATCH', path, { capacity: 1 });
    await platform.request('DELETE', path);
    const { events } = (
      await platform.request('GET', `/_keyquake/events?target=${encodeURIComponent(body.crn)}`)
    ).body;
    const told = events.map(({ action, outcome, before, after }: Record<string, { name?: string }>) => [
      action,
      outcome,
      before?.name,
      after?.name,
    ]);
    expect(told).toEqual([
      ['is.volume.volume.create', 'success', undefined, 'data-1'],
      ['is.volume.volume.update', 'success', 'data-1', 'renamed'],
      ['is.volume.volume.update', 'failure', undefined, undefined],
      ['is.volume.volume.delete', 'success', 'renamed', undefined],
    ]);
  } finally {
    await platform.close();
  }
});
