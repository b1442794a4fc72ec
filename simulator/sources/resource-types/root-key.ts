/** What the resource types of root keys have in common. Source: ibm-control-plane.md 4.0, 4.1. */
import { type KeyState, keyStateOf } from '../../../domain/keys/states';
import { parseInstant } from '../../../domain/time';
import type { Links } from '../links';
import { isSet, type SourceResource, showable } from '../resource';
import { kmsInstanceOf } from './key-link';
import type { Description, ResourceType } from './resource-type';

/** Types whose resources are root keys, each with its argument for the instance that holds them. */
export const rootKeyTypes = {
  ibm_kms_key: 'instance_id',
  ibm_kms_key_with_policy_overrides: 'instance_id',
  ibm_kp_key: 'key_protect_id',
} as const;

export function rootKeyType(type: keyof typeof rootKeyTypes): ResourceType {
  const instance = rootKeyTypes[type];
  return {
    type,
    mode: 'managed',
    identifiedBy: ['id', 'crn', 'key_id', 'resource_crn'],
    repeats: { instance_crn: instance },
    describe,
    link(resource, links) {
      const node = links.node(resource.id);
      if (node?.kind !== 'root-key') return;
      const holder = kmsInstanceOf(resource, instance, resource.read(instance), links, node.service);
      if (holder !== undefined) contain(resource, holder, links);
      reportRegistrations(resource, links);
    },
  };
}

function describe(resource: SourceResource): Description {
  const standard = resource.read('standard_key');
  if (standard.kind === 'known' && standard.value === true)
    return { none: 'a standard key, which encrypts nothing' };
  const expires = expiryOf(resource);
  return {
    node: {
      kind: 'root-key',
      name: showable(resource.read('key_name')),
      service: showable(resource.read('type')) === 'hs-crypto' ? 'hs-crypto' : 'kms',
      state: stateOf(resource),
      imported: isImported(resource),
      ...(expires !== undefined && { expiresAt: expires }),
    },
  };
}

function contain(resource: SourceResource, holder: string, links: Links): void {
  links.edge('contains', holder, resource.id);
  const node = links.node(holder);
  if (node?.kind === 'kms-instance' && node.service === 'hs-crypto')
    links.amend(resource.id, { service: 'hs-crypto' });
}

/** `resource_status` is the number of the key's state as text; a key that does not exist yet will be active. */
function stateOf(resource: SourceResource): KeyState {
  const status = showable(resource.read('resource_status'));
  return (status === undefined || status === '' ? undefined : keyStateOf(Number(status))) ?? 'active';
}

/** Key material that the configuration brings; it is looked at for its presence only. */
function isImported(resource: SourceResource): boolean {
  return ['payload', 'encrypted_nonce', 'iv_value'].some((name) => isSet(resource.read(name)));
}

function expiryOf(resource: SourceResource): string | undefined {
  const text = showable(resource.read('expiration_date'));
  try {
    parseInstant(text ?? '');
    return text;
  } catch {
    return undefined;
  }
}

/** Resources that are registered on the key and that the source does not manage: the key protects them too. */
function reportRegistrations(resource: SourceResource, links: Links): void {
  const registrations = resource.read('registrations');
  if (registrations.kind !== 'known' || registrations.sensitive) return;
  const count = Array.isArray(registrations.value) ? registrations.value.length : 0;
  for (let index = 0; index < count; index += 1) {
    const attribute = resource.read('registrations', String(index), 'resource_crn');
    const crn = showable(attribute);
    if (crn !== undefined && links.addressOf(attribute) === undefined)
      links.unmapped(resource, `${crn} is registered on the key and not managed by this source`);
  }
}
