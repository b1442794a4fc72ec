/** What happens to one dependant. */
import type { Dispute } from '../../domain/dispute';
import { formatSeconds } from '../../domain/time';
import { type Finding, type Severity, severities, type Undo } from '../report/report';
import type { Affected } from './affected';
import { isAuthorized } from './authorized';
import type { Dependant } from './dependants';
import type { Readings } from './question';
import { operationsLost, severityOf } from './severity';
import type { Situation } from './situation';
import { type Standing, standingOf, type WayBack } from './standing';

/**
 * A dependant that no authorization of the world lets use its key could not have been created like that, so one may lie
 * outside the source, unless the world is complete. The statuses are those of the world as it is seen, the severity is the worse of the two readings.
 */
const authorizedElsewhere: Dispute = {
  reading: 'an authorization outside this source lets it use the key, so it still has something to lose',
  alternative: 'no authorization lets it use the key: it is cut off already',
  source: 'behaviour.md A3 (nothing is encrypted without an authorization; removing it later keeps the data)',
};

interface Change {
  readonly before: Standing;
  readonly after: Standing;
  readonly severity: Severity;
}

export function findingOf(
  { dependant, path }: Affected,
  present: Situation,
  after: Situation,
  readings: Readings,
): Finding {
  const { node, use, consumers } = dependant;
  const seen = changeOf(dependant, present, after, { readings });
  const unauthorized = use !== undefined && !present.indexed.world.complete && !isAuthorized(present, use);
  const assumed = unauthorized
    ? changeOf(dependant, present, after, { readings, authorizedOutside: true })
    : seen;
  const worse = severities.indexOf(assumed.severity) <= severities.indexOf(seen.severity) ? assumed : seen;
  return {
    id: node.id,
    address: node.address ?? node.id,
    kind: node.kind,
    name: node.name,
    severity: worse.severity,
    before: seen.before.status,
    after: seen.after.status,
    reasons: seen.after.reasons,
    condition: { before: seen.before.name, after: seen.after.name },
    operations_lost: operationsLost(worse.before, worse.after),
    path,
    rule: seen.after.rule,
    source: seen.after.source,
    disputed: [...seen.after.disputed, ...(unauthorized ? [authorizedElsewhere] : [])],
    undo: worse.severity === 'safe' ? null : undoOf(worse.after.undo),
    consumers,
  };
}

function changeOf(
  dependant: Dependant,
  present: Situation,
  later: Situation,
  options: Parameters<typeof standingOf>[2],
): Change {
  const before = standingOf(dependant, present, options);
  const after = standingOf(dependant, later, options);
  return { before, after, severity: severityOf(before, after) };
}

function undoOf(way: WayBack | undefined): Undo | null {
  if (way === undefined) return null;
  if (way.by === 'none') return { by: 'none', from: null, until: null, reason: way.reason };
  return {
    by: way.by,
    from: formatSeconds(way.from),
    until: way.until === undefined ? null : formatSeconds(way.until),
    reason: null,
  };
}
