/** Holds a report against what was done and seen. Each disagreement is one line. */
import type { Finding, Refusal, Report, Target } from '../../../simulator';
import type { Reply } from '../../support/platform';
import { codeOf } from './deeds';
import { type Observation, shownStatus, statusText } from './observation';
import { type Probes, works } from './probes';

/** Status and code that the vendor answers for each reason (ibm-control-plane.md 6.1.10, 6.4.1). */
const vendorRefusals: Readonly<Record<Refusal['reason'], RegExp>> = {
  'already-in-state': /^409 KEY_ACTION_INVALID_STATE_ERR$/,
  'invalid-state': /^409 KEY_ACTION_INVALID_STATE_ERR$/,
  'protects-resources': /^409 PROTECTED_RESOURCE_ERR$/,
  'prevented-by-registration': /^409 PREV_KEY_DEL_ERR$/,
  'already-deleted': /^410 KEY_DELETED_ERR$/,
  'not-restorable': /^400 KEY_IMPT_REQ_ERR$/,
  'restore-window-over': /^400 KEY_RESTORE_EXPIRED$/,
  'too-early': /^409 REQ_TOO_EARLY_ERR$/,
  'rotated-recently': /^409 KEY_ROTATION_NOT_PERMITTED$/,
  expired: /^400 KEY_EXPIRED_ERR$/,
  'needs-second-authorization': /^409 AUTHORIZATIONS_NOT_MET$/,
  'needs-second-identity': /^409 AUTHORIZATIONS_NOT_MET$/,
  'needs-material': /^400 KEY_PAYLOAD_REQ_ERR$/,
  'not-a-root-key': /^400 KEY_ROOT_REQ_ERR$/,
  purged: /^404 KEY_NOT_FOUND_ERR$/,
  'holds-live-keys': /^422 .*CONTAINS_ACTIVE_KEYS/,
  'instance-deleted': /^(404 INSTANCE_NOT_FOUND_ERR|422 Instance is in reclamation.*)$/,
  'no-authorization': /^nothing to ask for$/,
};

/** What became of one target: `done`, or status and code of the refusal. */
export function outcomeOf(replies: readonly Reply[]): string {
  if (replies.length === 0) return 'nothing to ask for';
  const refused = replies.find(({ status }) => status >= 300);
  return refused === undefined ? 'done' : `${refused.status} ${codeOf(refused)}`;
}

export function compareRefusal({ id, refusal }: Target, outcome: string): readonly string[] {
  if (refusal === null) return outcome === 'done' ? [] : [`${id}: permitted, the platform said ${outcome}`];
  return vendorRefusals[refusal.reason].test(outcome)
    ? []
    : [`${id}: refused as ${refusal.reason}, the platform said ${outcome}`];
}

/** States that the graph does not name: what is removed is no longer there. */
const absentStates: readonly string[] = ['purged', 'removed'];

export function compareTarget({ id, before, after }: Target, was: Observation, is: Observation): string[] {
  const shownAs = (state: string, observation: Observation): boolean => {
    const shown = observation.graph.statuses[id]?.status;
    if (state === 'present') return shown !== undefined && shown !== 'pending_reclamation';
    return absentStates.includes(state) ? shown === undefined : shown === state;
  };
  return [
    ...(shownAs(before, was) ? [] : [`${id}: said to be ${before}, shown as ${shownStatus(was, id)}`]),
    ...(shownAs(after, is) ? [] : [`${id}: will be ${after}, shown as ${shownStatus(is, id)}`]),
  ];
}

export function compareFinding(finding: Finding, was: Observation, is: Observation): readonly string[] {
  const { id, before, after, reasons, severity, operations_lost: lost } = finding;
  const [shownBefore, shownAfter] = [was.graph.statuses[id]?.status, shownStatus(is, id)];
  const predicted = absentStates.includes(after) ? 'absent' : statusText(after, reasons);
  return [
    ...(before === shownBefore ? [] : [`${id}: said to be ${before}, shown as ${shownBefore}`]),
    ...(predicted === shownAfter ? [] : [`${id}: will be ${predicted}, shown as ${shownAfter}`]),
    ...(severity === 'safe' && lost.length > 0 ? [`${id}: safe and loses ${lost.join(', ')}`] : []),
  ];
}

/** A dependant that no finding names keeps its status, unless the time that has passed changed it. */
export function compareUnnamed({ findings }: Report, was: Observation, is: Observation): readonly string[] {
  if (was.graph.at !== is.graph.at) return [];
  const namedIds = new Set(findings.map(({ id }) => id));
  return was.graph.nodes
    .filter(({ kind }) => ['volume', 'secret', 'secrets-manager-instance'].includes(kind))
    .filter(({ id }) => !namedIds.has(id) && shownStatus(was, id) !== shownStatus(is, id))
    .map(({ id }) => `${id}: not named, ${shownStatus(was, id)} became ${shownStatus(is, id)}`);
}

/** A lock, or the end of a secret, stands in the way of some operations: the key does not decide about them. */
const otherwiseRefused: readonly (string | undefined)[] = ['412 precondition_failed', '409 conflict'];

/** What is said to be lost worked and is refused now; everything else that worked still does. */
export function compareOperations(
  { id, operations_lost: lost }: Finding,
  before: Probes,
  after: Probes,
): string[] {
  const outcomes = Object.entries(after.get(id) ?? {});
  return outcomes.flatMap(([operation, now]) => {
    const worked = Object.entries(before.get(id) ?? {}).find(([name]) => name === operation)?.[1];
    if (otherwiseRefused.includes(worked)) return [];
    const said = lost.some((name) => name === operation);
    if (said && worked !== works) return [`${id}: loses ${operation}, which never worked (${worked})`];
    if (said && now === works) return [`${id}: loses ${operation}, which still works`];
    return !said && worked === works && now !== works
      ? [`${id}: keeps ${operation}, and the platform says ${now}`]
      : [];
  });
}
