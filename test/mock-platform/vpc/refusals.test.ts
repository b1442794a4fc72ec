/** What the VPC API refuses, and that a refusal changes nothing (ibm-vpc.md 1.2, 1.3, 3.1, 5). */
import { startTestPlatform, type TestPlatform } from '../../support/platform';
import { callHost } from '../../support/vendor-host';
import { call, prototype, refusalOf, type Vpc, volumeCount, vpcOf } from './support';

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

describe('createVolume', () => {
  const unknownGroup = 'f'.repeat(32);
  test.each([
    ['no zone', { zone: undefined }, 400, 'validation_required_field', 'zone is required'],
    ['no profile', { profile: undefined }, 400, 'validation_required_field', 'profile is required'],
    ['an unknown field', { colour: 'red' }, 400, 'bad_field', 'colour is not a known field'],
    ['a capacity that is no number', { capacity: '100' }, 400, 'bad_field', 'capacity must be integer'],
    ['a broken capacity', { capacity: 1.5 }, 400, 'bad_field', 'capacity must be integer'],
    [
      'a bad tag',
      { user_tags: ['a/b'] },
      400,
      'bad_field',
      'user_tags.0 must match pattern "^[A-Za-z0-9:_ .-]+$"',
    ],
    [
      'an unknown zone',
      { zone: { name: 'us-south-4' } },
      400,
      'invalid_zone',
      expect.stringMatching(
        /^'us-south-4' is not a zone; it is one of us-south-1, us-south-2, us-south-3, us-east-1, /,
      ),
    ],
    ['an empty profile', { profile: {} }, 400, 'volume_profile_name_missing', 'profile.name is required'],
    [
      'an unknown profile',
      { profile: { name: 'turbo' } },
      404,
      'volume_profile_not_found',
      "there is no volume profile 'turbo'; the profiles are general-purpose, 5iops-tier, 10iops-tier, custom, sdp",
    ],
    [
      'no capacity',
      { capacity: undefined },
      400,
      'volume_capacity_missing',
      'capacity is required for a volume without a source',
    ],
    [
      'capacity 0',
      { capacity: 0 },
      400,
      'volume_capacity_zero_or_negative',
      'capacity is 0; it must be greater than 0',
    ],
    [
      'too small for the profile',
      { capacity: 9 },
      400,
      'volume_profile_capacity_iops_invalid',
      'capacity is 9; profile general-purpose takes 10 to 16000',
    ],
    [
      'too large for general-purpose',
      { capacity: 16_001 },
      400,
      'volume_capacity_max',
      'capacity is 16001; profile general-purpose takes 10 to 16000',
    ],
    [
      'too large for 5iops-tier',
      { profile: { name: '5iops-tier' }, capacity: 9_601 },
      400,
      'volume_capacity_max',
      'capacity is 9601; profile 5iops-tier takes 10 to 9600',
    ],
    [
      'too large for 10iops-tier',
      { profile: { name: '10iops-tier' }, capacity: 4_801 },
      400,
      'volume_capacity_max',
      'capacity is 4801; profile 10iops-tier takes 10 to 4800',
    ],
    [
      'too large for sdp',
      { profile: { name: 'sdp' }, capacity: 32_001 },
      400,
      'volume_capacity_max',
      'capacity is 32001; profile sdp takes 1 to 32000',
    ],
    [
      'iops of a tier',
      { iops: 3_000 },
      400,
      'volume_profile_iops_invalid',
      'iops is 3000; the iops of profile general-purpose follow from the capacity and cannot be set',
    ],
    [
      'iops 0',
      { profile: { name: 'custom' }, iops: 0 },
      400,
      'volume_iops_zero_or_negative',
      'iops is 0; it must be greater than 0',
    ],
    [
      'too many iops for custom of 499 GB',
      { profile: { name: 'custom' }, capacity: 499, iops: 6_001 },
      400,
      'volume_profile_capacity_iops_invalid',
      'iops is 6001; profile custom at 499 GB takes 100 to 6000',
    ],
    [
      'too few iops for custom of 10,000 GB',
      { profile: { name: 'custom' }, capacity: 10_000, iops: 999 },
      400,
      'volume_profile_capacity_iops_invalid',
      'iops is 999; profile custom at 10000 GB takes 1000 to 48000',
    ],
    [
      'too many iops for sdp of 20 GB',
      { profile: { name: 'sdp' }, capacity: 20, iops: 3_001 },
      400,
      'volume_profile_capacity_iops_invalid',
      'iops is 3001; profile sdp at 20 GB takes 3000 to 3000',
    ],
    [
      'a bandwidth of a tier',
      { bandwidth: 393 },
      400,
      'bad_field',
      'bandwidth is 393; the bandwidth of profile general-purpose follows from its iops and cannot be set',
    ],
    [
      'too much bandwidth for sdp of 50 GB',
      { profile: { name: 'sdp' }, capacity: 50, bandwidth: 4_097 },
      400,
      'validation_max_value',
      'bandwidth is 4097; profile sdp at 50 GB takes 1000 to 4096',
    ],
    [
      'too little bandwidth for sdp',
      { profile: { name: 'sdp' }, bandwidth: 999 },
      400,
      'validation_min_value',
      'bandwidth is 999; profile sdp at 100 GB takes 1000 to 8192',
    ],
    [
      'a name in capitals',
      { name: 'Data' },
      400,
      'volume_name_invalid',
      expect.stringMatching(/^'Data' is not a volume name: /),
    ],
    [
      'a name of 64',
      { name: 'a'.repeat(64) },
      400,
      'volume_name_invalid',
      expect.stringMatching(/is not a volume name/),
    ],
    [
      'a name ending in a hyphen',
      { name: 'data-' },
      400,
      'volume_name_invalid',
      expect.stringMatching(/is not a volume name/),
    ],
    [
      'a resource group that is no id',
      { resource_group: { id: 'Default' } },
      400,
      'volume_resource_group_id_invalid',
      "'Default' is not a resource group id: 32 hexadecimal digits",
    ],
    [
      'an unknown resource group',
      { resource_group: { id: unknownGroup } },
      404,
      'volume_resource_group_not_found',
      `the account has no resource group ${unknownGroup}`,
    ],
    [
      'a snapshot to restore',
      { source_snapshot: { id: 'r006-1' } },
      501,
      'not_implemented',
      'createVolume with source_snapshot is not emulated',
    ],
    [
      'allowed_use',
      { allowed_use: { instance: 'true' } },
      501,
      'not_implemented',
      'createVolume with allowed_use is not emulated',
    ],
  ])('%s', async (_name, overrides, status, code, message) => {
    expect(refusalOf(await vpc.volume(overrides))).toEqual([status, code, message]);
    expect(await volumeCount(vpc)).toBe(0);
  });

  test.each([
    ['no body', undefined, 'bad_request', 'the request needs a JSON body'],
    ['a body that is no JSON', '{"name":', 'bad_request', 'the body is not valid JSON'],
    ['a list', [], 'bad_field', 'the body must be object'],
  ])('%s', async (_name, body, code, message) => {
    expect(refusalOf(await vpc.request('POST', '/volumes', body))).toEqual([400, code, message]);
  });

  test('a name that is taken in the region', async () => {
    const { body } = await vpc.volume({ name: 'taken' });
    expect(refusalOf(await vpc.volume({ name: 'taken', zone: { name: 'us-south-3' } }))).toEqual([
      409,
      'volume_name_duplicate',
      'a volume named taken exists in us-south already',
    ]);
    await vpc.request('DELETE', `/volumes/${body.id}`);
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
