/**
 * What moves a root key from state to state, and what each state permits. The expected cells are typed from behaviour.md
 * A1 and ibm-control-plane.md 6.1.4 (codes: 6.1.2, 6.1.10). State 0 is conceptual: no request makes such a key.
 */
import { hyperProtect, type KeyPlatform, kms, startKeyPlatform } from './support/key-platform';
import { keyInState, newKey, refusalOf, registerOn, type StateName } from './support/keys';

let platform: KeyPlatform;
beforeAll(async () => {
  platform = await startKeyPlatform();
});
afterAll(() => platform.close());

const numbers: Record<StateName, number> = { active: 1, suspended: 2, deactivated: 3, destroyed: 5 };

async function stateOf(id: string, instance = kms): Promise<number | undefined> {
  const reply = await platform.call('GET', `/keys/${id}/metadata`, undefined, { instance });
  return reply.status === 404 ? undefined : reply.body.resources[0].state;
}

interface Action {
  readonly method: string;
  readonly path: string;
}

const actions: Record<string, Action> = {
  disable: { method: 'POST', path: '/actions/disable' },
  enable: { method: 'POST', path: '/actions/enable' },
  delete: { method: 'DELETE', path: '' },
  'force delete': { method: 'DELETE', path: '?force=true' },
  restore: { method: 'POST', path: '/restore' },
  rotate: { method: 'POST', path: '/actions/rotate' },
  purge: { method: 'DELETE', path: '/purge' },
};

const invalidState = [409, 'KEY_ACTION_INVALID_STATE_ERR'] as const;
const gone = [410, 'KEY_DELETED_ERR'] as const;

type Outcome = readonly [number, string] | 'done';

/** [from, action, state after, refusal or done]. An imported key is used where the action asks for one. */
type Row = readonly [StateName, string, number | undefined, Outcome];

const a1: readonly Row[] = [
  ['active', 'disable', 2, 'done'],
  ['active', 'enable', 1, invalidState],
  ['active', 'delete', 5, 'done'],
  ['active', 'force delete', 5, 'done'],
  ['active', 'restore', 1, invalidState],
  ['active', 'rotate', 1, 'done'],
  ['active', 'purge', 1, invalidState],
  ['suspended', 'disable', 2, invalidState],
  ['suspended', 'enable', 1, 'done'],
  ['suspended', 'delete', 5, 'done'],
  ['suspended', 'force delete', 5, 'done'],
  ['suspended', 'restore', 2, invalidState],
  ['suspended', 'rotate', 2, invalidState],
  ['suspended', 'purge', 2, invalidState],
  ['deactivated', 'disable', 3, invalidState],
  ['deactivated', 'enable', 3, invalidState],
  ['deactivated', 'delete', 5, 'done'],
  ['deactivated', 'force delete', 5, 'done'],
  ['deactivated', 'restore', 3, invalidState],
  ['deactivated', 'rotate', 3, invalidState],
  ['deactivated', 'purge', 3, invalidState],
  ['destroyed', 'disable', 5, invalidState],
  ['destroyed', 'enable', 5, invalidState],
  ['destroyed', 'delete', 5, gone],
  ['destroyed', 'force delete', 5, gone],
  ['destroyed', 'restore', 5, [400, 'KEY_IMPT_REQ_ERR']],
  ['destroyed', 'rotate', 5, invalidState],
  ['destroyed', 'purge', undefined, 'done'],
];

describe('behaviour.md A1: a generated root key', () => {
  test.each(a1)('%s + %s: state %s', async (from, name, after, refusal) => {
    const id = await keyInState(platform, from);
    const { method, path } = actions[name] as Action;
    if (name === 'purge') platform.advance('PT4H');
    const reply = await platform.call(method, `/keys/${id}${path}`);
    expect(reply.status < 300 ? 'done' : refusalOf(reply)).toEqual(refusal);
    expect(await stateOf(id)).toBe(after);
  });

  test.each([
    ['active', 3],
    ['suspended', 3],
    ['deactivated', 3],
  ] as const)('%s + expiration date passes: state %s', async (from, after) => {
    const expirationDate = new Date(platform.clock.now() + 3_600_000).toISOString();
    const id = await keyInState(platform, from, { expirationDate });
    platform.advance('PT1H');
    expect(await stateOf(id)).toBe(after);
  });

  test('destroyed + expiration date passes: stays destroyed', async () => {
    const expirationDate = new Date(platform.clock.now() + 3_600_000).toISOString();
    const id = await keyInState(platform, 'destroyed', { expirationDate });
    platform.advance('PT1H');
    expect(await stateOf(id)).toBe(5);
  });
});

describe('behaviour.md A1: an imported root key', () => {
  test('destroyed + restore: active', async () => {
    const id = await keyInState(platform, 'destroyed', { imported: true });
    expect((await platform.call('POST', `/keys/${id}/restore`)).status).toBe(201);
    expect(await stateOf(id)).toBe(1);
  });

  test('active + rotate without new material: refused', async () => {
    const id = await keyInState(platform, 'active', { imported: true });
    const reply = await platform.call('POST', `/keys/${id}/actions/rotate`);
    expect(refusalOf(reply)).toEqual([400, 'KEY_PAYLOAD_REQ_ERR']);
  });
});

const guarded = [
  ['active', 409, 'PROTECTED_RESOURCE_ERR'],
  ['suspended', 409, 'PROTECTED_RESOURCE_ERR'],
  ['deactivated', 409, 'PROTECTED_RESOURCE_ERR'],
] as const;

describe('behaviour.md A1: a key that protects something', () => {
  async function protecting(state: StateName, instance: string): Promise<string> {
    const expirationDate = new Date(platform.clock.now() + 3_600_000).toISOString();
    const key = await newKey(platform, { instance, ...(state === 'deactivated' && { expirationDate }) });
    await registerOn(platform, key, 'a-bucket');
    if (state === 'suspended') {
      await platform.call('POST', `/keys/${key.id}/actions/disable`, undefined, { instance });
    }
    if (state === 'deactivated') platform.advance('PT1H');
    return key.id;
  }

  test.each(guarded)(
    '%s + delete: refused, the target is the parameter force',
    async (state, status, code) => {
      const id = await protecting(state, kms);
      const reply = await platform.call('DELETE', `/keys/${id}`);
      expect(refusalOf(reply)).toEqual([status, code]);
      expect(reply.body.resources[0].reasons[0].target).toEqual({ type: 'query_param', name: 'force' });
      expect(await stateOf(id)).toBe(numbers[state]);
    },
  );

  test.each(guarded)('%s + force delete: destroyed', async (state) => {
    const id = await protecting(state, kms);
    expect((await platform.call('DELETE', `/keys/${id}?force=true`)).status).toBe(204);
    expect(await stateOf(id)).toBe(5);
  });

  test.each(guarded)('Hyper Protect: %s + force delete is refused', async (state, status, code) => {
    const id = await protecting(state, hyperProtect);
    const reply = await platform.call('DELETE', `/keys/${id}?force=true`, undefined, {
      instance: hyperProtect,
    });
    expect(refusalOf(reply)).toEqual([status, code]);
    expect(await stateOf(id, hyperProtect)).toBe(numbers[state]);
  });

  test.each(guarded)('%s + force delete with preventKeyDeletion: refused', async (state) => {
    const expirationDate = new Date(platform.clock.now() + 3_600_000).toISOString();
    const key = await newKey(platform, state === 'deactivated' ? { expirationDate } : {});
    await registerOn(platform, key, 'retained', { preventKeyDeletion: true });
    if (state === 'suspended') await platform.call('POST', `/keys/${key.id}/actions/disable`);
    if (state === 'deactivated') platform.advance('PT1H');
    const reply = await platform.call('DELETE', `/keys/${key.id}?force=true`);
    expect(refusalOf(reply)).toEqual([409, 'PREV_KEY_DEL_ERR']);
    expect(await stateOf(key.id)).toBe(numbers[state]);
  });
});

/** 6.1.4; rotation of a deactivated key is disputed, the cautious reading refuses it (behaviour.md A1). */
const permitted: Record<string, Record<StateName, boolean>> = {
  get: { active: true, suspended: true, deactivated: true, destroyed: true },
  metadata: { active: true, suspended: true, deactivated: true, destroyed: true },
  'default list': { active: true, suspended: true, deactivated: true, destroyed: false },
  rotate: { active: true, suspended: false, deactivated: false, destroyed: false },
  wrap: { active: true, suspended: false, deactivated: false, destroyed: false },
  unwrap: { active: true, suspended: false, deactivated: true, destroyed: false },
  rewrap: { active: true, suspended: false, deactivated: true, destroyed: false },
  disable: { active: true, suspended: false, deactivated: false, destroyed: false },
  enable: { active: false, suspended: true, deactivated: false, destroyed: false },
  delete: { active: true, suspended: true, deactivated: true, destroyed: false },
  restore: { active: false, suspended: false, deactivated: false, destroyed: true },
  purge: { active: false, suspended: false, deactivated: false, destroyed: true },
};

type Attempt = (id: string, ciphertext: string) => Promise<boolean>;

const attempt =
  (method: string, path: string, body?: (ciphertext: string) => object): Attempt =>
  async (id, ciphertext) =>
    (await platform.call(method, `/keys/${id}${path}`, body?.(ciphertext))).status < 300;

const attempts: Record<string, Attempt> = {
  get: attempt('GET', ''),
  metadata: attempt('GET', '/metadata'),
  'default list': async (id) => {
    const { body } = await platform.call('GET', '/keys?limit=5000');
    return body.resources.some((key: { id: string }) => key.id === id);
  },
  rotate: attempt('POST', '/actions/rotate', () => ({ payload: Buffer.alloc(32, 7).toString('base64') })),
  wrap: attempt('POST', '/actions/wrap', () => ({})),
  unwrap: attempt('POST', '/actions/unwrap', (ciphertext) => ({ ciphertext })),
  rewrap: attempt('POST', '/actions/rewrap', (ciphertext) => ({ ciphertext })),
  disable: attempt('POST', '/actions/disable'),
  enable: attempt('POST', '/actions/enable'),
  delete: attempt('DELETE', ''),
  restore: attempt('POST', '/restore'),
  purge: async (id, ciphertext) => {
    platform.advance('PT4H');
    return attempt('DELETE', '/purge')(id, ciphertext);
  },
};

describe('ibm-control-plane.md 6.1.4: what each state permits (an imported root key)', () => {
  const cells = Object.entries(permitted).flatMap(([name, byState]) =>
    Object.entries(byState).map(([state, answer]) => [state as StateName, name, answer] as const),
  );

  test.each(cells)('%s: %s %s', async (state, name, answer) => {
    const expirationDate = new Date(platform.clock.now() + 3_600_000).toISOString();
    const key = await newKey(platform, {
      imported: true,
      ...(state === 'deactivated' && { expirationDate }),
    });
    const wrapped = await platform.call('POST', `/keys/${key.id}/actions/wrap`, {});
    if (state === 'suspended') await platform.call('POST', `/keys/${key.id}/actions/disable`);
    if (state === 'deactivated') platform.advance('PT1H');
    if (state === 'destroyed') await platform.call('DELETE', `/keys/${key.id}`);
    platform.advance('PT30S');
    expect(await stateOf(key.id)).toBe(numbers[state]);
    expect(await attempts[name]?.(key.id, wrapped.body.ciphertext)).toBe(answer);
  });
});

describe('standard keys', () => {
  test.each([
    ['disable', '/actions/disable'],
    ['enable', '/actions/enable'],
    ['rotate', '/actions/rotate'],
    ['wrap', '/actions/wrap'],
    ['sync', '/actions/sync'],
  ])('%s needs a root key', async (_name, path) => {
    const key = await newKey(platform, { extractable: true });
    expect(refusalOf(await platform.call('POST', `/keys/${key.id}${path}`))).toEqual([
      400,
      'KEY_ROOT_REQ_ERR',
    ]);
    expect(await stateOf(key.id)).toBe(1);
  });

  test('are deleted and purged as root keys are', async () => {
    const key = await newKey(platform, { extractable: true });
    expect((await platform.call('DELETE', `/keys/${key.id}`)).status).toBe(204);
    platform.advance('PT4H');
    expect((await platform.call('DELETE', `/keys/${key.id}/purge`)).status).toBe(204);
    expect(await stateOf(key.id)).toBeUndefined();
  });
});

describe('the other reading of a disputed cell', () => {
  test('restoreGeneratedKeys lets a generated key be restored', async () => {
    const other = await startKeyPlatform({ restoreGeneratedKeys: true });
    const id = await keyInState(other, 'destroyed');
    const shown = await other.call('GET', `/keys/${id}`);
    expect(shown.body.resources[0].restoreAllowed).toBe(true);
    const reply = await other.call('POST', `/keys/${id}/restore`);
    expect([reply.status, reply.body.resources[0].state]).toEqual([201, 1]);
    await other.close();
  });
});
