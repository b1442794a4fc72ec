/** How the data sources find keys and show them (ibm-control-plane.md 4.7, 4.8). */
import { DiagnosticError } from '../../core/diagnostics';
import { attributePath } from '../../core/path';
import { step, type VendorWords } from '../client/failures';
import type { Key, KeyProtectClient } from '../client/key-protect';
import { defaultRing } from './key';
import { type KeyPolicyBlocks, keyPolicyBlocks } from './key-policies';

export interface KeySelector {
  readonly key_id: string | null;
  readonly key_name: string | null;
  readonly alias: string | null;
  readonly limit: number | null;
}

/** An entry of `keys`. */
export interface ShownKey {
  readonly id: string;
  readonly name: string;
  readonly crn: string;
  readonly description: string;
  readonly key_ring_id: string;
  readonly standard_key: boolean;
  readonly aliases: readonly string[];
  readonly policies: readonly KeyPolicyBlocks[];
}

/** Pages of the list when `limit` bounds it, and its bound when nothing does (4.7). */
const pageSize = 200;
const listBound = 2000;

async function listKeys(client: KeyProtectClient, limit: number | null): Promise<readonly Key[]> {
  if (!limit) return client.listKeys(listBound, 0);
  const keys: Key[] = [];
  for (let offset = 0; offset < limit; offset += pageSize) {
    const asked = Math.min(pageSize, limit - offset);
    const page = await client.listKeys(asked, offset);
    keys.push(...page);
    if (page.length < asked) break;
  }
  return keys;
}

const failedLookup: VendorWords = { says: '[ERROR] Get Keys failed with error' };

/** The key with the id or the alias; undefined when neither is given. */
export async function findByIdOrAlias(
  client: KeyProtectClient,
  { key_id, alias }: KeySelector,
): Promise<Key | undefined> {
  if (alias) return step(failedLookup, client.getKey(alias), 'alias');
  return key_id ? step(failedLookup, client.getKey(key_id), 'key_id') : undefined;
}

/** All keys, or those of one name. None is an error. */
export async function findByName(
  client: KeyProtectClient,
  { key_name: name, limit }: KeySelector,
): Promise<readonly Key[]> {
  const keys = await step(failedLookup, listKeys(client, limit), 'instance_id');
  const found = name ? keys.filter((key) => key.name === name) : keys;
  if (found.length > 0) return found;
  const looked = `Looked at ${keys.length} keys; those that are destroyed are not listed.`;
  if (!name) {
    throw new DiagnosticError({
      summary: `[ERROR] No keys in instance  ${client.guid}`,
      detail: `${looked} Create a key first, or name another instance.`,
      attribute: attributePath('instance_id'),
    });
  }
  throw new DiagnosticError({
    summary: `[ERROR] No keys with name ${name} in instance  ${client.guid}`,
    detail: `${looked} Check the name, and raise limit when the instance holds more keys.`,
    attribute: attributePath('key_name'),
  });
}

export function showKey(key: Key, policies: readonly KeyPolicyBlocks[] = []): ShownKey {
  return {
    id: key.id,
    name: key.name,
    crn: key.crn,
    description: key.description ?? '',
    key_ring_id: key.keyRingID ?? defaultRing,
    standard_key: key.extractable,
    aliases: key.aliases ?? [],
    policies,
  };
}

export async function showKeyWithPolicies(client: KeyProtectClient, key: Key): Promise<ShownKey> {
  const blocks = keyPolicyBlocks(
    await step({ says: '[ERROR] Failed to read policies' }, client.policies(key.id)),
  );
  return showKey(key, blocks ? [blocks] : []);
}
