/**
 * One port, every API: by vendor host name when the `Host` header is one (through the proxy), else by path.
 * An operation that is not emulated answers 501 with its name. (design.md 3.2)
 */
import express, { type Express, type NextFunction, type Request, type Response, type Router } from 'express';
import { ServiceError } from '../errors';
import type { Operation, Service, UnemulatedOperation } from '../operation';
import { dispatch, type Kernel, refuse, requestIdOf } from './dispatch';

type Register = (
  path: string,
  handler: (request: Request, response: Response) => Promise<void> | void,
) => unknown;

function registerFor(router: Router, { method }: Operation | UnemulatedOperation): Register {
  const registers: Record<Operation['method'], Register> = {
    GET: router.get.bind(router),
    HEAD: router.head.bind(router),
    POST: router.post.bind(router),
    PUT: router.put.bind(router),
    PATCH: router.patch.bind(router),
    DELETE: router.delete.bind(router),
  };
  return registers[method];
}

function notEmulated(
  kernel: Kernel,
  service: Service,
  operation: string,
  request: Request,
  response: Response,
): void {
  const problem = service.dialect.problemOf({ kind: 'not-emulated', operation });
  const context = { operation, requestId: requestIdOf(request, service, kernel) };
  refuse(kernel, service, context, new ServiceError(problem), response);
}

/** HEAD routes come first: Express answers HEAD with the GET route of the same path otherwise. */
function byMethod(left: Operation, right: Operation): number {
  return Number(right.method === 'HEAD') - Number(left.method === 'HEAD');
}

function serviceRouter(kernel: Kernel, service: Service): Router {
  const router = express.Router({ caseSensitive: true, mergeParams: true });
  for (const operation of [...service.operations].sort(byMethod)) {
    registerFor(router, operation)(operation.path, (request, response) =>
      dispatch(kernel, service, operation, request, response),
    );
  }
  for (const operation of service.unemulated) {
    registerFor(router, operation)(operation.path, (request, response) =>
      notEmulated(kernel, service, operation.operation, request, response),
    );
  }
  router.use((request: Request, response: Response, next: NextFunction) => {
    if (!service.paths.some((pattern) => pattern.test(request.path))) return next();
    notEmulated(kernel, service, `${request.method} ${request.path}`, request, response);
  });
  return router;
}

function hostMatch({ hosts }: Service, { hostname }: Request): RegExpExecArray | undefined {
  // A request of HTTP/1.0 may name no host; host names have no case.
  const name = (hostname ?? '').toLowerCase();
  return hosts.map((host) => host.exec(name)).find((found) => found !== null) ?? undefined;
}

/** Sends a request for one of the vendor's host names to that service, host labels as parameters. */
function byHost(service: Service, router: Router) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const match = hostMatch(service, request);
    if (!match) {
      next();
      return;
    }
    (request as Request & { hostParams?: Record<string, string> }).hostParams = { ...match.groups };
    router(request, response, next);
  };
}

/** What none of a vendor host's own services answers is not found at another service by its path. */
function notOnThisHost(kernel: Kernel, services: readonly Service[]) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const owner = services.find((service) => hostMatch(service, request) !== undefined);
    if (owner) notEmulated(kernel, owner, `${request.method} ${request.path}`, request, response);
    else next();
  };
}

export function createApp(kernel: Kernel, services: readonly Service[]): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.enable('case sensitive routing');
  const routers = services.map((service) => ({ service, router: serviceRouter(kernel, service) }));
  for (const { service, router } of routers) app.use(byHost(service, router));
  app.use(notOnThisHost(kernel, services));
  for (const { service, router } of routers) app.use(service.mount ?? '/', router);
  // Express passes errors of its own here: a path with a broken percent escape, for one.
  app.use((error: { status?: number }, _request: Request, response: Response, next: NextFunction) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const status = error.status ?? 500;
    const message = status < 500 ? 'the request path or headers are malformed' : 'the platform failed';
    response.status(status).json({ error: status < 500 ? 'malformed_request' : 'internal_error', message });
  });
  app.use((request: Request, response: Response) => {
    response.status(404).json({
      error: 'not_found',
      message: `no emulated API has the path ${request.path}`,
      remedy: 'GET /_keyquake/health lists the services of this platform',
    });
  });
  return app;
}
