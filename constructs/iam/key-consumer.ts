import type { TerraformResource } from 'cdktf';
import { type KeyConsumer, keyConsumers } from '../../domain/iam/consumers';
import { roleByCrn } from '../../domain/iam/roles';
import type { IServiceInstance } from '../resources/service-instance';
import { covering, noteGrant } from './private/claims';
import { ServiceAuthorization } from './service-authorization';

/** Something that a service encrypts with a root key. Any L1 construct becomes one: `{ keyConsumer: 'share', resource }`. */
export interface IKeyConsumer {
  /** Kind of the resource, which decides the service that asks for the key and the role that it needs. */
  readonly keyConsumer: KeyConsumer;
  /** The resource that names the key. */
  readonly resource: TerraformResource;
}

/**
 * The authorization under which that kind of consumer reaches the keys of an instance: one that the app declares
 * already, else a new one beside the instance, which is where every stack that uses the instance finds it.
 */
export function authorizeKeyConsumer(
  keyConsumer: KeyConsumer,
  target: IServiceInstance,
): ServiceAuthorization {
  const row: { sourceService: string; sourceResourceType?: string; role: string } = keyConsumers[keyConsumer];
  const { sourceService, sourceResourceType, role } = row;
  const id = [sourceService, sourceResourceType].filter((part) => part !== undefined).join('-');
  return (
    covering(target, row) ??
    noteGrant(
      new ServiceAuthorization(target, id, {
        sourceService,
        sourceResourceType,
        target,
        roles: [roleByCrn(role)?.displayName ?? role],
      }),
    )
  );
}
