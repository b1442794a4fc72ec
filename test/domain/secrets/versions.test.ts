import * as fc from 'fast-check';
import { createLocks, deleteVersionData } from '../../../domain/secrets/locks';
import type { LockableSecret, LockableVersion } from '../../../domain/secrets/types';
import { rotateSecret } from '../../../domain/secrets/versions';
import { lock, names, secret, version } from './support';

/** What the store does with an answer of rotateSecret. */
function rotated(of: LockableSecret, newId: string): LockableSecret {
  const result = rotateSecret(of);
  if (!result.allowed) return of;
  const kept = of.versions
    .filter(({ id }) => !result.forgotten.includes(id))
    .map((old): LockableVersion => {
      const change = result.changes.find(({ versionId }) => versionId === old.id);
      if (!change) return old;
      return {
        id: old.id,
        alias: change.alias,
        locks: change.locks,
        payloadAvailable: change.payloadAvailable,
      };
    });
  return { ...of, versions: [...kept, version(newId, { alias: 'current' })] };
}

describe('rotation (ibm-control-plane.md 6.2.4; behaviour.md C4)', () => {
  test('of a secret with one version', () => {
    const first: LockableSecret = { secretType: 'kv', versions: [version('v1', { alias: 'current' })] };
    expect(rotateSecret(first)).toEqual({
      allowed: true,
      changes: [{ versionId: 'v1', alias: 'previous', locks: [], payloadAvailable: true }],
      forgotten: [],
    });
  });

  test('the current version becomes the previous one, the previous one loses alias and data', () => {
    expect(rotateSecret(secret())).toEqual({
      allowed: true,
      changes: [
        { versionId: 'v3', alias: 'previous', locks: [], payloadAvailable: true },
        { versionId: 'v2', locks: [], payloadAvailable: false },
      ],
      forgotten: [],
    });
  });

  test('with the current version locked and the previous one free: allowed, the locks stay with their version', () => {
    const result = rotateSecret(secret({ current: ['app-1', 'app-2'] }));
    expect(result.allowed && names(result.changes[0]?.locks ?? [])).toEqual(['app-1', 'app-2']);
    expect(result).toMatchObject({ changes: [{ versionId: 'v3', alias: 'previous' }, { versionId: 'v2' }] });
  });

  test('with the previous version locked: refused, whatever the current one holds', () => {
    const refused = { allowed: false, refusal: 'previous-version-locked', locks: ['app-1'] };
    expect(rotateSecret(secret({ previous: ['app-1'] }))).toEqual(refused);
    expect(rotateSecret(secret({ previous: ['app-1'], current: ['app-2'] }))).toEqual(refused);
  });

  test('a current version whose data was deleted does not get it back', () => {
    const emptied: LockableSecret = {
      secretType: 'kv',
      versions: [version('v1', { alias: 'current', payloadAvailable: false })],
    };
    expect(rotateSecret(emptied)).toMatchObject({
      changes: [{ versionId: 'v1', alias: 'previous', payloadAvailable: false }],
    });
  });

  test('of a secret without versions (a certificate that waits for its signature)', () => {
    expect(rotateSecret({ secretType: 'imported_cert', versions: [] })).toEqual({
      allowed: true,
      changes: [],
      forgotten: [],
    });
  });

  test('metadata is kept of 50 versions', () => {
    const versions = Array.from({ length: 50 }, (_, index) =>
      version(`v${index}`, {
        payloadAvailable: index >= 48,
        ...(index === 48 && { alias: 'previous' }),
        ...(index === 49 && { alias: 'current' }),
      }),
    );
    const full: LockableSecret = { secretType: 'kv', versions };
    expect(rotateSecret({ ...full, versions: versions.slice(1) })).toMatchObject({ forgotten: [] });
    expect(rotateSecret(full)).toMatchObject({ forgotten: ['v0'] });
  });
});

describe('however often a secret is rotated', () => {
  const step = fc.constantFrom('rotate', 'lock-current', 'lock-previous', 'free', 'move');

  test('at most two versions hold data, aliases are unique, and a locked version keeps its data', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        let state: LockableSecret = { secretType: 'kv', versions: [version('v0', { alias: 'current' })] };
        const apply = (result: ReturnType<typeof createLocks>): void => {
          if (!result.allowed) return;
          state = {
            ...state,
            versions: state.versions.map((old) => {
              const change = result.changes.find(({ versionId }) => versionId === old.id);
              return change
                ? { ...old, locks: change.locks, payloadAvailable: change.payloadAvailable }
                : old;
            }),
          };
        };
        steps.forEach((action, index) => {
          const locked = state.versions.filter(({ locks }) => locks.length > 0).map(({ id }) => id);
          const locks = [lock('app')];
          if (action === 'rotate') state = rotated(state, `v${index + 1}`);
          if (action === 'lock-current') apply(createLocks(state, { version: 'current', locks }));
          if (action === 'lock-previous') apply(createLocks(state, { version: 'previous', locks }));
          if (action === 'move')
            apply(createLocks(state, { version: 'current', locks, mode: 'remove_previous_and_delete' }));
          if (action === 'free') {
            state = { ...state, versions: state.versions.map((old) => ({ ...old, locks: [] })) };
          }

          const holding = state.versions.filter(({ payloadAvailable }) => payloadAvailable);
          expect(holding.length).toBeLessThanOrEqual(2);
          expect(state.versions.filter(({ alias }) => alias === 'current')).toHaveLength(1);
          expect(state.versions.filter(({ alias }) => alias === 'previous').length).toBeLessThanOrEqual(1);
          expect(state.versions.length).toBeLessThanOrEqual(50);
          for (const { id, payloadAvailable } of state.versions) {
            const freedNow = action === 'move' || action === 'free';
            if (locked.includes(id) && !freedNow) expect(payloadAvailable).toBe(true);
          }
        });
      }),
    );
  });
});

test('C12: consumers lock, rotate, move; the old data goes with the last one and was never deletable before', () => {
  const consumers = ['app-1', 'app-2', 'app-3'];
  let state: LockableSecret = {
    secretType: 'arbitrary',
    versions: [version('v1', { alias: 'current', locks: consumers })],
  };
  state = rotated(state, 'v2');
  expect(state.versions.map(({ id, alias, locks }) => [id, alias, names(locks)])).toEqual([
    ['v1', 'previous', consumers],
    ['v2', 'current', []],
  ]);

  consumers.forEach((consumer, index) => {
    expect(deleteVersionData(state, 'previous')).toMatchObject({ refusal: 'version-locked' });
    expect(rotateSecret(state)).toMatchObject({ refusal: 'previous-version-locked' });
    const moved = createLocks(state, {
      version: 'current',
      locks: [lock(consumer)],
      mode: 'remove_previous_and_delete',
    });
    if (!moved.allowed) throw new Error(moved.refusal);
    state = {
      ...state,
      versions: state.versions.map((old) => ({
        ...old,
        ...moved.changes.find(({ versionId }) => versionId === old.id),
      })),
    };
    const last = index === consumers.length - 1;
    expect(state.versions[0]).toMatchObject({ payloadAvailable: !last });
  });
  expect(state.versions.map(({ locks }) => names(locks))).toEqual([[], consumers]);
});
