/** The platform's own API, under `/_keyquake/`. Its paths are a contract: design.md 3.2. */
import { operation, operationWithBody, type Service } from '../kernel/operation';
import { controlDialect } from './errors';
import type { SetClock } from './gen/set-clock';
import {
  type ControlContext,
  events,
  graph,
  health,
  readClock,
  reset,
  setClock,
  showMetrics,
  showProxy,
} from './handlers';
import clockSchema from './schema/clock.json';
import eventListSchema from './schema/event-list.json';
import eventQuerySchema from './schema/event-query.json';
import graphSchema from './schema/graph.json';
import healthSchema from './schema/health.json';
import metricsSchema from './schema/metrics.json';
import metricsQuerySchema from './schema/metrics-query.json';
import proxySchema from './schema/proxy.json';
import setClockSchema from './schema/set-clock.json';

export function controlService(context: ControlContext): Service {
  const common = { access: 'public' } as const;
  return {
    name: 'control',
    title: 'Keyquake control plane',
    dialect: controlDialect,
    hosts: [],
    mount: '/_keyquake',
    paths: [/^\//],
    unemulated: [],
    operations: [
      operation({
        ...common,
        operation: 'getHealth',
        method: 'GET',
        path: '/health',
        response: healthSchema,
        handle: health(context),
      }),
      operation({
        ...common,
        operation: 'getClock',
        method: 'GET',
        path: '/clock',
        response: clockSchema,
        handle: readClock(context),
      }),
      operationWithBody<SetClock>({
        ...common,
        operation: 'setClock',
        method: 'POST',
        path: '/clock',
        audit: 'keyquake.clock.set',
        schema: setClockSchema,
        response: clockSchema,
        handle: setClock(context),
      }),
      operation({
        ...common,
        operation: 'reset',
        method: 'POST',
        path: '/reset',
        audit: 'keyquake.platform.reset',
        handle: reset(context),
      }),
      operation({
        ...common,
        operation: 'listEvents',
        method: 'GET',
        path: '/events',
        query: eventQuerySchema,
        response: eventListSchema,
        handle: events,
      }),
      operation({
        ...common,
        operation: 'getProxy',
        method: 'GET',
        path: '/proxy',
        response: proxySchema,
        handle: showProxy(context),
      }),
      operation({
        ...common,
        operation: 'getMetrics',
        method: 'GET',
        path: '/metrics',
        query: metricsQuerySchema,
        response: metricsSchema,
        handle: showMetrics(context),
      }),
      operation({
        ...common,
        operation: 'getGraph',
        method: 'GET',
        path: '/graph',
        response: graphSchema,
        handle: graph(context),
      }),
    ],
  };
}
