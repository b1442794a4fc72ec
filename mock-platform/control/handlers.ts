import {
  type Duration,
  formatInstant,
  type Instant,
  minute,
  parseDuration,
  parseInstant,
  TimeFormatError,
} from '../../domain/time';
import type { ObservedWorld } from '../../domain/world';
import { type Clock, ClockError, clockSetting } from '../kernel/clock';
import { exposition, expositionType, type MetricFamily } from '../kernel/metrics';
import type { Answer, Input, Service, Session } from '../kernel/operation';
import { noContent, ok } from '../kernel/operation';
import type { Wire } from '../kernel/wire';
import type { WorldContributor } from '../kernel/world';
import type { InterceptingProxy } from '../proxy/proxy';
import { refused } from './errors';
import type { ClockReading } from './gen/clock';
import type { EventList } from './gen/event-list';
import type { Graph } from './gen/graph';
import type { Health } from './gen/health';
import type { ProxyDetails } from './gen/proxy';
import type { SetClock } from './gen/set-clock';

/** Where the metrics of the platform come from. */
export interface MetricsSource {
  families(query: {
    readonly now: Instant;
    readonly window: Duration;
    readonly instance?: string;
  }): readonly MetricFamily[];
  clear(): void;
}

export interface ControlContext {
  readonly clock: Clock;
  readonly services: readonly Service[];
  readonly contributors: readonly WorldContributor[];
  readonly version: string;
  /** What counts requests, if anything does. */
  readonly metrics?: MetricsSource;
  /** The proxy of this platform, if it has one. */
  readonly proxy?: () => InterceptingProxy | undefined;
}

type Handler<Body = undefined> = (session: Session, input: Input<Body>) => Promise<Answer>;

function clockBody(clock: Clock): ClockReading {
  return { now: formatInstant(clock.now()) };
}

/** What leads a client through the proxy: its URL and the files it is told of. */
function proxyBody({ url, caFile, endpointsFile }: InterceptingProxy): NonNullable<Health['proxy']> {
  return { url, ca: caFile, endpoints: endpointsFile };
}

export function health({ services, version, clock, proxy }: ControlContext): Handler {
  return async ({ options }) => {
    const opened = proxy?.();
    return ok<Health>({
      status: 'ok',
      version,
      ...clockBody(clock),
      auth: options.auth,
      account: options.account,
      services: services.map(({ name, title, operations }) => ({
        name,
        title,
        operations: operations.length,
      })),
      ...(opened && { proxy: proxyBody(opened) }),
    });
  };
}

/** The certificate as text, for clients on another machine, and every host that was refused. */
export function showProxy({ proxy }: ControlContext): Handler {
  return async () => {
    const opened = proxy?.();
    if (opened === undefined) {
      throw refused({
        status: 404,
        code: 'no_proxy',
        message: 'this platform has no proxy',
        remedy: "start it with 'keyquake up --proxy-port 4511'",
      });
    }
    return ok<Wire<ProxyDetails>>({
      ...proxyBody(opened),
      certificate: opened.caCertificate,
      refused: opened.refused(),
    });
  };
}

export function readClock({ clock }: ControlContext): Handler {
  return async () => ok(clockBody(clock));
}

function move(clock: Clock, { advance, set }: SetClock): void {
  try {
    if (advance !== undefined) clock.advance(parseDuration(advance));
    if (set !== undefined) clock.set(parseInstant(set));
  } catch (error) {
    if (error instanceof TimeFormatError)
      throw refused({ status: 400, code: 'invalid_time', message: error.message });
    if (error instanceof ClockError)
      throw refused({ status: 409, code: 'clock_not_moved', message: error.message });
    throw error;
  }
}

export function setClock({ clock }: ControlContext): Handler<SetClock> {
  return async (session, { body }) => {
    const before = clockBody(clock);
    move(clock, body);
    await session.tx.setValue(clockSetting, String(clock.now()));
    session.describe({ target: 'clock', before: { ...before }, after: { ...clockBody(clock) } });
    return ok(clockBody(clock));
  };
}

/** Forgets everything that was created or counted; the clock keeps its time, issued tokens stay valid. */
export function reset({ metrics }: ControlContext): Handler {
  return async ({ tx, describe }) => {
    await tx.clear();
    metrics?.clear();
    describe({ target: 'platform' });
    return noContent;
  };
}

const defaultEventLimit = 1000;

export const events: Handler = async ({ tx }, { query }) => {
  const filter = {
    action: query.get('action'),
    target: query.get('target'),
    outcome: query.get('outcome'),
    since: query.get('since'),
  };
  const given = Object.fromEntries(
    Object.entries(filter).filter(([, value]) => value !== null && value !== ''),
  );
  const found = await tx.events({ ...given, limit: Number(query.get('limit') ?? defaultEventLimit) });
  // Every stored event was made by `auditEvent`.
  return ok<EventList>({ events: found.map(({ body }) => body as unknown as EventList['events'][number]) });
};

/** What the monitoring service would show, in the text format of Prometheus. */
export function showMetrics({ metrics }: ControlContext): Handler {
  return async ({ now }, { query }) => {
    const instance = query.get('instance');
    const window = windowOf(query.get('window'));
    const families = metrics?.families({ now, window, ...(instance !== null && { instance }) }) ?? [];
    return ok<string>(exposition(families), { 'Content-Type': expositionType });
  };
}

function windowOf(text: string | null): Duration {
  try {
    return text === null ? minute : parseDuration(text);
  } catch (error) {
    if (error instanceof TimeFormatError)
      throw refused({ status: 400, code: 'invalid_time', message: error.message });
    throw error;
  }
}

/** The world of keys and dependants with the status that each shows now. */
export function graph({ contributors }: ControlContext): Handler {
  return async (session) => {
    const world: ObservedWorld = {
      at: formatInstant(session.now),
      nodes: [],
      edges: [],
      unmapped: [],
      statuses: {},
    };
    let { nodes, edges, statuses } = world;
    for (const contribute of contributors) {
      const part = await contribute(session);
      nodes = [...nodes, ...part.nodes];
      edges = [...edges, ...part.edges];
      statuses = { ...statuses, ...part.statuses };
    }
    return ok<Wire<Graph>>({ ...world, nodes, edges, statuses });
  };
}
