import type { Construct } from 'constructs';
import { regionOf } from '../../../domain/crn';
import { ConstructError } from '../../construct-error';
import { literal } from '../../private/text';
import type { IRootKey } from '../root-key-base';

/**
 * Throws {@link ConstructError} when a resource is in another region than the key that is to encrypt it (behaviour.md
 * B3; block storage refuses such a key too). Regions and zones that only Terraform knows are not judged.
 */
export function checkKeyRegion(
  construct: Construct,
  property: 'location' | 'zone',
  place: string,
  key: IRootKey,
): void {
  const keyRegion = literal(key.keyInstance.location);
  const known = literal(place);
  if (known === undefined || keyRegion === undefined || regionOf(known) === keyRegion) return;
  throw new ConstructError(
    construct,
    `${property} '${known}' is outside of the region '${keyRegion}' of encryptionKey ${key.node.path}, and a key serves its own region only`,
    'put both into one region',
  );
}
