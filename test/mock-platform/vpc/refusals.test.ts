/** What the VPC API refuses, and that a refusal changes nothing (ibm-vpc.md 1.2, 1.3, 3.1, 5). */
import { startTestPlatform, type TestPlatform } from '../../support/platform';
import { callHost } from '../../support/vendor-host';
import { call, prototype, refusalOf, type Vpc, vpcOf } from './support';

let platform: TestPlatform;
let vpc: Vpc;
beforeAll(async () => {
  platform = await startTestPlatform();
  vpc = vpcOf(platform);
});
afterAll(() => platform.close());

describe('every call', () => {
  test.each([
    ['no version', 'generation=2', 'missing_version', 'version is required'],
    [
      'a version that is no date',
      'version=latest&generation=2',
      'invalid_version',
      'version must match format "date"',
    ],
    ['no generation', 'version=2026-03-24', 'missing_generation_parameter', 'generation is required'],
    [
      'generation 1',
      'version=2026-03-24&generation=1',
      'invalid_generation_parameter',
      'generation must be "2"',
    ],
  ])('%s', async (_name, query, code, message) => {
    for (const [method, path, body] of [
      ['GET', '/v1/volumes', undefined],
      ['POST', '/v1/volumes', prototype],
      ['GET', '/v1/volume/profiles', undefined],
      ['DELETE', '/v1/volumes/r006-1', undefined],
    ] as const) {
      const refused = await platform.request(method, `${path}?${query}`, body);
      expect(refusalOf(refused)).toEqual([400, code, message]);
    }
  });

  test('the error body names target, trace and status (ibm-vpc.md 1.3)', async () => {
    const refused = await platform.request('GET', '/v1/volumes?generation=2', undefined, {
      'X-Request-Id': 'trace-1',
    });
    expect(refused.headers.get('x-request-id')).toBe('trace-1');
    expect(refused.body).toEqual({
      errors: [
        {
          code: 'missing_version',
          message: 'version is required',
          more_info: 'https://cloud.ibm.com/docs/vpc?topic=vpc-rias-error-messages',
          target: { type: 'parameter', name: 'version' },
        },
      ],
      trace: 'trace-1',
      status_code: 400,
    });
  });
});

describe('of a volume that is there', () => {
  let path: string;
  let sdp: string;
  let ids: string[];
  beforeAll(async () => {
    ids = [
      (await vpc.volume({ name: 'tiered' })).body.id,
      (await vpc.volume({ name: 'sdp', profile: { name: 'sdp' } })).body.id,
      (await vpc.volume({ name: 'custom', profile: { name: 'custom' } })).body.id,
    ];
    path = `/volumes/${ids[0]}`;
    sdp = `/volumes/${ids[1]}`;
  });

  const unattached = (field: string, profile: string, id: string) =>
    `the ${field} of volume ${id} cannot change while it is unattached; profile ${profile} permits it only attached`;

  // ibm-vpc.md 2.6, 3.1: non-sdp volumes change only while attached.
  test('capacity, profile and iops of first-generation volumes need an attachment', async () => {
    const custom = `/volumes/${ids[2]}`;
    for (const [where, patch, field, profile, id] of [
      [path, { capacity: 200 }, 'capacity', 'general-purpose', ids[0]],
      [path, { profile: { name: '10iops-tier' } }, 'profile', 'general-purpose', ids[0]],
      [custom, { iops: 500 }, 'iops', 'custom', ids[2]],
    ] as const) {
      const refused = await vpc.request('PATCH', where, patch);
      expect(refusalOf(refused)).toEqual([
        409,
        'volume_update_invalid_request',
        unattached(field, profile, id ?? ''),
      ]);
      expect(refused.body.keyquake).toEqual({ remedy: 'attach the volume to an instance first' });
    }
  });

  test.each([
    [
      'a smaller capacity',
      { capacity: 99 },
      409,
      'volume_update_invalid_request',
      'capacity is 100 GB and can only grow, not to 99 GB',
    ],
    [
      'a profile of another family',
      { profile: { name: 'custom' } },
      409,
      'volume_update_invalid_request',
      'profile sdp (defined_performance, generation 2) cannot become custom (custom, generation 1)',
    ],
    [
      'iops beyond the capacity',
      { iops: 30_001 },
      400,
      'volume_profile_capacity_iops_invalid',
      'iops is 30001; profile sdp at 100 GB takes 3000 to 30000',
    ],
    [
      'a name that is taken',
      { name: 'tiered' },
      409,
      'volume_name_duplicate',
      'a volume named tiered exists in us-south already',
    ],
    ['null', { name: null }, 400, 'bad_field', 'name must be string'],
    ['an unknown field', { zone: { name: 'us-south-2' } }, 400, 'bad_field', 'zone is not a known field'],
    [
      'allowed_use',
      { allowed_use: {} },
      501,
      'not_implemented',
      'updateVolume with allowed_use is not emulated',
    ],
  ])('%s', async (_name, patch, status, code, message) => {
    const before = (await vpc.request('GET', sdp)).body;
    expect(refusalOf(await vpc.request('PATCH', sdp, patch))).toEqual([status, code, message]);
    expect((await vpc.request('GET', sdp)).body).toEqual(before);
  });

  test('one bad member of a patch leaves the others undone', async () => {
    await vpc.request('PATCH', sdp, { name: 'half', capacity: 50 });
    expect((await vpc.request('GET', sdp)).body).toMatchObject({ name: 'sdp', capacity: 100 });
  });

  test.each(['GET', 'PATCH', 'DELETE'])('%s of an unknown id', async (method) => {
    const body = method === 'PATCH' ? {} : undefined;
    const unknown = 'r006-00000000-0000-4000-8000-000000000000';
    expect(refusalOf(await vpc.request(method, `/volumes/${unknown}`, body))).toEqual([
      404,
      'volume_not_found',
      `there is no volume ${unknown}`,
    ]);
    expect(refusalOf(await vpc.request(method, '/volumes/R006', body))).toEqual([
      400,
      'volume_id_invalid',
      "'R006' is not a volume id: lower-case letters, digits, - and _ only",
    ]);
  });
});

describe('lists', () => {
  test.each([
    ['limit=0', 'bad_request', 'limit must match pattern "^([1-9][0-9]?|100)$"'],
    ['limit=101', 'bad_request', 'limit must match pattern "^([1-9][0-9]?|100)$"'],
    ['encryption=none', 'bad_request', 'encryption must be one of provider_managed, user_managed'],
    [
      'start=r006-9',
      'volume_start_not_found',
      'start=r006-9 is not the beginning of a page of this collection',
    ],
  ])('%s', async (query, code, message) => {
    expect(refusalOf(await vpc.request('GET', `/volumes?${query}`))).toEqual([400, code, message]);
  });
});

describe('profiles', () => {
  test('an unknown one answers 404', async () => {
    expect(refusalOf(await vpc.request('GET', '/volume/profiles/turbo'))).toEqual([
      404,
      'volume_profile_not_found',
      "there is no volume profile 'turbo'; the profiles are general-purpose, 5iops-tier, 10iops-tier, custom, sdp",
    ]);
  });
});

describe('what is not emulated answers 501 with its name', () => {
  test.each([
    ['GET', '/instances', 'listInstances'],
    ['POST', '/instances/0717_1/volume_attachments', 'createInstanceVolumeAttachment'],
    ['DELETE', '/snapshots?source_volume.id=r006-1', 'deleteSnapshots'],
    ['POST', '/images', 'createImage'],
    ['POST', '/shares', 'createShare'],
    ['GET', '/vpcs/r006-1/default_network_acl', 'getVpcDefaultNetworkAcl'],
    ['GET', '/subnets', 'listSubnets'],
    ['POST', '/keys', 'createKey'],
    ['GET', '/regions/us-south/zones', 'listRegionZones'],
    ['POST', '/volumes/r006-1/jobs', 'createVolumeJob'],
    ['PUT', '/load_balancers/r006-1', 'PUT /v1/load_balancers/r006-1'],
  ])('%s %s', async (method, path, name) => {
    expect(refusalOf(await vpc.request(method, path))).toEqual([
      501,
      'not_implemented',
      `${name} is not emulated`,
    ]);
  });

  test('on the vendor’s host too', async () => {
    const refused = await callHost(platform, 'eu-gb.iaas.cloud.ibm.com', {
      method: 'GET',
      path: `/v1/instances?${call}`,
    });
    expect(refusalOf(refused)).toEqual([501, 'not_implemented', 'listInstances is not emulated']);
  });
});
