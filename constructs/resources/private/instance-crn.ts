import { Fn, Token } from 'cdktf';
import type { Construct } from 'constructs';
import { CrnError, parseCrn } from '../../../domain/crn';
import { ConstructError } from '../../construct-error';
import { literal, quoted } from '../../private/text';

/** Positions in `crn:v1:{cname}:{ctype}:{service}:{location}:{scope}:{instance}::` (ibm-control-plane.md 6.4.2). */
const segments = { location: 5, instance: 7 } as const;

export interface PlaceOfInstance {
  readonly instanceGuid: string;
  readonly location: string;
}

/** What the CRN of an instance says. Of a CRN that only Terraform knows it is an expression. */
export function placeOf(instanceCrn: string): PlaceOfInstance {
  const segment = (index: number): string =>
    Token.isUnresolved(instanceCrn)
      ? Token.asString(Fn.element(Fn.split(':', instanceCrn), index))
      : (instanceCrn.split(':')[index] ?? '');
  return { instanceGuid: segment(segments.instance), location: segment(segments.location) };
}

/** Throws {@link ConstructError} for text that is not the CRN of an instance of the service. */
export function checkInstanceCrn(construct: Construct, instanceCrn: string, service: string): void {
  const text = literal(instanceCrn);
  if (text === undefined || namesInstance(text, service)) return;
  throw new ConstructError(
    construct,
    `instanceCrn ${quoted(text)} is not the CRN of an instance of '${service}'`,
    `give one like crn:v1:bluemix:public:${service}:us-south:a/{account}:{guid}::`,
  );
}

function namesInstance(text: string, service: string): boolean {
  try {
    const { serviceName, serviceInstance, resourceType } = parseCrn(text);
    return serviceName === service && serviceInstance !== '' && resourceType === '';
  } catch (error) {
    if (error instanceof CrnError) return false;
    throw error;
  }
}

/**
 * Throws {@link ConstructError} for a CRN in the place of a GUID: Key Protect's types take both, but an authorization for
 * a CRN opens nothing.
 */
export function checkInstanceGuid(construct: Construct, property: string, guid: string | undefined): void {
  const text = literal(guid);
  if (text === undefined || !text.includes(':')) return;
  throw new ConstructError(
    construct,
    `${property} ${quoted(text)} is a CRN, of which the GUID is the eighth part`,
    'give the GUID alone, or describe the instance by its CRN',
  );
}
