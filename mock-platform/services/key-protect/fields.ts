/** Values of request fields that a schema cannot check. Messages never quote the value: it may be a secret. */
import { keyLimits, reservedAliases } from '../../../domain/limits';
import { type Instant, parseInstant } from '../../../domain/time';
import { badBody, collectionTotalMismatch, invalidField } from './errors';

const base64Text = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** The bytes of a base64 field. Throws INVALID_FIELD_ERR when it is not base64, or empty. */
export function bytesOf(name: string, text: string): Buffer {
  if (text === '' || !base64Text.test(text)) throw invalidField(name, 'must be base64');
  return Buffer.from(text, 'base64');
}

/** The one resource of an envelope whose total agrees with it. */
export function onlyResource<Resource>(body: {
  readonly metadata: { readonly collectionTotal: number };
  readonly resources: readonly Resource[];
}): Resource {
  checkTotal(body);
  const [resource, ...others] = body.resources;
  if (resource === undefined || others.length > 0) throw badBody('resources must hold exactly one resource');
  return resource;
}

export function checkTotal(body: {
  readonly metadata: { readonly collectionTotal: number };
  readonly resources: readonly unknown[];
}): void {
  const { collectionTotal } = body.metadata;
  const { length } = body.resources;
  if (collectionTotal !== length) throw collectionTotalMismatch(collectionTotal, length);
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Throws INVALID_FIELD_ERR for a name that cannot be an alias (6.1.8). */
export function checkAlias(alias: string): void {
  const { min, max, pattern } = keyLimits.alias;
  if (alias.length < min || alias.length > max) {
    throw invalidField('alias', `must have ${min} to ${max} characters`);
  }
  if (!pattern.test(alias)) throw invalidField('alias', 'must hold letters, digits, - and _ only');
  if (uuid.test(alias)) throw invalidField('alias', 'must not be a UUID');
  if (reservedAliases.includes(alias)) throw invalidField('alias', 'must not be a reserved word');
}

/** Throws INVALID_FIELD_ERR for a name that cannot be a key ring (6.1.8). */
export function checkRing(ring: string): void {
  const { min, max, pattern } = keyLimits.ring;
  if (ring.length < min || ring.length > max) {
    throw invalidField('key ring id', `must have ${min} to ${max} characters`);
  }
  if (!pattern.test(ring)) throw invalidField('key ring id', 'must hold letters, digits and - only');
}

/** An expiration date that is still to come (inferred: a key cannot be made expired). */
export function futureInstant(name: string, text: string, now: Instant): Instant {
  const instant = parseInstant(text);
  if (instant <= now) throw invalidField(name, 'must be in the future');
  return instant;
}
