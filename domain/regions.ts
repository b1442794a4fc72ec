/** Regions, their zones and the prefixes of their VPC identifiers. Source: ibm-vpc.md 1.8, 3.12. */

export interface Region {
  /** Prefix of regional VPC ids; absent where none has been observed. */
  readonly vpcIdPrefix?: string;
  /** Second octet of the default address prefixes: zone n has 10.x.64(n-1).0/18. */
  readonly addressOctet: number;
}

export const regions = {
  'us-south': { vpcIdPrefix: 'r006', addressOctet: 240 },
  'us-east': { vpcIdPrefix: 'r014', addressOctet: 241 },
  'eu-gb': { vpcIdPrefix: 'r018', addressOctet: 242 },
  'eu-de': { vpcIdPrefix: 'r010', addressOctet: 243 },
  'eu-es': { addressOctet: 251 },
  'jp-tok': { addressOctet: 244 },
  'jp-osa': { addressOctet: 248 },
  'au-syd': { vpcIdPrefix: 'r026', addressOctet: 245 },
  'br-sao': { vpcIdPrefix: 'r042', addressOctet: 250 },
  'ca-tor': { addressOctet: 249 },
  'ca-mon': { addressOctet: 253 },
  'in-che': { addressOctet: 254 },
  'in-mum': { addressOctet: 255 },
} as const satisfies Record<string, Region>;

export type RegionName = keyof typeof regions;

export const regionNames = Object.keys(regions) as readonly RegionName[];

export function isRegion(name: string): name is RegionName {
  return Object.hasOwn(regions, name);
}

/** Every region here has three zones, `{region}-1` to `{region}-3`. */
export function zonesOf(region: RegionName): readonly string[] {
  return [1, 2, 3].map((number) => `${region}-${number}`);
}

/** The region of a zone that exists; undefined for any other text. */
export function regionOfZone(zone: string): RegionName | undefined {
  return regionNames.find((region) => zonesOf(region).includes(zone));
}
