/** Errors of the broker of Hyper Protect Crypto Services; its clients read the status only. */
import { ServiceError } from '../../kernel/errors';

export { platformDialect as brokerDialect } from '../../kernel/platform-errors';

export function cryptoInstanceNotFound(id: string, cause: string): ServiceError {
  return new ServiceError({
    status: 404,
    code: 'instance_not_found',
    message: `Instance ${id} was not found.`,
    cause,
    remedy: 'GET /v2/resource_instances?sub_type=hs-crypto lists the instances of the service',
  });
}
