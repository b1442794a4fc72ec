/** The body of a planned resource: its known values, and for the others what its configuration refers to. */
import { isObject, type Json, member, objectOf, stringsIn } from '../json';
import { type Attribute, absent, type Body, type Mentions, type UnknownAttribute } from '../resource';
import { attributeAt, blocksOf, covers, isEmpty, type Mask, touches, valueAt } from '../values';
import { constantOf } from './configuration';
import type { Trace } from './scope';

export interface PlannedValues {
  readonly values: Json | undefined;
  /** `true` where apply decides. */
  readonly unknown: Mask;
  readonly sensitive: Mask;
  /** Undefined when the plan's configuration does not hold the resource. */
  readonly expressions: Json | undefined;
  readonly trace: (expression: Json | undefined) => Trace;
  /** Why there are no expressions, when there must have been some. */
  readonly unwritten?: string | undefined;
}

export function plannedBody(planned: PlannedValues): Body {
  const { values, sensitive, expressions } = planned;
  return {
    read: (...path) => read(planned, path),
    blocks: (name) =>
      blocksOf(member(values, name)).map((block, index) => nested(planned, name, block, index)),
    names: () =>
      [...new Set([...Object.keys(objectOf(values)), ...Object.keys(objectOf(expressions))])].filter(
        (name) => !isEmpty(member(values, name)) || unknownFrom(planned, [name]) !== undefined,
      ),
    mentions(name): Mentions {
      const texts = touches(sensitive, [name]) ? [] : stringsIn(member(values, name));
      const { origins, problems } = unknownFrom(planned, [name]) ?? none;
      return { texts, origins, problems };
    },
  };
}

const none: Trace = { origins: [], problems: [] };

function read(planned: PlannedValues, path: readonly string[]): Attribute {
  if (touches(planned.unknown, path)) return unknownFrom(planned, path) ?? absent;
  return attributeAt(planned.values, planned.sensitive, path);
}

/** What the value at a path will come from; undefined when the configuration leaves it to the provider. */
function unknownFrom(
  { unknown, expressions, trace, unwritten }: PlannedValues,
  path: readonly string[],
): UnknownAttribute | undefined {
  if (!touches(unknown, path)) return undefined;
  if (unwritten !== undefined) return { kind: 'unknown', origins: [], problems: [unwritten] };
  const expression = expressionAt(expressions, path);
  return expression === undefined ? undefined : { kind: 'unknown', ...trace(expression) };
}

/** The expression that decides the value at a path: of an argument as a whole, or of one within a block. */
function expressionAt(expressions: Json | undefined, path: readonly string[]): Json | undefined {
  let here = expressions;
  for (const step of path) {
    if (isObject(here) && ('references' in here || 'constant_value' in here)) return here;
    here = member(here, step);
  }
  return here;
}

/**
 * The body of a nested block. A set's blocks come in another order than in the configuration, so the block of
 * expressions is the one whose constants the values have.
 */
function nested(planned: PlannedValues, name: string, values: Json, index: number): Body {
  const candidates = blocksOf(member(planned.expressions, name));
  const expressions = candidates.find((candidate) => agrees(candidate, values));
  const path = [name, String(index)];
  return plannedBody({
    ...planned,
    values,
    unknown: covers(planned.unknown, [name]) ? true : valueAt(planned.unknown, path),
    sensitive: covers(planned.sensitive, [name]) ? true : valueAt(planned.sensitive, path),
    expressions,
    unwritten: expressions === undefined ? dynamic : undefined,
  });
}

const dynamic = 'it is set in a dynamic block, whose expressions a plan does not hold';

function agrees(expressions: Json, values: Json): boolean {
  return Object.entries(objectOf(expressions)).every(([argument, expression]) => {
    const constant = constantOf(expression);
    return constant === undefined || constant === member(values, argument);
  });
}
