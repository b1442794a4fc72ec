/**
 * Regions, their zones and the prefixes of their VPC identifiers. Source: ibm-vpc.md 1.8, 3.12; the prefixes of eu-es,
 * jp-tok, jp-osa and ca-tor as seen in published identifiers of images and VPCs.
 */

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
  'eu-es': { vpcIdPrefix: 'r050', addressOctet: 251 },
  'jp-tok': { vpcIdPrefix: 'r022', addressOctet: 244 },
  'jp-osa': { vpcIdPrefix: 'r034', addressOctet: 248 },
  'au-syd': { vpcIdPrefix: 'r026', addressOctet: 245 },
  'br-sao': { vpcIdPrefix: 'r042', addressOctet: 250 },
  'ca-tor': { vpcIdPrefix: 'r038', addressOctet: 249 },
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

/** The default address prefix of a zone, `10.240.64.0/18` for `us-south-2`; undefined for a zone that does not exist. */
export function defaultAddressPrefix(zone: string): string | undefined {
  const region = regionOfZone(zone);
  if (!region) return undefined;
  return `10.${regions[region].addressOctet}.${64 * zonesOf(region).indexOf(zone)}.0/18`;
}

/** The region of a zone that exists; undefined for any other text. */
export function regionOfZone(zone: string): RegionName | undefined {
  return regionNames.find((region) => zonesOf(region).includes(zone));
}
