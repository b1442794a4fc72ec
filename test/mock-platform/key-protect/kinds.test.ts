/**
 * behaviour.md A1 and ibm-control-plane.md 6.1.4 for every kind of key in both services. What a standard key refuses is
 * from 6.1.2 and the list under KEY_ROOT_REQ_ERR in Key Protect error-messages.md (disable, enable, restore, rotate,
 * unwrap, wrap; rewrap as unwrap); rotation of a deactivated key takes the cautious side of its dispute.
 */
import { hyperProtect, type KeyPlatform, kms, startKeyPlatform } from './support/key-platform';
import { material, newKey, otherMaterial, refusalOf } from './support/keys';

let platform: KeyPlatform;
beforeAll(async () => {
  platform = await startKeyPlatform();
});
afterAll(() => platform.close());

type Kind = 'generated root' | 'imported root' | 'generated standard' | 'imported standard';
type State = 'active' | 'suspended' | 'deactivated' | 'destroyed';

const kinds: Record<Kind, object> = {
  'generated root': { extractable: false },
  'imported root': { extractable: false, payload: material },
  'generated standard': { extractable: true },
  'imported standard': { extractable: true, payload: material },
};

const [state, gone, root, generated, prior] = [
  '409 KEY_ACTION_INVALID_STATE_ERR',
  '410 KEY_DELETED_ERR',
  '400 KEY_ROOT_REQ_ERR',
  '400 KEY_IMPT_REQ_ERR',
  '409 NOT_DUAL_AUTH_ERR',
] as const;

/** By action, what a key answers while active, suspended, deactivated and destroyed. */
type Table = Readonly<Record<string, readonly [string, string, string, string]>>;

const ofEveryKind: Table = {
  get: ['200', '200', '200', '200'],
  metadata: ['200', '200', '200', '200'],
  'versions of all states': ['200', '200', '200', '200'],
  versions: ['200', state, state, state],
  'policies read': ['200', '200', '200', '200'],
  registrations: ['200', '200', '200', '200'],
  'alias made': ['201', '201', '201', state],
  'ring changed': ['200', '200', '200', state],
  'set for deletion': [prior, prior, prior, prior],
  delete: ['204', '204', '204', gone],
  'force delete': ['204', '204', '204', gone],
  purge: [state, state, state, '204'],
};

const ofRoot: Table = {
  ...ofEveryKind,
  disable: ['204', state, state, state],
  enable: [state, '204', state, state],
  wrap: ['200', state, state, state],
  unwrap: ['200', state, '200', state],
  rewrap: ['200', state, '200', state],
  rotate: ['204', state, state, state],
  // Inferred: no source restricts the states.
  sync: ['204', '204', '204', '204'],
};

const expected: Record<Kind, Table> = {
  'generated root': { ...ofRoot, restore: [state, state, state, generated] },
  'imported root': { ...ofRoot, restore: [state, state, state, '201'] },
  'generated standard': {
    ...ofEveryKind,
    ...Object.fromEntries(
      ['disable', 'enable', 'wrap', 'unwrap', 'rewrap', 'rotate', 'restore', 'sync'].map((action) => [
        action,
        [root, root, root, root],
      ]),
    ),
  },
  get 'imported standard'() {
    return this['generated standard'];
  },
};

interface Subject {
  readonly id: string;
  readonly ciphertext: string;
  readonly material: object;
}

type Request = readonly [method: string, path: string, body?: object];

let count = 0;
const requests: Record<string, (subject: Subject) => Request> = {
  get: () => ['GET', ''],
  metadata: () => ['GET', '/metadata'],
  'versions of all states': () => ['GET', '/versions?allKeyStates=true'],
  versions: () => ['GET', '/versions'],
  'policies read': () => ['GET', '/policies'],
  registrations: () => ['GET', '/registrations'],
  'alias made': () => {
    count += 1;
    return ['POST', `/aliases/alias-${count}`];
  },
  'ring changed': () => ['PATCH', '', { keyRingID: 'default' }],
  'set for deletion': () => ['POST', '/actions/setKeyForDeletion'],
  delete: () => ['DELETE', ''],
  'force delete': () => ['DELETE', '?force=true'],
  purge: () => ['DELETE', '/purge'],
  disable: () => ['POST', '/actions/disable'],
  enable: () => ['POST', '/actions/enable'],
  wrap: () => ['POST', '/actions/wrap', {}],
  unwrap: ({ ciphertext }) => ['POST', '/actions/unwrap', { ciphertext }],
  rewrap: ({ ciphertext }) => ['POST', '/actions/rewrap', { ciphertext }],
  rotate: ({ material: fresh }) => ['POST', '/actions/rotate', fresh],
  restore: () => ['POST', '/restore'],
  sync: () => ['POST', '/actions/sync'],
};

async function subjectIn(instance: string, kind: Kind, wanted: State): Promise<Subject> {
  const call = (method: string, path: string, body?: object) =>
    platform.call(method, path, body, { instance });
  const expirationDate = new Date(platform.clock.now() + 3_600_000).toISOString();
  const { id } = await newKey(platform, {
    instance,
    ...kinds[kind],
    ...(wanted === 'deactivated' && { expirationDate }),
  });
  const wrapped = await call('POST', `/keys/${id}/actions/wrap`, {});
  if (wanted === 'suspended') await call('POST', `/keys/${id}/actions/disable`);
  if (wanted === 'deactivated') platform.advance('PT1H');
  if (wanted === 'destroyed') await call('DELETE', `/keys/${id}`);
  platform.advance('PT4H');
  const fresh = kind.startsWith('imported') ? { payload: otherMaterial } : {};
  return { id, ciphertext: wrapped.body.ciphertext ?? 'AAAA', material: fresh };
}

const states: readonly State[] = ['active', 'suspended', 'deactivated', 'destroyed'];
const cells = [kms, hyperProtect].flatMap((instance) =>
  (Object.keys(kinds) as Kind[]).flatMap((kind) =>
    Object.entries(expected[kind]).flatMap(([action, answers]) =>
      states
        // A standard key is never suspended: it cannot be disabled.
        .filter((wanted) => wanted !== 'suspended' || kind.endsWith('root'))
        .map((wanted) => ({ instance, kind, action, wanted, answer: answers[states.indexOf(wanted)] })),
    ),
  ),
);

test('the tables have a cell for every action of every kind', () => {
  expect(cells).toHaveLength(2 * 2 * (4 * 20 + 3 * 20));
});

test.each(cells.map((cell) => ({ ...cell, service: cell.instance === kms ? 'kms' : 'hs-crypto' })))(
  '$service, $kind, $wanted: $action answers $answer',
  async ({ instance, kind, wanted, action, answer }) => {
    const subject = await subjectIn(instance, kind, wanted);
    const before = await shown(instance, subject.id);
    const [method, path, body] = (requests[action] as (subject: Subject) => Request)(subject);
    const reply = await platform.call(method, `/keys/${subject.id}${path}`, body, { instance });
    expect(reply.status < 300 ? String(reply.status) : refusalOf(reply).join(' ')).toBe(answer);
    if (reply.status >= 400) expect(await shown(instance, subject.id)).toEqual(before);
  },
);

async function shown(instance: string, id: string): Promise<unknown> {
  return (await platform.call('GET', `/keys/${id}`, undefined, { instance })).body;
}
