import {
  authorizationFor,
  explainMissingAuthorization,
  type KeyConsumer,
  keyConsumers,
} from '../../../domain/iam/consumers';

const reader = 'crn:v1:bluemix:public:iam::::serviceRole:Reader';

describe('who asks for the key (ibm-vpc.md 4.10; behaviour.md A3, B3)', () => {
  test.each<readonly [KeyConsumer, string, string | undefined]>([
    ['volume', 'server-protect', undefined],
    ['snapshot', 'server-protect', undefined],
    ['image', 'server-protect', undefined],
    ['share', 'is', 'share'],
    ['secrets-manager-instance', 'secrets-manager', undefined],
  ])('%s: %s', (consumer, sourceService, sourceResourceType) => {
    expect(keyConsumers[consumer]).toMatchObject({ role: reader, targetServices: ['kms', 'hs-crypto'] });
    expect(
      authorizationFor(consumer, {
        account: 'a1',
        sourceInstance: 'source',
        targetService: 'kms',
        targetInstance: 'target',
      }),
    ).toEqual({
      account: 'a1',
      sourceService,
      sourceResourceType,
      sourceInstance: 'source',
      targetService: 'kms',
      targetInstance: 'target',
      role: reader,
    });
  });

  test('block storage is also written with a prefix', () => {
    expect(keyConsumers.volume.alsoWritten).toEqual(['is.server-protect']);
  });
});

describe('explainMissingAuthorization', () => {
  test('for one instance of the target', () => {
    const request = authorizationFor('volume', {
      account: 'a1',
      targetService: 'kms',
      targetInstance: 'guid',
    });
    expect(explainMissingAuthorization(request)).toEqual({
      cause: 'no authorization lets server-protect use kms instance guid with the role Reader',
      remedy:
        'create an ibm_iam_authorization_policy from server-protect to kms instance guid with the role Reader',
    });
  });

  test('for a resource type of the source and any instance of the target', () => {
    const request = authorizationFor('share', { account: 'a1', targetService: 'hs-crypto' });
    expect(explainMissingAuthorization(request)).toEqual({
      cause: 'no authorization lets is (resource type share) use hs-crypto with the role Reader',
      remedy:
        'create an ibm_iam_authorization_policy from is (resource type share) to hs-crypto with the role Reader',
    });
  });

  test('a role that is not known is named by its CRN', () => {
    const request = { ...authorizationFor('volume', { account: 'a1', targetService: 'kms' }), role: 'crn:x' };
    expect(explainMissingAuthorization(request).cause).toBe(
      'no authorization lets server-protect use kms with the role crn:x',
    );
  });
});
