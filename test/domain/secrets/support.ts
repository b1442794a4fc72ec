import type { LockableSecret, LockableVersion, NamedLock } from '../../../domain/secrets/types';

export const lock = (name: string): NamedLock => ({ name });

export function version(
  id: string,
  facts: Partial<Omit<LockableVersion, 'locks'>> & { readonly locks?: readonly string[] } = {},
): LockableVersion {
  return { id, payloadAvailable: true, ...facts, locks: (facts.locks ?? []).map(lock) };
}

/** An arbitrary secret with an old version without data, a previous and a current one. */
export function secret(
  facts: Partial<Omit<LockableSecret, 'versions'>> & {
    readonly current?: readonly string[];
    readonly previous?: readonly string[];
    readonly previousPayload?: boolean;
  } = {},
): LockableSecret {
  const { current, previous, previousPayload, ...rest } = facts;
  return {
    secretType: 'arbitrary',
    ...rest,
    versions: [
      version('v1', { payloadAvailable: false }),
      version('v2', { alias: 'previous', payloadAvailable: previousPayload ?? true, locks: previous ?? [] }),
      version('v3', { alias: 'current', locks: current ?? [] }),
    ],
  };
}

export const names = (locks: readonly NamedLock[]): readonly string[] => locks.map(({ name }) => name);
