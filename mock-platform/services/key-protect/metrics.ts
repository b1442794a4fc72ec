/**
 * What the instance policy `metrics` does: while it is enabled, the requests to the instance are counted and shown the
 * way the monitoring service shows them. Sources: Key Protect `settings-monitor-metrics.md` (nothing from before the
 * policy was enabled, every request after it) and `monitor-metrics.md` (the two gauges, the attributes, milliseconds,
 * averages over 60 seconds); Hyper Protect Crypto Services documents the same names.
 *
 * Inferred: that the hits, too, are those of a time span, 60 seconds unless another is asked for; that an API is named
 * by its action (the vendor's dashboard shows names that begin with `kms.sec`); that the request that enables the
 * policy is not counted and the one that disables it is; how long counts are kept. Not counted: what is refused before it
 * reaches an operation, that is a body that is too large, and operations that are not emulated.
 *
 * The counts are kept in this process and not in the store: they end with it, with a reset, and with the return to a
 * snapshot. Of two platforms on one store each knows the requests that it answered itself.
 */
import { type Duration, hour, type Instant, second } from '../../../domain/time';
import type { MetricFamily, MetricSample } from '../../kernel/metrics';
import type { ObservedRequest, RequestEnd, RequestObserver } from '../../kernel/observation';
import { accessFor, type Session } from '../../kernel/operation';
import { findInstance, type InstanceDocument } from '../resource-controller/instances';
import { resourceGroups } from '../resource-manager/model';
import { inInstance, instancePolicies, keyServiceNames } from './model';

/** How far back counts are kept: as far as the monitoring service offers values to choose from. */
export const metricsKeptFor: Duration = 6 * hour;

/** Attributes for segmentation that do not depend on the answer. */
type Labels = Readonly<Record<string, string>>;

interface Bucket {
  requests: number;
  /** Of all of them together. */
  milliseconds: number;
}

interface Series {
  readonly labels: Labels;
  /** By the second in which the requests came in. */
  readonly buckets: Map<number, Bucket>;
}

export interface MetricsQuery {
  readonly now: Instant;
  /** The time span up to now. */
  readonly window: Duration;
  /** GUID; all instances when absent. */
  readonly instance?: string;
}

export class KeyMetrics {
  private readonly series = new Map<string, Series>();

  readonly observe: RequestObserver = async (session, request) => {
    const labels = await labelsOf(session, request);
    return labels && ((end) => this.count({ ...labels, ibm_kms_response_code: String(end.status) }, end));
  };

  private count(labels: Labels, { receivedAt, answeredAt }: RequestEnd): void {
    const id = JSON.stringify(labels);
    const series = this.series.get(id) ?? { labels, buckets: new Map<number, Bucket>() };
    const at = Math.floor(receivedAt / second);
    const { requests, milliseconds } = series.buckets.get(at) ?? { requests: 0, milliseconds: 0 };
    series.buckets.set(at, {
      requests: requests + 1,
      milliseconds: milliseconds + (answeredAt - receivedAt),
    });
    forgetOlder(series, answeredAt - metricsKeptFor);
    this.series.set(id, series);
  }

  families(query: MetricsQuery): MetricFamily[] {
    const seen = [...this.series.values()]
      .filter(({ labels }) => query.instance === undefined || labels['ibm_resource'] === query.instance)
      .map((series) => ({ labels: series.labels, ...sumOf(series, query) }))
      .filter(({ requests }) => requests > 0);
    const samples = (value: (sum: Bucket) => number): MetricSample[] =>
      seen.map(({ labels, ...sum }) => ({ labels, value: value(sum) }));
    return [
      {
        name: 'ibm_kms_api_request_gauge',
        help: 'Requests to the instance.',
        type: 'gauge',
        samples: samples(({ requests }) => requests),
      },
      {
        name: 'ibm_kms_api_latency_gauge',
        help: 'Mean time from request to answer, in milliseconds.',
        type: 'gauge',
        samples: samples(({ requests, milliseconds }) => milliseconds / requests),
      },
    ];
  }

  clear(): void {
    this.series.clear();
  }
}

function forgetOlder({ buckets }: Series, since: Instant): void {
  for (const at of buckets.keys()) {
    // Buckets lie in the order in which they were made: after the first young one all are young.
    if (at * second >= since) return;
    buckets.delete(at);
  }
}

function sumOf({ buckets }: Series, { now, window }: MetricsQuery): Bucket {
  const sum = { requests: 0, milliseconds: 0 };
  for (const [at, { requests, milliseconds }] of buckets) {
    if (at * second <= now - window) continue;
    sum.requests += requests;
    sum.milliseconds += milliseconds;
  }
  return sum;
}

/** `undefined` for a request that is not counted: no instance, none of a key service, or the policy is not enabled. */
async function labelsOf(
  session: Session,
  { operation, input }: ObservedRequest,
): Promise<Labels | undefined> {
  const named = input.headers['bluemix-instance'];
  const access = accessFor(operation, input);
  if (named === undefined || typeof access === 'string') return undefined;
  const instance = (await findInstance(session, named))?.doc;
  if (instance === undefined || !keyServiceNames.some((name) => name === instance.service)) return undefined;
  const policy = await session.tx.get(instancePolicies, inInstance(instance.guid, 'metrics'));
  if (policy?.doc.enabled !== true) return undefined;
  return { ...(await attributesOf(session, instance)), ibm_kms_api: access.action };
}

async function attributesOf(session: Session, instance: InstanceDocument): Promise<Labels> {
  const group = await session.tx.get(resourceGroups, instance.resourceGroupId);
  return {
    ibm_scope: instance.account,
    ibm_ctype: 'public',
    ibm_location: instance.location,
    ibm_service_name: instance.service,
    ibm_resource_type: 'instance',
    ibm_resource: instance.guid,
    ibm_service_instance: instance.guid,
    ibm_service_instance_name: instance.name,
    ibm_resource_group_name: group?.doc.name ?? instance.resourceGroupId,
  };
}
