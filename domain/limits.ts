/** Limits of the APIs, where one number serves several rooms. Those of Secrets Manager are in `secrets/limits.ts`. */

/** Source: ibm-control-plane.md 6.1.3, 6.1.6, 6.1.8, 6.1.9, 6.1.2. */
export const keyLimits = {
  name: { min: 2, max: 90 },
  description: { min: 2, max: 240 },
  tags: 30,
  /** Without angle brackets, commas, colons, ampersands and bars. Source: the vendor's model of a key. */
  tag: { min: 2, max: 30, pattern: /^[^<>,:&|]*$/ },
  aliasesPerKey: 5,
  aliasesPerInstance: 1000,
  alias: { min: 2, max: 90, pattern: /^[A-Za-z0-9_-]+$/ },
  ringsPerInstance: 50,
  ring: { min: 2, max: 100, pattern: /^[A-Za-z0-9-]+$/ },
  /** Bytes that the imported material of a root key may have. */
  materialBytes: [16, 24, 32],
  /** Bytes that the imported material of a standard key may have at most. Source: Key Protect `import-standard-keys.md`. */
  standardMaterialBytes: 7_500,
  rotationIntervalMonths: { min: 1, max: 12 },
  additionalAuthenticatedData: { strings: 255, length: 255 },
  list: { default: 200, max: 5000 },
  ringList: { default: 51 },
  importToken: {
    /** Seconds. */
    expiration: { min: 300, max: 86_400, default: 600 },
    retrievals: { min: 1, max: 500, default: 1 },
  },
} as const;

/** Words that cannot be an alias, nor can a UUID. Source: ibm-control-plane.md 6.1.8. */
export const reservedAliases: readonly string[] = [
  'allowed_ip',
  'key',
  'keys',
  'metadata',
  'policy',
  'policies',
  'registration',
  'registrations',
  'ring',
  'rings',
  'rotate',
  'wrap',
  'unwrap',
  'rewrap',
  'version',
  'versions',
];

/** Source: ibm-vpc.md 0 (V-NAME, V-ID, V-TAG), 1.7. */
export const vpcLimits = {
  name: { min: 1, max: 63, pattern: /^([a-z]|[a-z][-a-z0-9]*[a-z0-9])$/ },
  id: { min: 1, max: 64, pattern: /^[-0-9a-z_]+$/ },
  tag: { min: 1, max: 128, pattern: /^[A-Za-z0-9:_ .-]+$/ },
  list: { default: 50, max: 100 },
} as const;

/** Length of an attribute value of a policy. Source: ibm-control-plane.md 6.3.2. */
export const policyAttributeLimits = { value: { min: 1, max: 1000 } } as const;
