/** Volumes without a key of their own: shapes, changes, lists (ibm-vpc.md 3.1, 3.13, 1.5, 1.7). */
import { startTestPlatform, type TestPlatform } from '../../support/platform';
import { callHost } from '../../support/vendor-host';
import { account, call, prototype, refusalOf, type Vpc, vpcOf } from './support';

let platform: TestPlatform;
let vpc: Vpc;
beforeEach(async () => {
  platform = await startTestPlatform();
  vpc = vpcOf(platform);
});
afterEach(() => platform.close());

describe('createVolume', () => {
  test('answers 201 with the whole volume and an ETag (ibm-vpc.md 3.1, 6 item 1)', async () => {
    const { status, body, headers } = await vpc.volume({ user_tags: ['env:test'] });
    const { id } = body;
    expect(id).toMatch(/^r006-[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(headers.get('etag')).toMatch(/^W\/"[0-9a-f]{32}"$/);
    const group = body.resource_group;
    expect(group).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{32}$/),
      name: 'Default',
      href: `https://resource-controller.cloud.ibm.com/v2/resource_groups/${group.id}`,
    });
    expect([status, body]).toEqual([
      201,
      {
        id,
        crn: `crn:v1:bluemix:public:is:us-south-1:a/${account}::volume:${id}`,
        href: `${platform.url}/v1/volumes/${id}`,
        name: 'data-1',
        resource_type: 'volume',
        created_at: '2026-01-15T10:00:00Z',
        status: 'available',
        status_reasons: [],
        health_state: 'ok',
        health_reasons: [],
        active: false,
        busy: false,
        attachment_state: 'unattached',
        adjustable_capacity_states: ['attached'],
        adjustable_iops_states: [],
        capacity: 100,
        iops: 3000,
        bandwidth: 393,
        storage_generation: 1,
        encryption: 'provider_managed',
        profile: {
          name: 'general-purpose',
          href: `${platform.url}/v1/volume/profiles/general-purpose`,
        },
        resource_group: group,
        user_tags: ['env:test'],
        software_attachments: [],
        volume_attachments: [],
        zone: { name: 'us-south-1', href: `${platform.url}/v1/regions/us-south/zones/us-south-1` },
      },
    ]);
    expect((await vpc.request('GET', `/volumes/${id}`)).body).toEqual(body);
  });

  // ibm-vpc.md 1.8, and for regions that it does not list, identifiers published elsewhere.
  test.each([
    ['us-south-2', 'r006-'],
    ['eu-de-1', 'r010-'],
    ['us-east-3', 'r014-'],
    ['eu-gb-1', 'r018-'],
    ['au-syd-1', 'r026-'],
    ['br-sao-1', 'r042-'],
  ])('takes the region from the zone %s: id %s…', async (zone, prefix) => {
    const { body } = await vpc.volume({ zone: { name: zone } });
    expect(body.id.startsWith(prefix)).toBe(true);
    expect(body.crn).toContain(`:is:${zone}:`);
  });

  // ibm-vpc.md 3.13 (3 iops a GB, floor 3,000), block_storage_vpc_profiles.md for the ends of the ranges.
  test.each([
    ['general-purpose', 10, undefined, 3_000, 393],
    ['general-purpose', 2_000, undefined, 6_000, 786],
    ['general-purpose', 16_000, undefined, 48_000, 5_360],
    ['5iops-tier', 9_600, undefined, 48_000, 6_144],
    ['10iops-tier', 4_800, undefined, 48_000, 8_192],
    ['custom', 10, 100, 100, 209],
    ['custom', 16_000, 48_000, 48_000, 8_192],
    ['sdp', 1, undefined, 3_000, 1_000],
    ['sdp', 32_000, 64_000, 64_000, 1_000],
  ])('%s of %i GB, iops asked %s: %i iops, %i Mbps', async (profile, capacity, asked, iops, bandwidth) => {
    const { status, body } = await vpc.volume({ profile: { name: profile }, capacity, iops: asked });
    expect([status, body.iops, body.bandwidth]).toEqual([201, iops, bandwidth]);
  });

  test('an sdp volume takes a bandwidth and is of the second generation', async () => {
    const { body } = await vpc.volume({ profile: { name: 'sdp' }, capacity: 100, bandwidth: 8_192 });
    expect([body.bandwidth, body.storage_generation, body.adjustable_capacity_states]).toEqual([
      8_192,
      2,
      ['attached', 'unattached'],
    ]);
  });

  test('invents a name of hyphenated words when none is given (ibm-vpc.md 3.13)', async () => {
    const names = [
      (await vpc.volume({ name: undefined })).body.name,
      (await vpc.volume({ name: undefined })).body.name,
    ];
    expect(names[0]).toMatch(/^[a-z]+(-[a-z]+){3}$/);
    expect(names[0]).not.toBe(names[1]);
  });

  test('the same name is free in another region (ibm-vpc.md 3.1: unique per region)', async () => {
    await vpc.volume();
    expect((await vpc.volume({ zone: { name: 'eu-de-1' } })).status).toBe(201);
  });

  test('takes zone and profile by href', async () => {
    const zone = { href: `${platform.url}/v1/regions/us-south/zones/us-south-3` };
    const { body } = await vpc.volume({
      zone,
      profile: { href: `${platform.url}/v1/volume/profiles/5iops-tier` },
    });
    expect([body.zone.name, body.profile.name]).toEqual(['us-south-3', '5iops-tier']);
  });
});

describe('updateVolume', () => {
  test('changes name and tags and leaves the rest', async () => {
    const { body: before } = await vpc.volume({ user_tags: ['a', 'b'] });
    const { status, body } = await vpc.request('PATCH', `/volumes/${before.id}`, {
      name: 'renamed',
      user_tags: ['c'],
    });
    expect([status, body]).toEqual([200, { ...before, name: 'renamed', user_tags: ['c'] }]);
    expect((await vpc.request('GET', '/volumes?name=renamed')).body.volumes).toEqual([body]);
  });

  test('an sdp volume changes capacity, iops and bandwidth while unattached (ibm-vpc.md 2.6)', async () => {
    const { body: before } = await vpc.volume({ profile: { name: 'sdp' } });
    const patched = await vpc.request('PATCH', `/volumes/${before.id}`, {
      capacity: 500,
      iops: 20_000,
      bandwidth: 4_000,
    });
    expect([patched.status, patched.body]).toEqual([
      200,
      { ...before, capacity: 500, iops: 20_000, bandwidth: 4_000 },
    ]);
  });

  test('a value that the volume has already is no change and needs no attachment', async () => {
    const { body } = await vpc.volume();
    const patched = await vpc.request('PATCH', `/volumes/${body.id}`, { capacity: 100 });
    expect([patched.status, patched.body]).toEqual([200, body]);
  });
});

describe('ETag and If-Match (ibm-vpc.md 1.5)', () => {
  test('a name changes the ETag, a capacity does not', async () => {
    const made = await vpc.volume({ profile: { name: 'sdp' } });
    const path = `/volumes/${made.body.id}`;
    const grown = await vpc.request('PATCH', path, { capacity: 200 });
    const renamed = await vpc.request('PATCH', path, { name: 'renamed' });
    expect(grown.headers.get('etag')).toBe(made.headers.get('etag'));
    expect(renamed.headers.get('etag')).not.toBe(made.headers.get('etag'));
    expect((await vpc.request('GET', path)).headers.get('etag')).toBe(renamed.headers.get('etag'));
  });

  test.each([
    ['the present ETag', (etag: string) => etag],
    ['the present ETag as a strong one', (etag: string) => etag.replace('W/', '')],
    ['one of several', (etag: string) => `"other", ${etag}`],
    ['*', () => '*'],
    ['an empty value', () => ''],
  ])('%s agrees', async (_name, header) => {
    const made = await vpc.volume();
    const headers = { 'If-Match': header(made.headers.get('etag') ?? '') };
    const path = `/volumes/${made.body.id}`;
    expect((await vpc.request('PATCH', path, { user_tags: ['x'] }, headers)).status).toBe(200);
  });

  test('a stale ETag is refused with 412, of a change and of a deletion', async () => {
    const made = await vpc.volume();
    const path = `/volumes/${made.body.id}`;
    const headers = { 'If-Match': made.headers.get('etag') ?? '' };
    await vpc.request('PATCH', path, { name: 'renamed' }, headers);
    const message = 'If-Match does not name the present version of the volume';
    for (const refused of [
      await vpc.request('PATCH', path, { name: 'again' }, headers),
      await vpc.request('DELETE', path, undefined, headers),
    ]) {
      expect([refused.status, refused.body.errors[0].code, refused.body.errors[0].message]).toEqual([
        412,
        'precondition_failed',
        message,
      ]);
    }
    expect((await vpc.request('GET', path)).body.name).toBe('renamed');
  });
});

describe('deleteVolume', () => {
  test('answers 204 without a body; the volume is gone from then on', async () => {
    const { body } = await vpc.volume();
    const deleted = await vpc.request('DELETE', `/volumes/${body.id}`);
    expect([deleted.status, deleted.body]).toEqual([204, undefined]);
    expect((await vpc.request('GET', `/volumes/${body.id}`)).status).toBe(404);
    expect((await vpc.request('GET', '/volumes')).body).toMatchObject({ total_count: 0, volumes: [] });
  });
});

describe('listVolumes', () => {
  beforeEach(async () => {
    await vpc.volume({ name: 'one', user_tags: ['env:a'] });
    await vpc.volume({ name: 'two', zone: { name: 'us-south-2' }, profile: { name: 'sdp' } });
    await vpc.volume({ name: 'three', zone: { name: 'eu-de-1' }, user_tags: ['env:a', 'env:b'] });
  });
  const names = async (query: string): Promise<string[]> =>
    (await vpc.request('GET', `/volumes?${query}`)).body.volumes.map(({ name }: { name: string }) => name);

  test.each([
    ['name=two', ['two']],
    ['zone.name=us-south-1', ['one']],
    ['tag=env:a', ['one', 'three']],
    ['storage_generation=2', ['two']],
    ['encryption=user_managed', []],
    ['encryption=provider_managed', ['one', 'two', 'three']],
    ['attachment_state=unattached', ['one', 'two', 'three']],
    ['attachment_state=attached', []],
    ['operating_system.family=Ubuntu+Linux', []],
    ['operating_system.architecture=amd64', []],
    ['tag=env:a&zone.name=eu-de-1', ['three']],
  ])('%s', async (query, expected) => {
    expect(await names(query)).toEqual(expected);
  });

  test('pages by start and limit until next is absent (ibm-vpc.md 1.7)', async () => {
    const first = (await vpc.request('GET', '/volumes?limit=2')).body;
    expect([first.limit, first.total_count, first.first.href]).toEqual([
      2,
      3,
      `${platform.url}/v1/volumes?limit=2`,
    ]);
    const start = new URL(first.next.href).searchParams.get('start');
    const second = (await vpc.request('GET', `/volumes?limit=2&start=${start}`)).body;
    expect(second.next).toBeUndefined();
    expect([...first.volumes, ...second.volumes].map(({ name }) => name)).toEqual(['one', 'two', 'three']);
  });

  test('keeps its filters in the links', async () => {
    const { next } = (await vpc.request('GET', '/volumes?limit=1&tag=env:a')).body;
    expect(new URL(next.href).searchParams.get('tag')).toBe('env:a');
  });
});

describe('one region per host (ibm-vpc.md 1.1)', () => {
  const dallas = 'us-south.iaas.cloud.ibm.com';
  const at = (host: string, method: string, path: string, body?: unknown) =>
    callHost(platform, host, { method, path: `/v1${path}?${call}`, body });

  test('the host of a region shows and makes volumes of that region only', async () => {
    const elsewhere = await vpc.volume({ name: 'elsewhere', zone: { name: 'eu-de-1' } });
    const made = await at(dallas, 'POST', '/volumes', prototype);
    expect(made.body.href).toBe(`http://${dallas}/v1/volumes/${made.body.id}`);
    const listed = await at('us-south.private.iaas.cloud.ibm.com', 'GET', '/volumes');
    expect(listed.body.volumes.map(({ name }: { name: string }) => name)).toEqual(['data-1']);
    expect((await at(dallas, 'GET', `/volumes/${elsewhere.body.id}`)).status).toBe(404);
  });

  test('a zone of another region is refused there', async () => {
    const refused = await at(dallas, 'POST', '/volumes', { ...prototype, zone: { name: 'eu-de-1' } });
    expect(refusalOf(refused)).toEqual([
      400,
      'zone_inconsistency',
      'zone eu-de-1 is not in us-south, the region of this endpoint',
    ]);
  });
});
