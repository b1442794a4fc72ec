/** The answer to a question about a world. Pure: the same world and question give the same report. */
import { formatSeconds } from '../../domain/time';
import type { World } from '../../domain/world';
import { compare } from '../graph/graph';
import { type Finding, type Report, type Severity, severities } from '../report/report';
import { affectedBy } from './affected';
import { findingOf } from './finding';
import { type IndexedWorld, indexWorld } from './indexed-world';
import { perform } from './perform';
import { actsLater, type Question, QuestionError, targetKinds } from './question';
import { presentSituation, type Situation } from './situation';
import { targetOf } from './target';

/**
 * Throws {@link QuestionError} when a target is no node of the world or of a kind that the action is not for, or when
 * the time lies before the world's.
 */
export function simulate(world: World, question: Question): Report {
  const indexed = indexWorld(world);
  checkTargets(question, indexed);
  const present = presentSituation(indexed);
  const at = question.at ?? present.at;
  if (at < present.at) {
    throw new QuestionError(
      `the question is asked for ${formatSeconds(at)}, which is before the world's own time ${world.at}; ask for a later one`,
    );
  }
  const actedAt = actsLater[question.action] ? at : present.at;
  const { situation, refusals } = perform(question, present, actedAt);
  const after: Situation = { ...situation, at };
  const isRefused = (start: string): boolean => refusals.has(start);
  const findings = affectedBy(question, indexed, isRefused)
    .map((affected) =>
      findingOf(affected, present, isRefused(affected.start) ? present : after, question.readings ?? {}),
    )
    .sort((one, other) => rankOf(one.severity) - rankOf(other.severity) || compare(one.id, other.id));
  return {
    action: question.action,
    acted_at: formatSeconds(actedAt),
    at: formatSeconds(at),
    verdict: findings[0]?.severity ?? 'safe',
    targets: [...question.targets]
      .sort(compare)
      .map((id) => targetOf(id, question, present, after, refusals.get(id))),
    findings,
    unmapped: [...world.unmapped].sort(
      (one, other) => compare(one.address, other.address) || compare(one.reason, other.reason),
    ),
    counts: { ...countsOf(findings), unmapped: world.unmapped.length },
  };
}

function checkTargets({ targets, action }: Question, indexed: IndexedWorld): void {
  const kinds = targetKinds[action];
  for (const id of targets) {
    const node = indexed.node(id);
    if (!node) throw new QuestionError(`there is no node '${id}' in the world; give the id of one`);
    if (!kinds.includes(node.kind)) {
      throw new QuestionError(
        `${action} is not for a ${node.kind} such as '${id}'; give a node of kind ${kinds.join(' or ')}`,
      );
    }
  }
}

function rankOf(severity: Severity): number {
  return severities.indexOf(severity);
}

function countsOf(findings: readonly Finding[]): Record<Severity, number> {
  const count = (wanted: Severity): number => findings.filter(({ severity }) => severity === wanted).length;
  return { lost: count('lost'), breaks: count('breaks'), latent: count('latent'), safe: count('safe') };
}
