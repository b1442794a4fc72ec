/** Where an expression of a plan's configuration stands, and what its references lead to from there. */
import { formatKey, formatModules, type ModuleStep, type Step } from '../address';
import type { Json } from '../json';
import type { Origin } from '../resource';
import { type ModuleCall, type ModuleConfiguration, referencesOf } from './configuration';

/** What an expression may come from. */
export interface Trace {
  readonly origins: readonly Origin[];
  readonly problems: readonly string[];
}

export type InstanceKey = string | number | undefined;

/** One instance of a module, and within it one instance of the resource or module call whose expression is read. */
export interface Scope {
  readonly configuration: ModuleConfiguration;
  readonly modules: readonly ModuleStep[];
  /** Scope in which the module is called; undefined for the root module. */
  readonly caller?: { readonly scope: Scope; readonly call: ModuleCall } | undefined;
  /** `each.key` or `count.index`. */
  readonly key?: InstanceKey;
  readonly forEach?: Json | undefined;
}

/** Addresses of everything in the plan; by address without its last instance key, the keys there are. */
export type Instances = ReadonlyMap<string, ReadonlySet<InstanceKey>>;

const nothing: Trace = { origins: [], problems: [] };

/** Follows every reference of an expression to the resources it may come from. */
export function trace(expression: Json | undefined, scope: Scope, instances: Instances, depth = 0): Trace {
  const references = referencesOf(expression);
  const indexed = references.some(([first, second]) => isInstanceKey(first, second));
  if (depth > 50) return { origins: [], problems: ['the expressions refer to each other in a circle'] };
  const context: Context = { scope, instances, indexed, depth: depth + 1 };
  return merged(references.map((steps) => traceReference(steps, context)));
}

interface Context {
  readonly scope: Scope;
  readonly instances: Instances;
  /** The expression also refers to `each.key` or `count.index`, which a plan leaves out of indexes. */
  readonly indexed: boolean;
  readonly depth: number;
}

function isInstanceKey(first: Step | undefined, second: Step | undefined): boolean {
  return (
    (first?.name === 'each' && second?.name === 'key') ||
    (first?.name === 'count' && second?.name === 'index')
  );
}

function traceReference(steps: readonly Step[], context: Context): Trace {
  const [first, second, ...rest] = steps;
  const name = second?.name ?? '';
  switch (first?.name) {
    case 'var':
      return traceVariable(name, rest, context);
    case 'each':
      return name === 'value' ? traceEachValue(rest, context) : nothing;
    case 'local':
      return problem(
        `it comes from local.${name}, and a plan does not say what a local value is made of (a state shows the value, a synthesized stack the expression)`,
      );
    case 'module':
      return traceModule(name, rest, context);
    case 'data':
      return traceResource(`data.${name}.${rest[0]?.name ?? ''}`, rest.slice(1), context);
    case 'count':
    case 'path':
    case 'terraform':
    case 'self':
      return nothing;
    default:
      return traceResource(`${first?.name ?? ''}.${name}`, rest, context);
  }
}

/** A variable of the root module is known when a plan is made; one of another module is what its caller gives. */
function traceVariable(name: string, rest: readonly Step[], { scope, instances, depth }: Context): Trace {
  if (!scope.caller) return nothing;
  const { scope: outer, call } = scope.caller;
  return onward(trace(call.expressions[name], outer, instances, depth), rest);
}

/** `for_each = ibm_kms_key.a` makes `each.value` the instance of `ibm_kms_key.a` with the same key. */
function traceEachValue(rest: readonly Step[], { scope, instances, depth }: Context): Trace {
  const traces = referencesOf(scope.forEach).map((steps) =>
    traceReference(steps, { scope, instances, indexed: true, depth }),
  );
  return onward(merged(traces), rest);
}

function traceModule(name: string, rest: readonly Step[], context: Context): Trace {
  const { scope, instances, depth } = context;
  const call = scope.configuration.calls.get(name);
  if (!call) return problem(`there is no module.${name} in the configuration`);
  const written = rest[0]?.key;
  const after = written === undefined ? rest : rest.slice(1);
  const keys = chosen(written, `${formatModules(scope.modules)}module.${name}`, context);
  const [output, ...beyond] = after;
  const names = output?.name === undefined ? [...call.module.outputs.keys()] : [output.name];
  const traces = keys.flatMap((key) =>
    names.map((one) => trace(call.module.outputs.get(one), inside(scope, name, call, key), instances, depth)),
  );
  return onward(merged(traces), beyond);
}

/** The scope of a module's contents; `key` is that of the module instance. */
export function inside(scope: Scope, name: string, call: ModuleCall, key: InstanceKey): Scope {
  return {
    configuration: call.module,
    modules: [...scope.modules, { name, key }],
    caller: { scope: { ...scope, key, forEach: call.forEach }, call },
  };
}

function traceResource(local: string, rest: readonly Step[], context: Context): Trace {
  const whole = `${formatModules(context.scope.modules)}${local}`;
  const written = rest[0]?.key;
  const after = written === undefined ? rest : rest.slice(1);
  const attribute = after.find(({ name }) => name !== undefined)?.name;
  const origins = chosen(written, whole, context).map((key) => ({
    resource: `${whole}${formatKey(key)}`,
    attribute,
  }));
  return { origins, problems: [] };
}

/**
 * The instances that a reference means. An index that the plan leaves out is taken for `each.key` or `count.index` when
 * the expression refers to one and an instance of that key exists; otherwise every instance may be meant.
 */
function chosen(
  written: string | number | undefined,
  address: string,
  { scope, instances, indexed }: Context,
): readonly InstanceKey[] {
  if (written !== undefined) return [written];
  const keys = instances.get(address) ?? new Set([undefined]);
  return indexed && scope.key !== undefined && keys.has(scope.key) ? [scope.key] : [...keys];
}

/**
 * Goes on along a path within a value, for origins that are whole resources so far: the last name is the attribute, as
 * the names before it may be of an object that an output or a variable puts them into.
 */
function onward({ origins, problems }: Trace, path: readonly Step[]): Trace {
  const attribute = path.findLast(({ name }) => name !== undefined)?.name;
  return {
    origins: origins.map((origin) => ({ ...origin, attribute: origin.attribute ?? attribute })),
    problems,
  };
}

function problem(text: string): Trace {
  return { origins: [], problems: [text] };
}

function merged(traces: readonly Trace[]): Trace {
  return {
    origins: traces.flatMap(({ origins }) => origins),
    problems: [...new Set(traces.flatMap(({ problems }) => problems))],
  };
}
