/** What the flags of `up` that change a platform's behaviour do to it (behaviour.md A1, A2). */
import { account, type LivePlatform, newInstance, newKey, startLivePlatform } from './live-platform';

async function withPlatform(flags: string[], work: (platform: LivePlatform) => Promise<void>): Promise<void> {
  const platform = await startLivePlatform(...flags);
  try {
    await work(platform);
  } finally {
    await platform.end();
  }
}

test.each([
  [[], 400],
  [['--lenient'], 201],
])('%j: a field that the API does not know is answered with %i', async (flags, status) => {
  await withPlatform(flags, async ({ request }) => {
    const groups = await request('GET', '/v2/resource_groups?default=true');
    const reply = await request('POST', '/v2/resource_instances', {
      name: 'keys',
      target: 'us-south',
      resource_group: groups.body.resources[0].id,
      resource_plan_id: 'eedd3585-90c6-4c8f-be3d-062069e99fc3',
      paramters: {},
    });
    expect(reply.status).toBe(status);
  });
});

// behaviour.md A1: whether a generated key can be restored is disputed; no is the cautious reading.
test.each([
  [[], false],
  [['--restore-generated-keys'], true],
])('%j: a generated key that was deleted can be restored: %s', async (flags, restored) => {
  await withPlatform(flags, async (platform) => {
    const instance = await newInstance(platform);
    const { id } = await newKey(platform, instance);
    const headers = { 'bluemix-instance': instance };
    await platform.request('DELETE', `/api/v2/keys/${id}`, undefined, headers);
    await platform.request('POST', '/_keyquake/clock', { advance: 'PT1M' });
    const reply = await platform.request('POST', `/api/v2/keys/${id}/restore`, undefined, headers);
    expect(reply.status === 201).toBe(restored);
    const shown = await platform.request('GET', `/api/v2/keys/${id}/metadata`, undefined, headers);
    expect(shown.body.resources[0].state).toBe(restored ? 1 : 5);
  });
});

const vpc = 'version=2026-03-24&generation=2';

async function encryptedVolume({ request }: LivePlatform, instance: string, crn: string): Promise<string> {
  const attributes = (values: Record<string, string>) => [
    { attributes: Object.entries(values).map(([name, value]) => ({ name, value })) },
  ];
  await request('POST', '/v1/policies', {
    type: 'authorization',
    subjects: attributes({ accountId: account, serviceName: 'server-protect' }),
    roles: [{ role_id: 'crn:v1:bluemix:public:iam::::serviceRole:Reader' }],
    resources: attributes({ accountId: account, serviceName: 'kms', serviceInstance: instance }),
  });
  const { body } = await request('POST', `/v1/volumes?${vpc}`, {
    name: 'data',
    zone: { name: 'us-south-1' },
    profile: { name: 'general-purpose' },
    capacity: 100,
    encryption_key: { crn },
  });
  return body.id;
}

test.each([
  [[], [0, 0]],
  [
    ['--registration-release', 'PT2H'],
    [1, 0],
  ],
])(
  '%j: registrations that are left when the volume is gone, and two hours later: %j',
  async (flags, counts) => {
    await withPlatform(flags, async (platform) => {
      const instance = await newInstance(platform);
      const key = await newKey(platform, instance);
      const volume = await encryptedVolume(platform, instance, key.crn);
      const headers = { 'bluemix-instance': instance };
      const registrations = async (): Promise<number> => {
        const path = `/api/v2/keys/${key.id}/registrations`;
        return ((await platform.request('GET', path, undefined, headers)).body.resources ?? []).length;
      };
      expect(await registrations()).toBe(1);
      await platform.request('DELETE', `/v1/volumes/${volume}?${vpc}`);
      const atOnce = await registrations();
      await platform.request('POST', '/_keyquake/clock', { advance: 'PT2H' });
      expect([atOnce, await registrations()]).toEqual(counts);
    });
  },
);

test('--propagation: an authorization is noticed only when it has passed', async () => {
  await withPlatform(['--propagation', 'PT10M'], async (platform) => {
    const instance = await newInstance(platform);
    const key = await newKey(platform, instance);
    expect(await encryptedVolume(platform, instance, key.crn)).toBeUndefined();
    await platform.request('POST', '/_keyquake/clock', { advance: 'PT10M' });
    expect(await encryptedVolume(platform, instance, key.crn)).toMatch(/^r/);
  });
});

test('--seed: the same ids and key material again', async () => {
  const made: string[] = [];
  for (const seed of ['7', '7', '8']) {
    await withPlatform(['--seed', seed, '--clock', '2026-01-15T10:00:00Z'], async (platform) => {
      made.push((await newKey(platform, await newInstance(platform))).crn);
    });
  }
  expect(made[1]).toBe(made[0]);
  expect(made[2]).not.toBe(made[0]);
});
