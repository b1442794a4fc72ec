import * as fc from 'fast-check';
import {
  accountOf,
  CrnError,
  formatCrn,
  formatInstanceCrn,
  formatKeyCrn,
  isKeyCrn,
  parseCrn,
  regionOf,
  tryParseCrn,
} from '../../domain/crn';

/** ibm-control-plane.md 4.0 */
const keyCrn =
  'crn:v1:bluemix:public:kms:us-south:a/819bdf4436ef4c198fdf4f0b81d53116:' +
  '87fa68d0-fa10-47d0-a201-603949808530:key:60d72058-ec53-4d77-b7ef-ba56443e76d5';

/** ibm-vpc.md 1.8 */
const volumeCrn = 'crn:v1:bluemix:public:is:us-south-1:a/1234::volume:r006-0001';

describe('parseCrn', () => {
  test('reads the ten segments of a key', () => {
    expect(parseCrn(keyCrn)).toEqual({
      cname: 'bluemix',
      ctype: 'public',
      serviceName: 'kms',
      location: 'us-south',
      scope: 'a/819bdf4436ef4c198fdf4f0b81d53116',
      serviceInstance: '87fa68d0-fa10-47d0-a201-603949808530',
      resourceType: 'key',
      resource: '60d72058-ec53-4d77-b7ef-ba56443e76d5',
    });
  });

  test('keeps slashes of the last segment, as share snapshots have them (ibm-vpc.md 1.8)', () => {
    expect(parseCrn('crn:v1:bluemix:public:is:us-south-1:a/1::share-snapshot:r006-a/r006-b').resource).toBe(
      'r006-a/r006-b',
    );
  });

  test.each([
    ['', "'' has 1 segments; a CRN has ten, separated by colons"],
    ['crn:v1:bluemix', "'crn:v1:bluemix' has 3 segments; a CRN has ten, separated by colons"],
    [`${keyCrn}:more`, `'${keyCrn}:more' has 11 segments; a CRN has ten, separated by colons`],
    ['arn:v1:bluemix:public:kms:::::', "'arn:v1:bluemix:public:kms:::::' does not start with crn:v1:"],
    ['crn:v2:bluemix:public:kms:::::', "'crn:v2:bluemix:public:kms:::::' does not start with crn:v1:"],
    [
      'crn:v1:bluemix:public::::::',
      "'crn:v1:bluemix:public::::::' lacks a cloud, a type or a service name (segments three to five)",
    ],
    [
      'crn:v1::public:kms:::::',
      "'crn:v1::public:kms:::::' lacks a cloud, a type or a service name (segments three to five)",
    ],
    [
      'crn:v1:bluemix::kms:::::',
      "'crn:v1:bluemix::kms:::::' lacks a cloud, a type or a service name (segments three to five)",
    ],
  ])('refuses %j', (text, message) => {
    expect(() => parseCrn(text)).toThrow(new CrnError(message));
    expect(tryParseCrn(text)).toBeUndefined();
  });
});

describe('formatCrn', () => {
  test('fills the public cloud and empty segments', () => {
    expect(formatCrn({ serviceName: 'iam', resourceType: 'role', resource: 'Viewer' })).toBe(
      'crn:v1:bluemix:public:iam::::role:Viewer',
    );
  });

  test('refuses a part that holds a colon', () => {
    expect(() => formatCrn({ serviceName: 'kms', resource: 'a:b' })).toThrow(
      new CrnError("'a:b' cannot be part of a CRN: colons separate its segments"),
    );
  });

  test('and parseCrn are each other’s inverse', () => {
    const segment = fc.stringMatching(/^[a-z0-9/_.-]{0,12}$/);
    const named = fc.stringMatching(/^[a-z0-9-]{1,12}$/);
    const parts = fc.record({
      cname: named,
      ctype: named,
      serviceName: named,
      location: segment,
      scope: segment,
      serviceInstance: segment,
      resourceType: segment,
      resource: segment,
    });
    fc.assert(
      fc.property(parts, (crn) => {
        const text = formatCrn(crn);
        expect(parseCrn(text)).toEqual(crn);
        expect(formatCrn(parseCrn(text))).toBe(text);
      }),
    );
  });
});

describe('CRNs of keys and instances', () => {
  test('formatKeyCrn (ibm-control-plane.md 4.0)', () => {
    expect(
      formatKeyCrn({
        serviceName: 'kms',
        region: 'us-south',
        account: '819bdf4436ef4c198fdf4f0b81d53116',
        instance: '87fa68d0-fa10-47d0-a201-603949808530',
        keyId: '60d72058-ec53-4d77-b7ef-ba56443e76d5',
      }),
    ).toBe(keyCrn);
  });

  test('formatInstanceCrn ends in two empty segments (ibm-control-plane.md 6.4.2)', () => {
    expect(
      formatInstanceCrn({ serviceName: 'kms', location: 'us-south', account: '1234', guid: 'abcd' }),
    ).toBe('crn:v1:bluemix:public:kms:us-south:a/1234:abcd::');
  });

  test.each([
    ['a Key Protect key', keyCrn, true],
    ['a Hyper Protect key', keyCrn.replace(':kms:', ':hs-crypto:'), true],
    ['a policy of an instance', 'crn:v1:bluemix:public:kms:us-south:a/1:guid:policy:1', false],
    ['an instance', 'crn:v1:bluemix:public:kms:us-south:a/1:guid::', false],
    ['a key without id', 'crn:v1:bluemix:public:kms:us-south:a/1:guid:key:', false],
    ['a volume', volumeCrn, false],
    ['a key of another service', 'crn:v1:bluemix:public:is:us-south:a/1::key:r006-1', false],
  ])('isKeyCrn of %s', (_what, text, expected) => {
    expect(isKeyCrn(parseCrn(text))).toBe(expected);
  });

  test('accountOf reads account scopes only', () => {
    expect(accountOf(parseCrn(volumeCrn))).toBe('1234');
    expect(accountOf(parseCrn('crn:v1:bluemix:public:iam::::role:Viewer'))).toBeUndefined();
    expect(accountOf(parseCrn('crn:v1:bluemix:public:kms:us-south:o/1234:guid::'))).toBeUndefined();
  });

  test.each([
    ['us-south', 'us-south'],
    ['us-south-1', 'us-south'],
    ['eu-de-12', 'eu-de'],
    ['global', 'global'],
    ['', ''],
  ])('regionOf %j is %j', (location, region) => {
    expect(regionOf(location)).toBe(region);
  });
});
