/** Plans of worlds, generated; and a plan as text, for the report of a failure. */
import fc from 'fast-check';
import type {
  AuthorizationPlan,
  KeyInstancePlan,
  KeyPlan,
  ManagerPlan,
  SecretPlan,
  VolumePlan,
  WorldPlan,
} from '../../support/world-builder';
import type { Pick } from './agreement';

/** Members that are undefined are left out. */
function record<Plan>(model: { [Member in keyof Plan]-?: fc.Arbitrary<Plan[Member]> }): fc.Arbitrary<Plan> {
  return fc
    .record(model)
    .map(
      (plan) =>
        Object.fromEntries(
          Object.entries(plan as object).filter(([, value]) => value !== undefined),
        ) as unknown as Plan,
    );
}

/** Mostly nothing; shrinks to nothing. */
function seldom<Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> {
  return fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });
}

const index = fc.nat({ max: 3 });

const keyInstance = record<KeyInstancePlan>({
  service: fc.oneof(
    { weight: 3, arbitrary: fc.constant('kms' as const) },
    { weight: 1, arbitrary: fc.constant('hs-crypto' as const) },
  ),
  region: fc.constantFrom('us-south', 'eu-de'),
  deletedAgo: seldom(fc.constantFrom('P3D', 'PT1M')),
});

/** Around every wait and window of ibm-control-plane.md 6.1.5: 30 seconds, 1 hour, 4 hours, 30 days, 90 days. */
const ago = fc.constantFrom('PT10S', 'PT20M', 'PT3H', 'P2D', 'P29D', 'P31D', 'P91D');

const key = record<KeyPlan>({
  instance: index,
  origin: fc.oneof(
    { weight: 4, arbitrary: fc.constant('generated' as const) },
    { weight: 4, arbitrary: fc.constant('imported' as const) },
    { weight: 1, arbitrary: fc.constant('standard' as const) },
  ),
  last: fc.option(
    record<NonNullable<KeyPlan['last']>>({
      action: fc.constantFrom('disable', 'rotate', 'force-delete'),
      ago,
    }),
    { nil: undefined, freq: 1 },
  ),
  expires: seldom(
    fc.constantFrom<NonNullable<KeyPlan['expires']>>(
      { ago: 'PT1M' },
      { ago: 'P3D' },
      { in: 'PT20S' },
      { in: 'P20D' },
      { in: 'P60D' },
    ),
  ),
  dualAuthorization: seldom(fc.constant(true)),
});

const authorization = record<AuthorizationPlan>({
  source: fc.constantFrom('server-protect', 'secrets-manager'),
  sourceInstance: seldom(index),
  service: fc.constantFrom('kms', 'hs-crypto'),
  targetInstance: fc.option(index, { nil: undefined }),
  role: fc.oneof(
    { weight: 6, arbitrary: fc.constant('Reader' as const) },
    { weight: 1, arbitrary: fc.constant('Manager' as const) },
    { weight: 1, arbitrary: fc.constant('Viewer' as const) },
  ),
});

const everybody: readonly AuthorizationPlan[] = (['server-protect', 'secrets-manager'] as const).flatMap(
  (source) =>
    (['kms', 'hs-crypto'] as const).map(
      (service): AuthorizationPlan => ({ source, service, role: 'Reader' }),
    ),
);

const volume = record<VolumePlan>({
  key: fc.option(index, { nil: undefined, freq: 6 }),
  attached: seldom(fc.constantFrom('boot', 'data')),
  deleted: seldom(fc.constant(true)),
});

const secret = record<SecretPlan>({
  versions: fc.constantFrom<1 | 2>(1, 2),
  expired: seldom(fc.constant(true)),
  locks: fc.array(
    record<SecretPlan['locks'][number]>({
      on: fc.constantFrom('current', 'previous'),
      consumer: fc.constantFrom('billing', 'web', undefined),
    }),
    { maxLength: 2 },
  ),
});

const manager = record<ManagerPlan>({
  key: fc.option(index, { nil: undefined, freq: 6 }),
  secrets: fc.array(secret, { maxLength: 2 }),
  deletedAgo: seldom(fc.constantFrom('PT1M', 'P3D')),
});

export const worldPlan: fc.Arbitrary<WorldPlan> = fc.record({
  instances: fc.array(keyInstance, { minLength: 1, maxLength: 2 }),
  keys: fc.array(key, { minLength: 1, maxLength: 3 }),
  authorizations: fc.oneof(
    { weight: 1, arbitrary: fc.constant(everybody) },
    { weight: 2, arbitrary: fc.array(authorization, { maxLength: 4 }) },
  ),
  volumes: fc.array(volume, { maxLength: 3 }),
  managers: fc.array(manager, { maxLength: 2 }),
});

export const pick: fc.Arbitrary<Pick> = fc.oneof(
  { weight: 3, arbitrary: fc.nat({ max: 3 }) },
  { weight: 1, arbitrary: fc.constant('all' as const) },
);

/** A key that protects one of everything. */
function oneKey(key: Omit<KeyPlan, 'instance'>): [WorldPlan, Pick] {
  const plan: WorldPlan = {
    instances: [{ service: 'kms', region: 'us-south' }],
    keys: [{ instance: 0, ...key }],
    authorizations: everybody,
    volumes: [{ key: 0 }, { key: 0, attached: 'data' }],
    managers: [{ key: 0, secrets: [{ versions: 2, locks: [{ on: 'previous', consumer: 'billing' }] }] }],
  };
  return [plan, 0];
}

const deleted = (ago: string): KeyPlan['last'] => ({ action: 'force-delete', ago });

/** Corners that chance seldom finds: each wait and window of 6.1.5, on both of its sides. */
export const corners: [WorldPlan, Pick][] = [
  oneKey({ origin: 'imported', last: { action: 'disable', ago: 'PT10S' } }),
  oneKey({ origin: 'generated', last: { action: 'rotate', ago: 'PT20M' } }),
  oneKey({ origin: 'generated', last: deleted('P2D') }),
  oneKey({ origin: 'imported', last: deleted('PT10S') }),
  oneKey({ origin: 'imported', last: deleted('PT3H') }),
  oneKey({ origin: 'imported', last: deleted('P29D') }),
  oneKey({ origin: 'imported', last: deleted('P31D') }),
  oneKey({ origin: 'imported', last: deleted('P91D') }),
  oneKey({ origin: 'imported', last: deleted('P2D'), expires: { ago: 'PT1M' } }),
  oneKey({ origin: 'generated', expires: { in: 'PT20S' } }),
];

/** Keys of which the way back ends by the window, by the expiration date, or is never open. */
export const waysBack: WorldPlan[] = [
  oneKey({ origin: 'imported' }),
  oneKey({ origin: 'generated' }),
  oneKey({ origin: 'imported', expires: { in: 'P20D' } }),
  oneKey({ origin: 'imported', expires: { in: 'P60D' } }),
  oneKey({ origin: 'imported', expires: { in: 'PT20S' } }),
].map(([plan]) => plan);

/** One line for each thing. */
export function describePlan(plan: WorldPlan): string {
  return Object.entries(plan)
    .flatMap(([kind, things]: [string, readonly object[]]) =>
      things.map((thing, number) => `${kind.replace(/s$/, '')} ${number}: ${JSON.stringify(thing)}`),
    )
    .join('\n');
}
