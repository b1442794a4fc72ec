/** The body of a declared resource: its arguments evaluated when they are asked for. */
import { isObject, type Json, type JsonObject, member, objectOf } from '../json';
import type { Body, Mentions } from '../resource';
import { isEmpty } from '../values';
import { evaluate, memberOf, type Names } from './evaluate';
import { parseTemplate } from './parse';
import { SyntaxProblem } from './syntax';
import {
  attributeOf,
  Handle,
  isList,
  isMap,
  isUnknown,
  mentionsOf,
  problem,
  unknownIn,
  type Value,
} from './value';

/** What Terraform itself reads in a resource's body. */
const metaArguments: readonly string[] = [
  '//',
  'connection',
  'count',
  'depends_on',
  'dynamic',
  'for_each',
  'lifecycle',
  'provider',
  'provisioner',
];

/** Evaluates what the configuration holds as JSON: every string is a template. */
export function valueIn(json: Json | undefined, names: Names): Value {
  if (json === undefined || json === null) return null;
  if (typeof json === 'string') return template(json, names);
  if (Array.isArray(json)) return json.map((item: Json) => valueIn(item, names));
  if (!isObject(json)) return json as boolean | number;
  return new Map(Object.keys(json).map((name) => [name, valueIn(member(json, name), names)]));
}

function template(text: string, names: Names): Value {
  if (!/[$%]\{/.test(text)) return text;
  try {
    return evaluate(parseTemplate(text), names);
  } catch (error) {
    if (error instanceof SyntaxProblem || error instanceof RangeError)
      return problem('its expression is not one that can be read here');
    throw error;
  }
}

export function declaredBody(body: JsonObject, names: Names): Body {
  return {
    read(...path) {
      const [first, ...rest] = path;
      const value = valueIn(first === undefined ? undefined : member(body, first), names);
      return attributeOf(
        rest.reduce<Value>((here, step) => (here === null ? null : memberOf(here, step)), value),
      );
    },
    blocks: (name) => [
      ...blocksOf(member(body, name)).map((block) => declaredBody(block, names)),
      ...dynamicBlocks(body, name, names),
    ],
    names: () => [
      ...Object.keys(body).filter((name) => !metaArguments.includes(name) && !isEmpty(member(body, name))),
      ...Object.keys(objectOf(body['dynamic'])),
    ],
    mentions: (name): Mentions => {
      const dynamic = dynamicOf(body, name);
      const value = valueIn(member(body, name), names);
      const content = dynamic ? expanded(dynamic, names).map((inner) => valueIn(dynamic.content, inner)) : [];
      return mentionsOf([value, ...content]);
    },
  };
}

function blocksOf(json: Json | undefined): readonly JsonObject[] {
  return (Array.isArray(json) ? (json as readonly Json[]) : [json]).filter(isObject);
}

interface DynamicBlock {
  readonly forEach: Json | undefined;
  readonly iterator: string;
  readonly content: JsonObject;
}

function dynamicOf(body: JsonObject, name: string): DynamicBlock | undefined {
  const dynamic = member(body['dynamic'], name);
  if (!isObject(dynamic)) return undefined;
  const iterator = dynamic['iterator'];
  return {
    forEach: dynamic['for_each'],
    iterator: typeof iterator === 'string' ? iterator : name,
    content: objectOf(dynamic['content']),
  };
}

function dynamicBlocks(body: JsonObject, name: string, names: Names): readonly Body[] {
  const dynamic = dynamicOf(body, name);
  return dynamic ? expanded(dynamic, names).map((inner) => declaredBody(dynamic.content, inner)) : [];
}

/** The names that each block's content sees; one block stands for all when their number is not known. */
function expanded({ forEach, iterator }: DynamicBlock, names: Names): readonly Names[] {
  return entriesOf(valueIn(forEach, names)).map(([key, value]) => {
    const each = new Handle((member) => (member === 'key' ? key : value));
    return (name) => (name === iterator ? each : names(name));
  });
}

function entriesOf(value: Value): readonly (readonly [Value, Value])[] {
  if (isList(value)) return value.map((item, index): [Value, Value] => [index, item]);
  if (isMap(value)) return [...value];
  const unknown = isUnknown(value) ? value.blurred() : unknownIn([value]);
  return value === null ? [] : [[unknown, unknown]];
}
