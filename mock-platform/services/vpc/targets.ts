/** What requests to the VPC API act on. */
import { type AccessTarget, unverifiedBody } from '../../kernel/access-target';
import type { Input, Session } from '../../kernel/operation';
import { defaultGroupId } from '../resource-manager/model';
import { volumes } from './model';

/** The resource group that a volume is to be created in; undefined when the request creates none. */
function groupAsked(session: Session, input: Input<unknown>): string | undefined {
  const body = unverifiedBody(input) as { resource_group?: { id?: unknown } } | null | undefined;
  if (body === undefined || body === null) return undefined;
  const asked = body.resource_group?.id;
  return typeof asked === 'string' ? asked : defaultGroupId(session.options.account);
}

/** The service in the region of the host, in the resource group of the volume that is named or to be made. */
export async function volumeTargets(
  session: Session,
  input: Input<unknown>,
): Promise<readonly AccessTarget[]> {
  const { id, region } = input.params;
  const volume = id === undefined ? undefined : await session.tx.get(volumes, id);
  if (volume !== undefined) {
    return [{ serviceName: 'is', region: volume.doc.region, resourceGroupId: volume.doc.resourceGroupId }];
  }
  const group = groupAsked(session, input);
  return [
    {
      serviceName: 'is',
      ...(region !== undefined && { region }),
      ...(group !== undefined && { resourceGroupId: group }),
    },
  ];
}

export async function auditTarget(
  session: Session,
  { params }: Pick<Input<unknown>, 'params'>,
): Promise<string | undefined> {
  return (await session.tx.get(volumes, params['id'] ?? ''))?.doc.crn;
}
