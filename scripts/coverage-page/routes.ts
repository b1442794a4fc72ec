/** The route tables of the platform, and which operation of theirs serves a request. */
import express, { type Request, type Response, type Router } from 'express';
import { frozenClock } from '../../mock-platform';
import { controlService } from '../../mock-platform/control/routes';
import type { Method, Operation, Service } from '../../mock-platform/kernel/operation';
import { services } from '../../mock-platform/services';

/** Handlers are not called here, so the control plane may speak about an empty platform. */
const control = controlService({ clock: frozenClock(0), services: [], contributors: [], version: '0.0.0' });

/** In the order in which the platform tries them. */
export const coveredServices: readonly Service[] = [control, ...services];

/** `key-protect/createKey`: operation ids are unique in their service. */
export function operationKey(service: string, operation: string): string {
  return `${service}/${operation}`;
}

type Verb = 'get' | 'head' | 'post' | 'put' | 'patch' | 'delete';

const verbs: Readonly<Record<Method, Verb>> = {
  GET: 'get',
  HEAD: 'head',
  POST: 'post',
  PUT: 'put',
  PATCH: 'patch',
  DELETE: 'delete',
};

/** The operation is written onto the request that it serves. */
type Asked = Request & { operation?: string };

/** Express matches paths here as it does in the platform; HEAD routes come first, as there. */
function routerOf(service: Service): Router {
  const router = express.Router({ caseSensitive: true, mergeParams: true });
  const headFirst = (one: Operation, other: Operation): number =>
    Number(other.method === 'HEAD') - Number(one.method === 'HEAD');
  for (const { method, path, operation } of [...service.operations].sort(headFirst))
    router[verbs[method]](path, (request) => {
      (request as Asked).operation = operationKey(service.name, operation);
    });
  return router;
}

const routers = coveredServices.map((service) => ({ service, router: routerOf(service) }));
const byPath = express.Router({ caseSensitive: true });
for (const { service, router } of routers) byPath.use(service.mount ?? '/', router);

/** The key of the emulated operation that answers the request; undefined when none does. */
export function operationServing(request: {
  readonly method: string;
  readonly host: string;
  readonly path: string;
}): string | undefined {
  const hostname = request.host.replace(/:\d+$/, '');
  const named = routers.find(({ service }) => service.hosts.some((host) => host.test(hostname)));
  const asked = { method: request.method, url: request.path } as Asked;
  (named?.router ?? byPath)(asked, {} as Response, () => undefined);
  return asked.operation;
}
