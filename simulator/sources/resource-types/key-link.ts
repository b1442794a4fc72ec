/** Following arguments that name a root key or the instance of a key management service. */
import { accountOf, type Crn, formatInstanceCrn, isKeyCrn, regionOf, tryParseCrn } from '../../../domain/crn';
import type { KeyService } from '../../../domain/keys/transitions';
import type { Links } from '../links';
import { type Attribute, type SourceResource, showable } from '../resource';

const assumed =
  'it is not managed by this source: read as an active key that the service generated, whose deletion cannot be undone';

/**
 * The root key that an argument names, or undefined after reporting why there is none. A key outside the source that is
 * named by its CRN becomes a node of its own, and so does its instance: what it protects here is found all the same.
 */
export function keyOf(
  resource: SourceResource,
  argument: string,
  attribute: Attribute,
  links: Links,
): string | undefined {
  const link = links.follow(attribute, ['root-key']);
  if (link.to !== undefined) return link.to;
  const own = links.addressOf(attribute);
  if (attribute.kind === 'known' && own !== undefined) {
    links.unmapped(resource, `${argument} names ${own}, which is no root key`);
    return undefined;
  }
  const text = showable(attribute);
  const crn = text === undefined ? undefined : tryParseCrn(text);
  if (text !== undefined && crn && isKeyCrn(crn)) return outsideKey(text, crn, links);
  if (link.problem !== undefined) links.unmapped(resource, `${argument} ${link.problem}`);
  return undefined;
}

function outsideKey(text: string, crn: Crn, links: Links): string {
  if (links.node(text)) return text;
  const service = serviceOf(crn);
  const key = links.outside(
    { id: text, kind: 'root-key', name: crn.resource, crn: text, service, state: 'active', imported: false },
    assumed,
  );
  links.edge('contains', outsideInstance(crn, links), key);
  return key;
}

/** The instance that a key's or an instance's CRN lies in: the source's own when it has it. */
function outsideInstance(crn: Crn, links: Links): string {
  const own = links.follow({ kind: 'known', value: crn.serviceInstance, sensitive: false }, ['kms-instance']);
  if (own.to !== undefined) return own.to;
  const id = formatInstanceCrn({
    serviceName: crn.serviceName,
    location: crn.location,
    account: accountOf(crn) ?? '',
    guid: crn.serviceInstance,
  });
  return links.outside(
    {
      id,
      kind: 'kms-instance',
      name: crn.serviceInstance,
      crn: id,
      service: serviceOf(crn),
      region: regionOf(crn.location),
    },
    'it is not managed by this source',
  );
}

function serviceOf(crn: Crn): KeyService {
  return crn.serviceName === 'hs-crypto' ? 'hs-crypto' : 'kms';
}

/**
 * The KMS instance that an argument names by GUID or CRN, or undefined after reporting why there is none. One outside
 * the source becomes a node; named by its GUID alone it is taken for an instance of `service`.
 */
export function kmsInstanceOf(
  resource: SourceResource,
  argument: string,
  attribute: Attribute,
  links: Links,
  service: KeyService = 'kms',
): string | undefined {
  const link = links.follow(attribute, ['kms-instance']);
  if (link.to !== undefined) return link.to;
  const text = showable(attribute);
  if (text !== undefined && text !== '') {
    const crn = tryParseCrn(text);
    if (crn) return outsideInstance(crn, links);
    return links.outside(
      { id: text, kind: 'kms-instance', name: text, service },
      `it is not managed by this source: read as an instance of ${service}`,
    );
  }
  if (link.problem !== undefined) links.unmapped(resource, `${argument} ${link.problem}`);
  return undefined;
}
