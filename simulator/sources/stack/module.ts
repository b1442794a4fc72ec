/** One synthesized stack: its resources, and what the names in its expressions stand for. */
import { formatKey } from '../address';
import type { Unread } from '../assemble';
import { type JsonObject, member } from '../json';
import type { SourceResource } from '../resource';
import { declaredBody, valueIn } from './body';
import { type Declaration, type StackDocument, stackDocument } from './document';
import type { Names } from './evaluate';
import { textOf } from './functions';
import { Handle, isList, isMap, literal, problem, Unknown, type Value } from './value';

/** One instance of a declared resource. */
interface Instance {
  readonly id: string;
  readonly address: string;
  readonly names: Names;
}

/** Instances by key; `key` undefined for the only one, `*` for all when their keys are not known. */
interface Expansion {
  readonly by: 'none' | 'count' | 'for_each' | 'unknown';
  readonly instances: readonly (Instance & { readonly key: string | number | undefined })[];
}

/** Finds the stack whose state a `terraform_remote_state` data source reads. */
export type RemoteStacks = (dataSource: Declaration) => StackModule | undefined;

export class StackModule {
  readonly document: StackDocument;
  private readonly expansions = new Map<Declaration, Expansion>();
  private readonly underWay = new Set<string>();

  /** `prefix` goes before addresses to make ids; empty when the source has one stack. */
  constructor(
    readonly name: string,
    document: JsonObject,
    private readonly prefix: string,
    private readonly remote: RemoteStacks,
  ) {
    this.document = stackDocument(document);
  }

  resources(): readonly SourceResource[] {
    return [...this.document.resources.values()].flatMap((declaration) =>
      this.expand(declaration).instances.map(({ id, address, names }) => ({
        id,
        address,
        mode: declaration.mode,
        type: declaration.type,
        name: declaration.name,
        ...declaredBody(declaration.body, names),
      })),
    );
  }

  unread(): readonly Unread[] {
    return this.document.modules.map((name) => ({
      address: `${this.prefix}module.${name}`,
      reason: 'a synthesized stack does not hold what is in the module: ask the plan',
    }));
  }

  output(name: string): Value {
    const output = this.document.outputs.get(name);
    if (!output) return problem(`it comes from the output ${name}, which stack ${this.name} does not have`);
    return this.once(`output.${name}`, () => valueIn(output['value'], this.names()));
  }

  private names(instance?: { readonly each?: Handle; readonly count?: Handle }): Names {
    return (name) => {
      switch (name) {
        case 'var':
          return new Handle((variable) => this.variable(variable));
        case 'local':
          return new Handle((local) => this.local(local));
        case 'each':
          return instance?.each ?? problem('each is used outside of for_each');
        case 'count':
          return instance?.count ?? problem('count is used outside of count');
        case 'data':
          return new Handle((type) => new Handle((one) => this.collection('data', type, one)));
        case 'module':
          return new Handle((module) =>
            problem(`it comes from module.${module}, which a synthesized stack does not hold (a plan does)`),
          );
        case 'path':
        case 'self':
        case 'terraform':
          return new Handle(() => new Unknown([]));
        default:
          return new Handle((one) => this.collection('managed', name, one));
      }
    };
  }

  private variable(name: string): Value {
    const variable = this.document.variables.get(name);
    if (!variable) return problem(`it comes from var.${name}, which is not declared`);
    const given = member(variable, 'default');
    if (given === null) return null;
    if (variable['sensitive'] === true) return problem(`it comes from var.${name}, which is sensitive`);
    return given === undefined
      ? problem(`it comes from var.${name}, which has no value in a synthesized stack (a plan shows it)`)
      : literal(given);
  }

  private local(name: string): Value {
    const local = this.document.locals.get(name);
    if (local === undefined) return problem(`it comes from local.${name}, which is not declared`);
    return this.once(`local.${name}`, () => valueIn(local, this.names()));
  }

  private collection(mode: Declaration['mode'], type: string, name: string): Value {
    const declaration = this.document.resources.get(`${mode} ${type}.${name}`);
    if (!declaration) return problem(`it comes from ${type}.${name}, which is not declared`);
    if (mode === 'data' && type === 'terraform_remote_state') return this.remoteState(declaration);
    const { by, instances } = this.expand(declaration);
    const handles = instances.map((instance) => this.handle(declaration, instance));
    if (by === 'count') return handles;
    if (by === 'for_each')
      return new Map(instances.map(({ key }, index) => [String(key), handles[index] ?? null]));
    const [only] = instances;
    if (by === 'unknown') return new Unknown(only ? [{ resource: only.id }] : []);
    return handles[0] ?? null;
  }

  /** A reference to an argument stands for what the argument is given; one to anything else for the resource. */
  private handle({ body }: Declaration, { id, names }: Instance): Handle {
    const origin = { resource: id };
    return new Handle((attribute) => {
      const given = this.once(`${id}.${attribute}`, () => valueIn(member(body, attribute), names));
      return given ?? new Unknown([{ ...origin, attribute }]);
    }, origin);
  }

  private remoteState(declaration: Declaration): Value {
    const stack = this.remote(declaration);
    return new Handle((attribute) => {
      if (attribute !== 'outputs') return new Unknown([]);
      return new Handle((name) =>
        stack
          ? stack.output(name)
          : problem(
              `it comes from the remote state ${declaration.name}, which is of no stack of this source`,
            ),
      );
    });
  }

  private expand(declaration: Declaration): Expansion {
    const known = this.expansions.get(declaration);
    if (known) return known;
    const { mode, type, name, body } = declaration;
    const whole = `${mode === 'data' ? 'data.' : ''}${type}.${name}`;
    const instance = (key: string | number | undefined, names: Names): Expansion['instances'][number] => {
      const address = key === '*' ? `${whole}[*]` : `${whole}${formatKey(key)}`;
      return { key, address, id: `${this.prefix}${address}`, names };
    };
    const expansion = this.expansionOf(body, whole, instance);
    this.expansions.set(declaration, expansion);
    return expansion;
  }

  private expansionOf(
    body: JsonObject,
    whole: string,
    instance: (key: string | number | undefined, names: Names) => Expansion['instances'][number],
  ): Expansion {
    const counted = body['count'] !== undefined;
    const given = body['count'] ?? body['for_each'];
    if (given === undefined || given === null)
      return { by: 'none', instances: [instance(undefined, this.names())] };
    const value = this.once(`${whole}.instances`, () => valueIn(given, this.names()));
    const count = counted && /^\d+$/.test(textOf(value) ?? '') ? Number(textOf(value)) : undefined;
    if (count !== undefined) {
      const indexes = Array.from({ length: count }, (_, index) => index);
      const named = indexes.map((index) => instance(index, this.names({ count: new Handle(() => index) })));
      return { by: 'count', instances: named };
    }
    const entries = counted ? undefined : forEachEntries(value);
    if (entries === undefined) {
      const unknown = new Unknown([]);
      const rest = value instanceof Unknown ? value.blurred() : unknown;
      const names = this.names({
        each: new Handle((member) => (member === 'key' ? unknown : rest)),
        count: new Handle(() => unknown),
      });
      return { by: 'unknown', instances: [instance('*', names)] };
    }
    const named = entries.map(([key, item]) =>
      instance(key, this.names({ each: new Handle((member) => (member === 'key' ? key : item)) })),
    );
    return { by: 'for_each', instances: named };
  }

  /** Guards against expressions that refer to themselves. */
  private once(what: string, compute: () => Value): Value {
    if (this.underWay.has(what)) return problem('its expressions refer to each other in a circle');
    this.underWay.add(what);
    try {
      return compute();
    } finally {
      this.underWay.delete(what);
    }
  }
}

/** Keys with values; undefined unless every key is known. */
function forEachEntries(value: Value): readonly (readonly [string, Value])[] | undefined {
  if (isMap(value)) return [...value];
  if (!isList(value)) return undefined;
  const keys = value.map(textOf);
  return keys.every((key) => key !== undefined) ? keys.map((key) => [key, key]) : undefined;
}
