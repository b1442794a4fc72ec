/** What the services say of their answers: every operation that has a body declares its schema, and it is strict. */
import { controlService } from '../../mock-platform/control/routes';
import { systemClock } from '../../mock-platform/kernel/clock';
import type { Service } from '../../mock-platform/kernel/operation';
import { Validator } from '../../mock-platform/kernel/validation';
import { services } from '../../mock-platform/services';

const control = controlService({
  clock: systemClock(() => 0),
  services,
  contributors: [],
  version: '0',
});
const all: readonly Service[] = [control, ...services];
const operations = all.flatMap((service) =>
  service.operations.map((each) => ({ name: `${service.name} ${each.operation}`, ...each })),
);

/** Answered without a body (204, HEAD, 201 of a key ring: ibm-control-plane.md 1.6), or always refused. */
const withoutBody = [
  'control reset',
  'iam deletePolicy',
  'iam deleteV2Policy',
  'iam-roles deleteRole',
  'key-protect getKeyCollectionMetadata',
  'key-protect createRegistration',
  'key-protect updateRegistration',
  'key-protect replaceRegistration',
  'key-protect deleteRegistration',
  'key-protect enableKey',
  'key-protect disableKey',
  'key-protect setKeyForDeletion',
  'key-protect unsetKeyForDeletion',
  'key-protect syncAssociatedResources',
  'key-protect putInstancePolicy',
  'key-protect deleteKeyAlias',
  'key-protect createKeyRing',
  'key-protect deleteKeyRing',
  'resource-controller deleteResourceInstance',
  'resource-controller cancelLastopResourceInstance',
  'resource-manager deleteResourceGroup',
  'secrets-manager deleteSecretGroup',
  'secrets-manager deleteSecret',
  'secrets-manager deleteSecretVersionData',
  'vpc deleteVolume',
];

test('every other operation declares what it answers', () => {
  const silent = operations.filter(({ response }) => response === undefined).map(({ name }) => name);
  expect(silent.sort()).toEqual([...withoutBody].sort());
});

const validator = new Validator({ lenient: false });

const declared = [
  ...operations.flatMap(({ name, response }) => (response === undefined ? [] : [{ name, schema: response }])),
  ...all.map(({ name, dialect }) => ({ name: `${name} errors`, schema: dialect.schema })),
];

/** Answered as text, which has no members. */
const asText = ['control getMetrics'];

test.each(declared)('$name: a body with other members is refused', ({ name, schema }) => {
  const rules = validator.check(schema, { canary: 1 }).map(({ path, rule }) => `${path} ${rule}`);
  expect(rules).toContain(asText.includes(name) ? ' must be string' : 'canary is not a known field');
});

function objectsOf(schema: unknown): Record<string, unknown>[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const nested = Object.entries(schema).flatMap(([keyword, part]) =>
    // Conditions describe no objects of their own.
    ['not', 'if', 'then', 'else', 'oneOf'].includes(keyword) ? [] : objectsOf(part),
  );
  const own = schema as Record<string, unknown>;
  return own['type'] === 'object' ? [own, ...nested] : nested;
}

test.each(declared)('$name: every object says whether it takes other members', ({ schema }) => {
  const open = objectsOf(schema).filter((each) => each['additionalProperties'] === undefined);
  expect(open).toEqual([]);
});
