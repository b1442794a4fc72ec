/** What a synthesized stack declares, read from Terraform's JSON syntax, in which an object may also be a list of objects. */
import { isObject, type Json, type JsonObject, member, objectOf, objectsOf } from '../json';

export interface Declaration {
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly name: string;
  readonly body: JsonObject;
}

export interface StackDocument {
  /** By `{mode} {type}.{name}`. */
  readonly resources: ReadonlyMap<string, Declaration>;
  readonly variables: ReadonlyMap<string, JsonObject>;
  readonly locals: ReadonlyMap<string, Json>;
  readonly outputs: ReadonlyMap<string, JsonObject>;
  readonly modules: readonly string[];
  /** By kind (`local`, `s3`, …) the configuration of the backend that holds its state. */
  readonly backends: ReadonlyMap<string, JsonObject>;
}

export function stackDocument(document: JsonObject): StackDocument {
  return {
    resources: new Map([
      ...declarations(document['resource'], 'managed'),
      ...declarations(document['data'], 'data'),
    ]),
    variables: bodies(document['variable']),
    locals: new Map(members(document['locals']).map(([name, value]) => [name, value])),
    outputs: bodies(document['output']),
    modules: members(document['module']).map(([name]) => name),
    backends: bodies(members(document['terraform']).find(([name]) => name === 'backend')?.[1]),
  };
}

function declarations(json: Json | undefined, mode: Declaration['mode']): readonly [string, Declaration][] {
  return members(json).flatMap(([type, named]) =>
    members(named).map(([name, body]): [string, Declaration] => [
      `${mode} ${type}.${name}`,
      { mode, type, name, body: bodyOf(body) },
    ]),
  );
}

function bodies(json: Json | undefined): ReadonlyMap<string, JsonObject> {
  return new Map(members(json).map(([name, body]) => [name, bodyOf(body)]));
}

function bodyOf(json: Json): JsonObject {
  return isObject(json) ? json : objectOf(objectsOf(json)[0]);
}

/** Comments (`//`) left out. */
function members(json: Json | undefined): readonly (readonly [string, Json])[] {
  const objects = isObject(json) ? [json] : objectsOf(json);
  return objects.flatMap((object) =>
    Object.keys(object)
      .filter((name) => name !== '//')
      .map((name): [string, Json] => [name, member(object, name) ?? null]),
  );
}
