/** Registrations that services would make, put on a key of a platform: services make few of them, and none that retains. */
import type { TestPlatform } from '../../../support/platform';

/** CRN of a bucket, as a service registers it. */
export const bucket = (name: string): string =>
  `crn:v1:bluemix:public:cloud-object-storage:global:a/0a1b2c3d4e5f60718293a4b5c6d7e8f9:00000000-0000-4000-8000-00000000c05a:bucket:${name}`;

export interface Registered {
  readonly name: string;
  readonly preventKeyDeletion?: boolean;
  /** RFC 3339 with milliseconds; since when it is left behind. */
  readonly danglingSince?: string;
}

/** The platform goes on from a snapshot of itself in which the key has these registrations too. */
export async function registerOn(
  { platform }: TestPlatform,
  key: { readonly instance: string; readonly id: string },
  registered: readonly Registered[],
): Promise<void> {
  const stamp = { by: 'IBMid-0000000001', at: '2026-01-15T10:00:00.000Z' };
  const snapshot = await platform.snapshot();
  const made = registered.map(({ name, preventKeyDeletion = false, danglingSince }) => {
    const resourceCrn = bucket(name);
    const doc = {
      keyId: key.id,
      resourceCrn,
      description: `bucket ${name}`,
      preventKeyDeletion,
      created: stamp,
      updated: stamp,
      keyVersion: { id: key.id, at: stamp.at },
      ...(danglingSince === undefined ? {} : { danglingSince }),
    };
    const id = `${key.id}/${resourceCrn}`;
    return { kind: 'kms-registration', id, scope: key.instance, name: key.id, revision: 1, doc };
  });
  await platform.restore({ ...snapshot, entities: [...snapshot.entities, ...made] });
}
