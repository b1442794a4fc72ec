/** What tests of Key Protect make: keys of each kind and state, registrations. */
import {
  type RegisterResource,
  registerResource,
} from '../../../../mock-platform/services/key-protect/usage';
import { account, type KeyPlatform, kms, type Options } from './key-platform';

const keyType = 'application/vnd.ibm.kms.key+json';

export interface KeyWish {
  readonly name?: string;
  readonly instance?: string;
  readonly imported?: boolean;
  readonly [member: string]: unknown;
}

/** 32 bytes of 0x2a. */
export const material = Buffer.alloc(32, 0x2a).toString('base64');
export const otherMaterial = Buffer.alloc(32, 0x2b).toString('base64');

export function envelope(resource: object, type = keyType): object {
  return { metadata: { collectionType: type, collectionTotal: 1 }, resources: [resource] };
}

// biome-ignore lint/suspicious/noExplicitAny: the body of a vendor API is asserted, not typed
export async function newKey(platform: KeyPlatform, wish: KeyWish = {}): Promise<any> {
  const { instance = kms, imported = false, ...members } = wish;
  const resource = {
    type: keyType,
    name: 'a-key',
    extractable: false,
    ...(imported && { payload: material }),
    ...members,
  };
  const reply = await platform.call('POST', '/keys', envelope(resource), { instance });
  if (reply.status !== 201) throw new Error(`no key was made: ${JSON.stringify(reply.body)}`);
  return reply.body.resources[0];
}

export type StateName = 'active' | 'suspended' | 'deactivated' | 'destroyed';

/** Puts a new root key into a state, with the waits after it over. */
export async function keyInState(
  platform: KeyPlatform,
  state: StateName,
  wish: KeyWish = {},
): Promise<string> {
  const options: Options = { instance: wish.instance ?? kms };
  const inAnHour = new Date(platform.clock.now() + 3_600_000).toISOString();
  const key = await newKey(platform, {
    ...(state === 'deactivated' && { expirationDate: inAnHour }),
    ...wish,
  });
  const steps: Record<StateName, () => Promise<unknown>> = {
    active: async () => undefined,
    suspended: () => platform.call('POST', `/keys/${key.id}/actions/disable`, undefined, options),
    deactivated: async () => platform.advance('PT1H'),
    destroyed: () => platform.call('DELETE', `/keys/${key.id}`, undefined, options),
  };
  await steps[state]();
  platform.advance('PT30S');
  return key.id;
}

export const bucket = (name: string): string =>
  `crn:v1:bluemix:public:cloud-object-storage:global:a/${account}:66666666-0000-4000-8000-000000000000:bucket:${name}`;

export async function registerOn(
  platform: KeyPlatform,
  key: { readonly crn: string },
  resource: string,
  more: Partial<RegisterResource> = {},
): Promise<void> {
  await platform.inSession((session) =>
    registerResource(session, { keyCrn: key.crn, resourceCrn: bucket(resource), ...more }),
  );
}

/** Status, code and target of an error answer. */
// biome-ignore lint/suspicious/noExplicitAny: the body of a vendor API is asserted, not typed
export function refusalOf(reply: { readonly status: number; readonly body: any }): unknown[] {
  return [reply.status, reply.body?.resources?.[0]?.reasons?.[0]?.code];
}
