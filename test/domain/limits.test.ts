import { keyLimits, policyAttributeLimits, reservedAliases, vpcLimits } from '../../domain/limits';

describe('Key Protect (ibm-control-plane.md 6.1.2, 6.1.3, 6.1.6, 6.1.8, 6.1.9)', () => {
  test.each<readonly [string, unknown, unknown]>([
    ['name, 2 to 90', keyLimits.name, { min: 2, max: 90 }],
    ['description, 2 to 240', keyLimits.description, { min: 2, max: 240 }],
    ['30 tags', keyLimits.tags, 30],
    ['tag, at most 30', keyLimits.tag.max, 30],
    ['5 aliases a key', keyLimits.aliasesPerKey, 5],
    ['1000 aliases an instance', keyLimits.aliasesPerInstance, 1000],
    ['50 rings', keyLimits.ringsPerInstance, 50],
    ['material of 16, 24 or 32 bytes', keyLimits.materialBytes, [16, 24, 32]],
    ['rotation, 1 to 12 months', keyLimits.rotationIntervalMonths, { min: 1, max: 12 }],
    ['aad, 255 strings of 255', keyLimits.additionalAuthenticatedData, { strings: 255, length: 255 }],
    ['lists, 200 and 5000', keyLimits.list, { default: 200, max: 5000 }],
    ['list of rings, 51', keyLimits.ringList, { default: 51 }],
    [
      'import token, 300 to 86400 s',
      keyLimits.importToken.expiration,
      { min: 300, max: 86_400, default: 600 },
    ],
    ['import token, 1 to 500 retrievals', keyLimits.importToken.retrievals, { min: 1, max: 500, default: 1 }],
    ['attribute value, 1 to 1000 (6.3.2)', policyAttributeLimits.value, { min: 1, max: 1000 }],
  ])('%s', (_limit, actual, expected) => {
    expect(actual).toEqual(expected);
  });

  test.each([
    ['key_1-a', true],
    ['a', true],
    ['a b', false],
    ['a.b', false],
    ['é', false],
  ])('alias characters %j: %p', (alias, allowed) => {
    expect(keyLimits.alias.pattern.test(alias)).toBe(allowed);
    expect(keyLimits.alias).toMatchObject({ min: 2, max: 90 });
  });

  test.each([
    ['ring-1', true],
    ['ring_1', false],
    ['ring 1', false],
  ])('ring characters %j: %p', (ring, allowed) => {
    expect(keyLimits.ring.pattern.test(ring)).toBe(allowed);
    expect(keyLimits.ring).toMatchObject({ min: 2, max: 100 });
  });

  test('words that cannot be an alias', () => {
    expect([...reservedAliases].sort()).toEqual(
      (
        'allowed_ip key keys metadata policies policy registration registrations ring rings rewrap rotate ' +
        'unwrap version versions wrap'
      )
        .split(' ')
        .sort(),
    );
  });
});

describe('VPC (ibm-vpc.md 0, 1.7)', () => {
  test.each([
    ['a', true],
    ['volume-1', true],
    ['v1', true],
    ['1-volume', false],
    ['volume-', false],
    ['-volume', false],
    ['Volume', false],
    ['vol_ume', false],
    ['', false],
  ])('name %j: %p', (name, allowed) => {
    expect(vpcLimits.name.pattern.test(name)).toBe(allowed);
  });

  test.each([
    ['env:test', true],
    ['a b', true],
    ['a/b', false],
    ['', false],
  ])('tag %j: %p', (tag, allowed) => {
    expect(vpcLimits.tag.pattern.test(tag)).toBe(allowed);
  });

  test.each([
    ['r006-0001', true],
    ['0717_e21b', true],
    ['R006', false],
  ])('id %j: %p', (id, allowed) => {
    expect(vpcLimits.id.pattern.test(id)).toBe(allowed);
  });

  test('lengths', () => {
    expect(vpcLimits.name).toMatchObject({ min: 1, max: 63 });
    expect(vpcLimits.id).toMatchObject({ min: 1, max: 64 });
    expect(vpcLimits.tag).toMatchObject({ min: 1, max: 128 });
    expect(vpcLimits.list).toEqual({ default: 50, max: 100 });
  });
});
