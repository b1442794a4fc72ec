/**
 * Evaluation of expressions as far as a synthesized stack allows: what only apply knows stays unknown and remembers the
 * resources that it comes from.
 */
import { functions, isEqual, textOf } from './functions';
import { type Expression, type ForExpression, splatItem } from './syntax';
import {
  isHandle,
  isKnown,
  isList,
  isMap,
  isUnknown,
  problem,
  Unknown,
  unknownIn,
  type Value,
} from './value';

/** What a name at the beginning of an expression stands for. */
export type Names = (name: string) => Value;

export function evaluate(expression: Expression, names: Names): Value {
  const of = (inner: Expression): Value => evaluate(inner, names);
  switch (expression.form) {
    case 'literal':
      return expression.value;
    case 'template':
      return joined(expression.parts.map(of));
    case 'name':
      return names(expression.name);
    case 'member':
      return memberOf(of(expression.of), expression.name);
    case 'index':
      return indexed(of(expression.of), of(expression.key));
    case 'splat':
      return splat(of(expression.of), (item) =>
        evaluate(expression.each, (name) => (name === splatItem ? item : names(name))),
      );
    case 'call':
      return called(expression.name, expression.args.map(of));
    case 'conditional':
      return conditional(of(expression.condition), of(expression.yes), of(expression.no));
    case 'unary':
      return unary(expression.operator, of(expression.of));
    case 'binary':
      return binary(expression.operator, of(expression.left), of(expression.right));
    case 'list':
      return expression.items.map(of);
    case 'object':
      return objectFrom(expression.members.map(([key, value]) => [of(key), of(value)]));
    case 'for':
      return forEach(expression, of(expression.of), names);
  }
}

/** Text from pieces; unknown pieces are remembered in their place. */
export function joined(parts: readonly Value[]): Value {
  const texts = parts.map(textOf);
  if (texts.every((text) => text !== undefined)) return texts.join('');
  const pieces = parts.map((part, index) => texts[index] ?? unknownIn([part]));
  const { origins, problems } = unknownIn(parts);
  return new Unknown(origins, problems, pieces);
}

export function memberOf(value: Value, name: string): Value {
  if (isHandle(value)) return value.member(name);
  if (isMap(value)) return value.get(name) ?? null;
  if (isUnknown(value)) {
    return new Unknown(
      value.origins.map((origin) => ({ ...origin, attribute: origin.attribute ?? name })),
      value.problems,
    );
  }
  return problem('it reads a member of something that has none');
}

function indexed(value: Value, key: Value): Value {
  if (isUnknown(key) || isHandle(key)) return unknownIn([value]);
  if (isList(value)) return value[Number(key)] ?? problem('it reads an item that a list does not have');
  if (isUnknown(value)) return value.blurred();
  return memberOf(value, String(key));
}

function splat(value: Value, each: (item: Value) => Value): Value {
  if (value === null) return [];
  if (isList(value)) return value.map(each);
  if (isUnknown(value)) return unknownIn([each(value)]);
  return [each(value)];
}

function called(name: string, args: readonly Value[]): Value {
  const computed = Object.hasOwn(functions, name) ? functions[name]?.(args) : undefined;
  return computed === undefined ? unknownOr(name, args) : computed;
}

/** A function that is not computed here: its result comes from whatever its arguments come from. */
function unknownOr(name: string, args: readonly Value[]): Unknown {
  const { origins, problems } = unknownIn(args);
  return new Unknown(
    origins,
    origins.length === 0 ? [...problems, `the function ${name} is not computed`] : problems,
  );
}

function conditional(condition: Value, yes: Value, no: Value): Value {
  if (condition === true || condition === 'true') return yes;
  if (condition === false || condition === 'false') return no;
  return unknownIn([yes, no]);
}

function unary(operator: string, value: Value): Value {
  if (operator === '!' && typeof value === 'boolean') return !value;
  if (operator === '-' && typeof value === 'number') return -value;
  return notComputed;
}

/** What comes of comparing and reckoning with unknown values names nothing. */
const notComputed = new Unknown([]);

function binary(operator: string, left: Value, right: Value): Value {
  if (!isKnown(left) || !isKnown(right)) return notComputed;
  if (operator === '==') return isEqual(left, right);
  if (operator === '!=') return !isEqual(left, right);
  if (typeof left === 'boolean' && typeof right === 'boolean') {
    return operator === '&&' ? left && right : operator === '||' ? left || right : notComputed;
  }
  return typeof left === 'number' && typeof right === 'number' ? reckon(operator, left, right) : notComputed;
}

function reckon(operator: string, left: number, right: number): Value {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    case '%':
      return left % right;
    case '<':
      return left < right;
    case '>':
      return left > right;
    case '<=':
      return left <= right;
    case '>=':
      return left >= right;
    default:
      return notComputed;
  }
}

function objectFrom(members: readonly (readonly [Value, Value])[]): Value {
  const named = members.map(([key, value]): [string | undefined, Value] => [textOf(key), value]);
  if (named.some(([name]) => name === undefined)) return unknownIn(members.map(([, value]) => value));
  return new Map(named.map(([name, value]) => [name ?? '', value]));
}

function forEach(expression: ForExpression, of: Value, names: Names): Value {
  const entries: readonly (readonly [Value, Value])[] | undefined = isList(of)
    ? [...of.entries()]
    : isMap(of)
      ? [...of]
      : undefined;
  if (entries === undefined) return unknownIn([of]);
  const results = entries.map(([key, value]) => {
    const inner: Names = (name) =>
      name === expression.value ? value : name === expression.key ? key : names(name);
    return {
      kept: expression.condition ? evaluate(expression.condition, inner) : true,
      key: expression.resultKey ? evaluate(expression.resultKey, inner) : undefined,
      value: evaluate(expression.result, inner),
    };
  });
  if (results.some(({ kept }) => typeof kept !== 'boolean'))
    return unknownIn(results.map(({ value }) => value));
  const kept = results.filter((result) => result.kept === true);
  if (!expression.resultKey) return kept.map(({ value }) => value);
  if (expression.grouped) return unknownIn(kept.map(({ value }) => value));
  return objectFrom(kept.map(({ key, value }) => [key ?? null, value]));
}
