import { CrnError } from '../../../domain/crn';
import { invalidValue } from '../../core/complaint';
import { defineDataSource } from '../../core/data-source';
import { DiagnosticError } from '../../core/diagnostics';
import { attributePath } from '../../core/path';
import { nonZero, type Validator } from '../../core/validators';
import { step } from '../../ibm/client/failures';
import {
  destroyedState,
  instanceGuid,
  type Key,
  KeyProtectClient,
  keyAddress,
  type Registration,
} from '../../ibm/client/key-protect';
import type { KeyquakeClient } from '../client';
import { checkKeyId } from '../root-key';
import facts from '../schema/data-sources/keyquake_key_registrations.json';

interface ShownRegistration {
  readonly resource_crn: string;
  readonly description: string | null;
  readonly prevent_key_deletion: boolean;
  readonly key_version: string | null;
  readonly created_by: string | null;
  readonly creation_date: string | null;
  readonly last_updated: string | null;
  readonly dangling: boolean | null;
}

/** What a key protects (behaviour.md A2), from the API of its service: ibm-control-plane.md 6.1.2, 6.1.8. */
export interface KeyRegistrationsData {
  readonly id: string | null;
  readonly key_crn: string | null;
  readonly instance_id: string | null;
  readonly key_id: string | null;
  readonly resource_crn: string | null;
  readonly prevent_key_deletion: boolean | null;
  readonly registrations: readonly ShownRegistration[] | null;
  readonly total: number | null;
}

/** The CRN of a key and of nothing else. */
const keyCrn: Validator = (value, { name, shown }) => {
  try {
    keyAddress(String(value));
    return undefined;
  } catch (error) {
    if (!(error instanceof CrnError)) throw error;
    return invalidValue(
      `${name} must be the CRN of a key, which ends in {instance id}:key:{key id}; got ${shown}`,
    );
  }
};

/** The key that is asked for, and the attributes by which it is named. */
interface Named {
  readonly guid: string;
  readonly keyId: string;
  readonly by: { readonly instance: keyof KeyRegistrationsData; readonly key: keyof KeyRegistrationsData };
}

function named({ key_crn: crn, instance_id, key_id }: KeyRegistrationsData): Named {
  if (!crn) {
    const by = { instance: 'instance_id', key: 'key_id' } as const;
    return { guid: instanceGuid(instance_id ?? ''), keyId: key_id ?? '', by };
  }
  const { guid, keyId } = keyAddress(crn);
  return { guid, keyId, by: { instance: 'key_crn', key: 'key_crn' } };
}

/** A destroyed key protects nothing any more, whatever its list still says. */
function checkLiving(key: Key, attribute: keyof KeyRegistrationsData): void {
  if (key.state !== destroyedState) return;
  throw new DiagnosticError({
    summary: `Key ${key.id} is destroyed`,
    detail:
      'Cause: it was deleted, and what it protected cannot be read.\nRemedy: restore the key while that is possible, or name another one.',
    attribute: attributePath(attribute),
  });
}

/** A platform says in the registration's free text that the resource is gone; what services write there is theirs. */
function isDangling({ registrationMetadata }: Registration): boolean {
  try {
    return (JSON.parse(registrationMetadata ?? '{}') as { dangling?: unknown } | null)?.dangling === true;
  } catch {
    return false;
  }
}

function show(registration: Registration, dangling: boolean | null): ShownRegistration {
  const { resourceCrn, description, preventKeyDeletion, keyVersion } = registration;
  return {
    resource_crn: resourceCrn,
    description: description ?? null,
    prevent_key_deletion: preventKeyDeletion,
    key_version: keyVersion?.id ?? null,
    created_by: registration.createdBy ?? null,
    creation_date: registration.creationDate ?? null,
    last_updated: registration.lastUpdated ?? null,
    dangling,
  };
}

export const keyRegistrations = defineDataSource<KeyRegistrationsData, KeyquakeClient>({
  facts,
  validators: { key_crn: keyCrn, resource_crn: nonZero },
  async read({ client: { session, platformUrl }, config, signal }) {
    const { guid, keyId, by } = named(config);
    const client = await step(
      `find instance ${guid}`,
      KeyProtectClient.of(session, { guid }, signal),
      by.instance,
    );
    const key = await step(`read key ${keyId}`, client.keyMetadata(keyId), by.key);
    checkKeyId(key, keyId);
    checkLiving(key, by.key);
    const { resource_crn: resourceCrn, prevent_key_deletion: preventKeyDeletion } = config;
    const listing = client.allRegistrations(key.id, {
      ...(resourceCrn === null ? {} : { resourceCrn }),
      ...(preventKeyDeletion === null ? {} : { preventKeyDeletion }),
    });
    const found = await step(`list the registrations of key ${key.id}`, listing, {
      INVALID_QUERY_PARAM_ERR: 'resource_crn',
      KEY_NOT_FOUND_ERR: by.key,
    });
    const isPlatform = platformUrl !== undefined && client.endpoint.startsWith(platformUrl);
    return {
      state: {
        id: key.crn,
        key_crn: key.crn,
        instance_id: config.instance_id ?? guid,
        key_id: key.id,
        registrations: found.map((each) => show(each, isPlatform ? isDangling(each) : null)),
        total: found.length,
      },
    };
  },
});
