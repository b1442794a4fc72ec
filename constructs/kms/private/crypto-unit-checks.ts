import { Token } from 'cdktf';
import type { Construct } from 'constructs';
import { ConstructError } from '../../construct-error';
import { checkInteger } from '../../private/text';
import type { HyperProtectInstanceProps } from '../hyper-protect-instance';

/** Source: the vendor's Terraform module `terraform-ibm-hpcs`, variables of the crypto units. */
const operational = { min: 2, max: 3 };

/** Throws {@link ConstructError} for numbers of crypto units that the service does not provide. */
export function checkCryptoUnits(
  construct: Construct,
  { units = operational.min, failoverUnits = 0 }: HyperProtectInstanceProps,
): void {
  checkInteger(construct, 'units', units, operational);
  if (failoverUnits === 0) return;
  checkInteger(construct, 'failoverUnits', failoverUnits, operational);
  if (Token.isUnresolved(units) || Token.isUnresolved(failoverUnits) || failoverUnits <= units) return;
  throw new ConstructError(
    construct,
    `failoverUnits ${failoverUnits} is more than units ${units}, and each operational unit has one to take over from it`,
    'lower it, or raise units',
  );
}
