/** The file of identities: what is read, what is filled in, what is refused, and that no API key is repeated. */
import { identitiesSchema, parseIdentities } from '../../mock-platform';
import { Validator } from '../../mock-platform/kernel/validation';

const canary = 'canary-8f1e';
const text = (value: unknown): string => JSON.stringify(value);
const user = { id: 'IBMid-a', name: 'a', apiKeys: [canary] };

test('what the file leaves out is filled in: a key for each holder, derived from the id, and the owner’s', () => {
  const identities = parseIdentities(
    text({
      users: [user, { id: 'IBMid-b', name: 'b' }, { id: 'IBMid-c', name: 'c', apiKeys: [] }],
      serviceIds: [{ id: 'iam-ServiceId-ci', name: 'ci', access: [{ roles: ['Reader'], service: 'kms' }] }],
      profiles: [{ id: 'Profile-ops', name: 'ops' }],
    }),
  );
  expect(identities).toEqual({
    ownerApiKeys: ['keyquake-offline'],
    users: [
      user,
      { id: 'IBMid-b', name: 'b', apiKeys: ['keyquake-offline-IBMid-b'] },
      { id: 'IBMid-c', name: 'c', apiKeys: [] },
    ],
    serviceIds: [
      {
        id: 'iam-ServiceId-ci',
        name: 'ci',
        access: [{ roles: ['Reader'], service: 'kms' }],
        apiKeys: ['keyquake-offline-iam-ServiceId-ci'],
      },
    ],
    profiles: [{ id: 'Profile-ops', name: 'ops' }],
  });
});

test('keys of the owner’s own take the place of the offline one', () => {
  expect(parseIdentities(text({ ownerApiKeys: ['mine'] })).ownerApiKeys).toEqual(['mine']);
});

describe('text that is not JSON is named by its place', () => {
  test.each([
    ['nothing', '', 1, 1],
    ['only white space', '\n  \n', 3, 1],
    ['a missing comma', `{\n  "users": [\n    {"apiKeys": ["${canary}"] "name": "a"}\n  ]\n}`, 3, 33],
    ['a trailing comma', `{"ownerApiKeys": ["${canary}",]}`, 1, 33],
    ['a trailing comma of an object', `{"ownerApiKeys": ["${canary}"],}`, 1, 34],
    ['a key without quotes', `{"ownerApiKeys": [${canary}]}`, 1, 19],
    ['a string without its end', `{"ownerApiKeys": ["${canary}]}`, 1, 19],
    ['a string over two lines', `{"ownerApiKeys": ["${canary}\n"]}`, 1, 19],
    ['an unknown escape', `{"ownerApiKeys": ["\\q${canary}"]}`, 1, 19],
    ['an end that is missing', `{"ownerApiKeys": ["${canary}"]`, 1, 33],
    ['an end of the wrong kind', `{"ownerApiKeys": ["${canary}"}`, 1, 32],
    ['an end that nothing began', `{"ownerApiKeys": ["${canary}"]}}`, 1, 34],
    ['a second document', `{} {"ownerApiKeys": ["${canary}"]}`, 1, 4],
    ['a comment', `{ // ${canary}\n}`, 1, 3],
    ['a member without a value', `{"ownerApiKeys"}`, 1, 16],
    ['a member without a name', `{["${canary}"]}`, 1, 2],
    ['a number with a leading zero', '[01]', 1, 3],
    ['a colon in a list', '["a": 1]', 1, 5],
    ['a comma at once', '[,]', 1, 2],
  ])('%s', (_name, broken, line, column) => {
    expect(() => JSON.parse(broken)).toThrow();
    const refusal = refusalOf(broken);
    expect(refusal).toBe(`it is not JSON from line ${line}, column ${column} on`);
  });

  test.each([
    ['[]', 'a list'],
    ['[[], {}, [1]]', 'lists in lists'],
    ['{"a": {}, "b": [-0.5e+3, true, false, null, "\\u00e9\\n"]}', 'every kind of value'],
  ])('%s is', (whole) => {
    expect(refusalOf(whole)).not.toContain('not JSON');
  });
});

function refusalOf(broken: string): string {
  try {
    parseIdentities(broken);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('it was not refused');
}

describe('what the schema does not know, or what cannot be meant, is refused by its place', () => {
  test.each([
    ['a list', [], 'identities must be object'],
    ['an unknown member', { usrs: [user] }, 'identities.usrs is not a known field'],
    [
      'an unknown member of a user',
      { users: [{ id: 'IBMid-a', name: 'a', apiKey: canary }] },
      'identities.users[0].apiKey is not a known field',
    ],
    ['a user without a name', { users: [{ id: 'IBMid-a' }] }, 'identities.users[0].name is required'],
    [
      'a key that is no list',
      { users: [{ ...user, apiKeys: canary }] },
      'identities.users[0].apiKeys must be array',
    ],
    [
      'an unknown member of access',
      { users: [{ ...user, access: [{ role: 'Reader' }] }] },
      'identities.users[0].access[0].roles is required; identities.users[0].access[0].role is not a known field',
    ],
    [
      'an id of the wrong form',
      { serviceIds: [{ id: 'ServiceId-ci', name: 'ci' }] },
      "identities.serviceIds[0].id is 'ServiceId-ci'; such an id starts with iam-ServiceId-",
    ],
    [
      'a role that nobody has',
      { users: [{ ...user, access: [{ roles: ['Reeder'], service: 'kms' }] }] },
      "identities.users[0].access[0].roles names 'Reeder', which is no role of kms",
    ],
    [
      'one key for two',
      { users: [user], serviceIds: [{ id: 'iam-ServiceId-ci', name: 'ci', apiKeys: ['other', canary] }] },
      'identities use one API key twice: users[0].apiKeys[0] and serviceIds[0].apiKeys[1] are the same',
    ],
    [
      'the owner’s key for another',
      { users: [{ ...user, apiKeys: ['keyquake-offline'] }] },
      'identities use one API key twice: ownerApiKeys[0] and users[0].apiKeys[0] are the same',
    ],
  ])('%s', (_name, broken, message) => {
    expect(refusalOf(text(broken))).toBe(message);
    expect(refusalOf(text(broken))).not.toContain(canary);
  });
});

test.each([
  [{ id: 'anna', name: 'a' }, ['must match pattern "^IBMid-."']],
  [{ id: 'IBMid-anna', name: 'a' }, []],
])('the published schema holds the form of ids: %j', (someone, rules) => {
  const violations = new Validator({ lenient: false }).check(identitiesSchema, { users: [someone] });
  expect(violations.map(({ rule }) => rule)).toEqual(rules);
});
