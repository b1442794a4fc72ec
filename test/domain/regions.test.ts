import {
  defaultAddressPrefix,
  isRegion,
  regionNames,
  regionOfZone,
  regions,
  zonesOf,
} from '../../domain/regions';

describe('regions', () => {
  test.each([
    ['us-south', 'r006', 240],
    ['us-east', 'r014', 241],
    ['eu-gb', 'r018', 242],
    ['eu-de', 'r010', 243],
    ['eu-es', 'r050', 251],
    ['jp-tok', 'r022', 244],
    ['jp-osa', 'r034', 248],
    ['au-syd', 'r026', 245],
    ['br-sao', 'r042', 250],
    ['ca-tor', 'r038', 249],
    ['ca-mon', undefined, 253],
    ['in-che', undefined, 254],
    ['in-mum', undefined, 255],
  ] as const)('%s: ids %s, addresses 10.%i (ibm-vpc.md 1.8, 3.12)', (region, vpcIdPrefix, octet) => {
    expect(regions[region]).toEqual({ ...(vpcIdPrefix && { vpcIdPrefix }), addressOctet: octet });
    expect(zonesOf(region)).toEqual([`${region}-1`, `${region}-2`, `${region}-3`]);
    expect(defaultAddressPrefix(`${region}-1`)).toBe(`10.${octet}.0.0/18`);
    expect(defaultAddressPrefix(`${region}-2`)).toBe(`10.${octet}.64.0/18`);
    expect(defaultAddressPrefix(`${region}-3`)).toBe(`10.${octet}.128.0/18`);
  });

  test('these and no others', () => {
    expect(regionNames).toHaveLength(13);
    expect(isRegion('us-south')).toBe(true);
    expect(isRegion('us-north')).toBe(false);
    expect(isRegion('constructor')).toBe(false);
  });

  test.each([
    ['us-south-1', 'us-south'],
    ['ca-mon-3', 'ca-mon'],
    ['us-south-4', undefined],
    ['us-south', undefined],
    ['us-north-1', undefined],
    ['', undefined],
  ])('zone %j is in %p', (zone, region) => {
    expect(regionOfZone(zone)).toBe(region);
    if (region === undefined) expect(defaultAddressPrefix(zone)).toBeUndefined();
  });
});
