/** ibm-control-plane.md 3.4, 6.3.2; behaviour.md A3. */
import * as fc from 'fast-check';
import {
  type AuthorizationPolicy,
  type AuthorizationRequest,
  canonicalService,
  isAccountWide,
  matches,
  type PolicyAttribute,
} from '../../../domain/iam/authorization';

const reader = 'crn:v1:bluemix:public:iam::::serviceRole:Reader';
const writer = 'crn:v1:bluemix:public:iam::::serviceRole:Writer';
const manager = 'crn:v1:bluemix:public:iam::::serviceRole:Manager';

const equals = (key: string, value: string): PolicyAttribute => ({ key, operator: 'stringEquals', value });

/** Secrets Manager of account a1 → Key Protect of account a1, role Reader, narrowed by what is given. */
function policy(given: {
  readonly subject?: readonly PolicyAttribute[];
  readonly resource?: readonly PolicyAttribute[];
  readonly roles?: readonly string[];
}): AuthorizationPolicy {
  return {
    subject: {
      attributes: [
        equals('accountId', 'a1'),
        equals('serviceName', 'secrets-manager'),
        ...(given.subject ?? []),
      ],
    },
    resource: {
      attributes: [equals('accountId', 'a1'), equals('serviceName', 'kms'), ...(given.resource ?? [])],
    },
    roles: given.roles ?? [reader],
  };
}

const request: AuthorizationRequest = {
  account: 'a1',
  sourceService: 'secrets-manager',
  sourceInstance: 'source-guid',
  sourceResourceType: 'secret',
  sourceResource: 'source-resource',
  sourceResourceGroup: 'source-group',
  sourceRegion: 'us-south',
  targetService: 'kms',
  targetInstance: 'target-guid',
  targetResourceType: 'key',
  targetResource: 'target-resource',
  targetResourceGroup: 'target-group',
  targetRegion: 'eu-de',
  role: reader,
};

describe('source and target', () => {
  test('an authorization of the whole services matches', () => {
    expect(matches(policy({}), request)).toBe(true);
  });

  test.each<readonly [string, Partial<AuthorizationRequest>]>([
    ['another account', { account: 'a2' }],
    ['another source account', { sourceAccount: 'a2' }],
    ['another source service', { sourceService: 'server-protect' }],
    ['another target service', { targetService: 'hs-crypto' }],
  ])('%s does not', (_what, other) => {
    expect(matches(policy({}), { ...request, ...other })).toBe(false);
  });

  test('a source of another account that the policy names', () => {
    const cross: AuthorizationPolicy = {
      ...policy({}),
      subject: { attributes: [equals('accountId', 'a2'), equals('serviceName', 'secrets-manager')] },
    };
    expect(matches(cross, { ...request, sourceAccount: 'a2' })).toBe(true);
    expect(matches(cross, request)).toBe(false);
  });

  test.each([
    ['serviceInstance', 'source-guid'],
    ['resourceType', 'secret'],
    ['resource', 'source-resource'],
    ['resourceGroupId', 'source-group'],
    ['region', 'us-south'],
  ])('subject attribute %s', (key, value) => {
    expect(matches(policy({ subject: [equals(key, value)] }), request)).toBe(true);
    expect(matches(policy({ subject: [equals(key, 'other')] }), request)).toBe(false);
    const without: AuthorizationRequest = {
      account: 'a1',
      sourceService: 'secrets-manager',
      targetService: 'kms',
      role: reader,
    };
    expect(matches(policy({ subject: [equals(key, value)] }), without)).toBe(false);
  });

  test.each([
    ['serviceInstance', 'target-guid'],
    ['resourceType', 'key'],
    ['resource', 'target-resource'],
    ['resourceGroupId', 'target-group'],
    ['region', 'eu-de'],
  ])('resource attribute %s', (key, value) => {
    expect(matches(policy({ resource: [equals(key, value)] }), request)).toBe(true);
    expect(matches(policy({ resource: [equals(key, 'other')] }), request)).toBe(false);
  });

  /** source instance × target instance × resource type × role: present or absent, right or wrong. */
  const choices = ['absent', 'right', 'wrong'] as const;
  const combinations = choices.flatMap((source) =>
    choices.flatMap((target) =>
      choices.flatMap((type) =>
        [reader, manager, 'crn:none'].map((role) => [source, target, type, role] as const),
      ),
    ),
  );

  test.each(combinations)(
    'source instance %s, target instance %s, resource type %s, role %s',
    (source, target, type, role) => {
      const attribute = (choice: (typeof choices)[number], key: string, value: string) =>
        choice === 'absent' ? [] : [equals(key, choice === 'right' ? value : 'other')];
      const narrowed = policy({
        subject: [
          ...attribute(source, 'serviceInstance', 'source-guid'),
          ...attribute(type, 'resourceType', 'secret'),
        ],
        resource: attribute(target, 'serviceInstance', 'target-guid'),
        roles: [role],
      });
      const wrong = source === 'wrong' || target === 'wrong' || type === 'wrong' || role === 'crn:none';
      expect(matches(narrowed, request)).toBe(!wrong);
    },
  );
});

describe('roles', () => {
  test.each([
    ['Reader asked, Reader held', reader, [reader], true],
    ['Reader asked, Writer held', reader, [writer], true],
    ['Reader asked, Manager held', reader, [manager], true],
    ['Writer asked, Reader held', writer, [reader], false],
    ['Writer asked, Reader and Manager held', writer, [reader, manager], true],
    ['Reader asked, nothing held', reader, [], false],
  ])('%s', (_what, role, roles, expected) => {
    expect(matches(policy({ roles }), { ...request, role })).toBe(expected);
  });
});

describe('operators (ibm-control-plane.md 6.3.2)', () => {
  const instance = (operator: string, value: PolicyAttribute['value']) =>
    matches(policy({ resource: [{ key: 'serviceInstance', operator, value }] }), request);

  test.each<readonly [string, PolicyAttribute['value'], boolean]>([
    ['stringEquals', 'target-guid', true],
    ['stringEquals', 'target', false],
    ['stringEquals', '*', false],
    ['stringEquals', 'target-*', false],
    ['stringEquals', true, false],
    ['stringEqualsAnyOf', ['other', 'target-guid'], true],
    ['stringEqualsAnyOf', ['other'], false],
    ['stringEqualsAnyOf', [], false],
    ['stringEqualsAnyOf', 'target-guid', true],
    ['stringMatch', '*', true],
    ['stringMatch', 'target-*', true],
    ['stringMatch', 'target-gui?', true],
    ['stringMatch', 'target-gu?', false],
    ['stringMatch', 'target', false],
    ['stringMatch', 'target.guid', false],
    ['stringMatch', 'source-*', false],
    ['stringMatchAnyOf', ['source-*', 'target-*'], true],
    ['stringMatchAnyOf', ['source-*'], false],
    ['stringExists', true, true],
    ['stringExists', 'true', true],
    ['stringExists', false, false],
    ['stringLike', 'target-guid', false],
    ['', 'target-guid', false],
  ])('%s %j: %p', (operator, value, expected) => {
    expect(instance(operator, value)).toBe(expected);
  });

  test('stringExists false wants the fact absent', () => {
    const absent: PolicyAttribute = { key: 'serviceInstance', operator: 'stringExists', value: false };
    expect(matches(policy({ subject: [absent] }), { ...request, sourceInstance: undefined })).toBe(true);
    expect(matches(policy({ subject: [absent] }), request)).toBe(false);
  });

  test('an attribute of an unknown key agrees with nothing', () => {
    expect(matches(policy({ resource: [equals('networkType', 'private')] }), request)).toBe(false);
    expect(matches(policy({ resource: [equals('toString', 'x')] }), request)).toBe(false);
  });

  test('a fact equals itself and matches itself, characters of patterns included', () => {
    const value = fc.string({ minLength: 1, maxLength: 20 }).filter((text) => !/[*?]/.test(text));
    fc.assert(
      fc.property(value, value, (fact, other) => {
        const asked = { ...request, targetInstance: fact };
        for (const operator of ['stringEquals', 'stringMatch']) {
          const given = (text: string) => [{ key: 'serviceInstance', operator, value: text }];
          expect(matches(policy({ resource: given(fact) }), asked)).toBe(true);
          expect(matches(policy({ resource: given(other) }), asked)).toBe(fact === other);
        }
      }),
    );
  });
});

describe('resource groups (ibm-control-plane.md 3.4)', () => {
  const every: readonly PolicyAttribute[] = [
    { key: 'resourceGroupId', operator: 'stringExists', value: true },
    { key: 'resourceGroupId', operator: 'stringEquals', value: '*' },
  ];

  test.each(every)('$operator $value is every group', (attribute) => {
    expect(matches(policy({ subject: [attribute] }), request)).toBe(true);
    expect(matches(policy({ subject: [attribute] }), { ...request, sourceResourceGroup: undefined })).toBe(
      false,
    );
  });

  test('a source named by its group alone', () => {
    const byGroup: AuthorizationPolicy = {
      subject: { attributes: [equals('accountId', 'a1'), equals('resourceGroupId', 'source-group')] },
      resource: policy({}).resource,
      roles: [reader],
    };
    expect(matches(byGroup, request)).toBe(true);
    expect(matches(byGroup, { ...request, sourceService: 'server-protect' })).toBe(true);
    expect(matches(byGroup, { ...request, sourceResourceGroup: 'other' })).toBe(false);
  });
});

describe('both spellings of block storage (ibm-vpc.md 4.10)', () => {
  const spellings = ['server-protect', 'is.server-protect'];

  test.each(spellings.flatMap((held) => spellings.map((asked) => [held, asked] as const)))(
    'policy %s, request %s',
    (held, asked) => {
      const block: AuthorizationPolicy = {
        ...policy({}),
        subject: { attributes: [equals('accountId', 'a1'), equals('serviceName', held)] },
      };
      expect(matches(block, { ...request, sourceService: asked })).toBe(true);
    },
  );

  test('other services keep theirs', () => {
    expect(canonicalService('is.server-protect')).toBe('server-protect');
    expect(canonicalService('is')).toBe('is');
  });
});

describe('isAccountWide (behaviour.md A3)', () => {
  test.each<readonly [string, readonly PolicyAttribute[], boolean]>([
    ['the whole service', [], true],
    ['one instance', [equals('serviceInstance', 'guid')], false],
    [
      'several instances',
      [{ key: 'serviceInstance', operator: 'stringEqualsAnyOf', value: ['a', 'b'] }],
      false,
    ],
    ['instances by pattern', [{ key: 'serviceInstance', operator: 'stringMatch', value: 'a*' }], false],
    ['every instance by pattern', [{ key: 'serviceInstance', operator: 'stringMatch', value: '*' }], true],
    [
      'any of a list with a star',
      [{ key: 'serviceInstance', operator: 'stringMatchAnyOf', value: ['a', '*'] }],
      true,
    ],
    ['instances that exist', [{ key: 'serviceInstance', operator: 'stringExists', value: true }], true],
    ['one group', [equals('resourceGroupId', 'group')], false],
    ['every group', [{ key: 'resourceGroupId', operator: 'stringExists', value: true }], true],
    ['every group, by star', [equals('resourceGroupId', '*')], true],
    ['one key', [equals('resource', 'key-id')], false],
    ['every key', [equals('resourceType', 'key')], true],
    ['a region', [equals('region', 'eu-de')], true],
  ])('%s: %p', (_what, resource, wide) => {
    expect(isAccountWide(policy({ resource }))).toBe(wide);
  });

  test('what narrows the source does not count', () => {
    expect(isAccountWide(policy({ subject: [equals('serviceInstance', 'guid')] }))).toBe(true);
  });
});
