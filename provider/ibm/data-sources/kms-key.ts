import { defineDataSource } from '../../core/data-source';
import { DiagnosticError } from '../../core/diagnostics';
import { attributePath } from '../../core/path';
import { step } from '../client/failures';
import { keyPolicies } from '../client/key-policies';
import { instanceGuid, type Key, KeyProtectClient } from '../client/key-protect';
import type { IbmSession } from '../client/session';
import facts from '../schema/data-sources/ibm_kms_key.json';

/** Source: ibm-control-plane.md 4.7. */
export interface KmsKeyData {
  readonly id: string | null;
  readonly instance_id: string;
  readonly key_id: string | null;
  readonly key_name: string | null;
  readonly alias: string | null;
  readonly limit: number | null;
  readonly endpoint_type: string | null;
  readonly keys: readonly Readonly<Record<string, unknown>>[] | null;
}

/** Pages of the name search when `limit` bounds it, and its bound when nothing does (4.7). */
const pageSize = 200;
const searchBound = 2000;

async function listKeys(client: KeyProtectClient, limit: number | null): Promise<Key[]> {
  if (limit === null || limit === 0) return [...(await client.listKeys(searchBound, 0))];
  const keys: Key[] = [];
  for (let offset = 0; offset < limit; offset += pageSize) {
    const page = await client.listKeys(Math.min(pageSize, limit - offset), offset);
    keys.push(...page);
    if (page.length < pageSize) break;
  }
  return keys;
}

async function find(
  client: KeyProtectClient,
  { key_id, alias, key_name, limit }: KmsKeyData,
): Promise<Key[]> {
  const direct = key_id || alias;
  if (direct) return [await client.getKey(direct)];
  return (await listKeys(client, limit)).filter((key) => key.name === key_name);
}

async function describe(client: KeyProtectClient, key: Key): Promise<Readonly<Record<string, unknown>>> {
  return {
    id: key.id,
    name: key.name,
    crn: key.crn,
    description: key.description ?? '',
    key_ring_id: key.keyRingID ?? 'default',
    standard_key: key.extractable,
    aliases: key.aliases ?? [],
    policies: keyPolicies(await client.policies(key.id)),
  };
}

function selectorOf({ key_id, alias }: KmsKeyData): string {
  if (key_id) return 'key_id';
  return alias ? 'alias' : 'key_name';
}

export const kmsKeyData = defineDataSource<KmsKeyData, IbmSession>({
  facts,
  async read({ client: session, config, signal }) {
    const guid = instanceGuid(config.instance_id);
    const opening = KeyProtectClient.of(session, { guid, endpointType: config.endpoint_type }, signal);
    const client = await step(`find instance ${guid}`, opening, 'instance_id');
    const selector = selectorOf(config);
    const keys = await step(
      `find the key with ${selector} '${config[selector as keyof KmsKeyData]}'`,
      find(client, config),
      selector,
    );
    if (keys.length === 0) {
      throw new DiagnosticError({
        summary: `No key named '${config.key_name}' in instance ${guid}`,
        detail:
          'Keys that were deleted are not found. Check the name, and raise limit when the instance holds more keys.',
        attribute: attributePath(selector),
      });
    }
    return { state: { id: guid, keys: await Promise.all(keys.map((key) => describe(client, key))) } };
  },
});
