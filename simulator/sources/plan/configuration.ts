/**
 * The `configuration` part of a plan: expressions as lists of what they refer to. `ibm_kms_key.a.crn` is written as
 * `["ibm_kms_key.a.crn", "ibm_kms_key.a"]`: the reference and what it begins with. An index that is not constant is
 * left out, and so is all that follows it: `ibm_kms_key.a[each.key].crn` gives `["ibm_kms_key.a", "each.key"]`.
 */
import { type Step, stepsOf } from '../address';
import { arrayOf, isObject, type Json, type JsonObject, member, objectOf, objectsOf, textOf } from '../json';

export interface ModuleConfiguration {
  readonly resources: ReadonlyMap<string, ResourceConfiguration>;
  readonly outputs: ReadonlyMap<string, Json>;
  readonly calls: ReadonlyMap<string, ModuleCall>;
}

export interface ResourceConfiguration {
  /** By argument: an expression, or blocks of expressions. */
  readonly expressions: JsonObject;
  readonly forEach?: Json | undefined;
}

export interface ModuleCall {
  /** Of the arguments given to the module. */
  readonly expressions: JsonObject;
  readonly forEach?: Json | undefined;
  readonly module: ModuleConfiguration;
}

export function moduleConfiguration(module: JsonObject): ModuleConfiguration {
  const resources = objectsOf(module['resources']).map((resource): [string, ResourceConfiguration] => [
    textOf(resource['address']) ?? '',
    { expressions: objectOf(resource['expressions']), forEach: resource['for_each_expression'] },
  ]);
  const outputs = Object.entries(objectOf(module['outputs'])).map(([name, output]): [string, Json] => [
    name,
    objectOf(member(output, 'expression')),
  ]);
  const calls = Object.entries(objectOf(module['module_calls'])).map(([name, call]): [string, ModuleCall] => [
    name,
    {
      expressions: objectOf(member(call, 'expressions')),
      forEach: member(call, 'for_each_expression'),
      module: moduleConfiguration(objectOf(member(call, 'module'))),
    },
  ]);
  return { resources: new Map(resources), outputs: new Map(outputs), calls: new Map(calls) };
}

/** Everything that an expression, or a block of expressions, refers to: whole references, without their beginnings. */
export function referencesOf(expression: Json | undefined): readonly (readonly Step[])[] {
  const written = [...new Set(writtenIn(expression))];
  return written
    .filter((text) => !written.some((other) => other !== text && begins(other, text)))
    .map(stepsOf)
    .filter((steps) => steps !== undefined);
}

function writtenIn(expression: Json | undefined): readonly string[] {
  if (Array.isArray(expression)) return expression.flatMap((item: Json) => writtenIn(item));
  if (!isObject(expression)) return [];
  if (Array.isArray(expression['references'])) {
    return arrayOf(expression['references']).filter((text) => typeof text === 'string');
  }
  return 'constant_value' in expression ? [] : Object.values(expression).flatMap((item) => writtenIn(item));
}

function begins(whole: string, beginning: string): boolean {
  return whole.startsWith(beginning) && /^[.[]/.test(whole.slice(beginning.length));
}

/** The constant that an expression is; undefined when it is none. */
export function constantOf(expression: Json | undefined): Json | undefined {
  return member(expression, 'constant_value');
}
