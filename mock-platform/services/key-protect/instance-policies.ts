/** Policies of an instance and what they do to requests and to keys made afterwards (ibm-control-plane.md 6.1.7). */
import { BlockList, isIP, isIPv4 } from 'node:net';
import type { Input, Session } from '../../kernel/operation';
import { accessDenied, createImportForbidden, featureRestricted } from './errors';
import type { KeyInstance } from './instance';
import { type InstancePolicyDocument, type InstancePolicyType, inInstance, instancePolicies } from './model';

export async function policyOf(
  session: Session,
  instance: KeyInstance,
  type: InstancePolicyType,
): Promise<InstancePolicyDocument | undefined> {
  return (await session.tx.get(instancePolicies, inInstance(instance.guid, type)))?.doc;
}

async function enabledPolicy(
  session: Session,
  instance: KeyInstance,
  type: InstancePolicyType,
): Promise<InstancePolicyDocument | undefined> {
  const policy = await policyOf(session, instance, type);
  return policy?.enabled === true ? policy : undefined;
}

/** What `keyCreateImportAccess` distinguishes. */
export interface KeyOrigin {
  readonly extractable: boolean;
  readonly imported: boolean;
  readonly withToken: boolean;
}

const accessAttributes = {
  created: { root: 'create_root_key', standard: 'create_standard_key' },
  imported: { root: 'import_root_key', standard: 'import_standard_key' },
} as const;

/** Throws KEY_CREATE_IMPORT_ACCESS_ERR when a key of that origin may not be made. */
export async function checkCreation(
  session: Session,
  instance: KeyInstance,
  origin: KeyOrigin,
): Promise<void> {
  const policy = await enabledPolicy(session, instance, 'keyCreateImportAccess');
  if (policy === undefined) return;
  const attribute =
    accessAttributes[origin.imported ? 'imported' : 'created'][origin.extractable ? 'standard' : 'root'];
  if (policy.attributes?.[attribute] === false) throw createImportForbidden(attribute);
  if (origin.imported) await checkTokenUse(session, instance, origin);
}

/** `enforce_token` also holds for material that a rotation or a restore brings (settings-key-create-import-access). */
export async function checkTokenUse(
  session: Session,
  instance: KeyInstance,
  { withToken }: Pick<KeyOrigin, 'withToken'>,
): Promise<void> {
  const policy = await enabledPolicy(session, instance, 'keyCreateImportAccess');
  if (policy?.attributes?.enforce_token === true && !withToken) throw createImportForbidden('enforce_token');
}

/** The rotation interval that root keys get at creation, in months. */
export async function standardRotation(session: Session, instance: KeyInstance): Promise<number | undefined> {
  const policy = await enabledPolicy(session, instance, 'rotation');
  return policy?.attributes?.interval_month;
}

export async function dualAuthByDefault(session: Session, instance: KeyInstance): Promise<boolean> {
  return (await enabledPolicy(session, instance, 'dualAuthDelete')) !== undefined;
}

/**
 * Throws the vendor's 401 when the network or the address that the request comes from is not permitted (Key Protect
 * `settings-network-policy.md`, `settings-allowed-ip.md`, and `error-messages.md` under UNAUTHORIZED_ERR; what that page
 * says under CONFIG_RULE_CONFLICT_ERR, a 403 for the network, is the other reading). With addresses permitted, the
 * private endpoint takes callers of IPv4 only: others get FEATURE_RESTRICTED_ERR.
 */
export async function checkOrigin(
  session: Session,
  instance: KeyInstance,
  { clientAddress }: Pick<Input<unknown>, 'clientAddress'>,
): Promise<void> {
  const network = await enabledPolicy(session, instance, 'allowedNetwork');
  if (network?.attributes?.allowed_network === 'private-only' && !isPrivate(session.baseUrl)) {
    throw accessDenied(
      'the policy allowedNetwork of the instance admits the private network only',
      'use the private endpoint of the region, private.{region}.kms.cloud.ibm.com, or change the policy',
    );
  }
  const addresses = (await enabledPolicy(session, instance, 'allowedIP'))?.attributes?.allowed_ip;
  if (addresses === undefined) return;
  if (isPrivate(session.baseUrl) && !isIPv4(clientAddress)) throw featureRestricted(clientAddress);
  if (!contains(addresses, clientAddress)) {
    throw accessDenied(
      `the policy allowedIP of the instance does not admit ${clientAddress}`,
      'call from an admitted address, or change the policy from one',
    );
  }
}

/** Whether the host that the caller used is a private endpoint, `private.…`. */
function isPrivate(baseUrl: string): boolean {
  return new URL(baseUrl).hostname.startsWith('private.');
}

/** Reads `address` or `address/prefix`, IPv4 or IPv6; undefined when it is neither. */
export function parseSubnet(
  text: string,
): { address: string; prefix: number; family: 'ipv4' | 'ipv6' } | undefined {
  const [address = '', prefixText, ...rest] = text.split('/');
  if (rest.length > 0 || isIP(address) === 0) return undefined;
  const family = isIPv4(address) ? 'ipv4' : 'ipv6';
  const widest = family === 'ipv4' ? 32 : 128;
  const prefix = prefixText === undefined ? widest : Number(prefixText);
  if (prefixText === '' || !Number.isInteger(prefix) || prefix < 0 || prefix > widest) return undefined;
  return { address, prefix, family };
}

function contains(subnets: readonly string[], client: string): boolean {
  const list = new BlockList();
  for (const subnet of subnets.map(parseSubnet)) {
    if (subnet) list.addSubnet(subnet.address, subnet.prefix, subnet.family);
  }
  return list.check(client, isIPv4(client) ? 'ipv4' : 'ipv6');
}
