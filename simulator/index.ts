/**
 * What breaks when a root key, an authorization or an instance goes away: sources are read into a world, questions about
 * the world are answered by the tables of `domain`, answers are rendered.
 */
import type { Instant } from '../domain/time';
import type { World } from '../domain/world';
import reportSchema from './report/schema.json';
import type { JsonObject } from './sources/json';
import { worldFromStacks } from './sources/stack';

export type { World } from '../domain/world';
export {
  isReportFormat,
  type RenderOptions,
  type ReportFormat,
  render,
  reportFormats,
} from './report/render';
export {
  type Finding,
  type Refusal,
  type Report,
  type Severity,
  severities,
  type Target,
  type Undo,
  verdictReaches,
} from './report/report';
export {
  type Action,
  actions,
  isAction,
  type Question,
  QuestionError,
  type Readings,
} from './rules/question';
export { simulate } from './rules/simulate';
export { SelectionError, selectNodes, selectTargets } from './select';
export { worldFromJson } from './sources/detect';
export { SourceError } from './sources/errors';
export { type ReadOptions, readWorld, worldFromText } from './sources/load';
export { type SynthesizedStack, worldFromStacks } from './sources/stack';

/** JSON Schema of the report. */
export { reportSchema };

/** The world of one synthesized stack: what `Testing.synth` or `toTerraform` answers, parsed. */
export function worldFromSynthesized(stack: object, at: Instant): World {
  return worldFromStacks([{ name: 'stack', document: stack as JsonObject }], at);
}
