import { TerraformStack, Testing } from 'cdktf';
import { type Annotation, annotationsOf } from '../annotations';

/** Arguments of a resource, by the names that Terraform gives them. */
export type ResourceArguments = Readonly<Record<string, unknown>>;

/** What a stack comes down to: the resources that Terraform is given, and what the constructs said about them. */
export class SynthesizedStack {
  readonly name: string;
  /** The synthesized JSON without metadata. */
  readonly json: string;
  readonly annotations: readonly Annotation[];
  private readonly byAddress: ReadonlyMap<string, ResourceArguments>;

  constructor(stack: TerraformStack) {
    prepareAll(stack);
    this.name = stack.node.id;
    this.json = Testing.synth(stack, true);
    this.annotations = annotationsOf(stack);
    this.byAddress = resourcesOf(JSON.parse(this.json) as SynthesizedJson);
  }

  /** Addresses of the resources, in alphabetical order; of one type when it is given. */
  addresses(type?: string): readonly string[] {
    const all = [...this.byAddress.keys()].sort();
    return type === undefined ? all : all.filter((address) => address.startsWith(`${type}.`));
  }

  /** Arguments of a resource. Throws an error that lists the addresses there are when the stack does not have it. */
  resource(address: string): ResourceArguments {
    const found = this.byAddress.get(address);
    if (!found) {
      throw new Error(
        `${this.name} has no resource ${address}; it has ${this.addresses().join(', ') || 'none'}`,
      );
    }
    return found;
  }

  /** Addresses that have to exist before the resource: those it names, those it depends on, and what these need. */
  prerequisites(address: string): ReadonlySet<string> {
    const found = new Set<string>();
    const open = [address];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      for (const prerequisite of this.named(next)) {
        if (found.has(prerequisite)) continue;
        found.add(prerequisite);
        open.push(prerequisite);
      }
    }
    return found;
  }

  /** Whether the text stands anywhere in what is written to disk. */
  mentions(text: string): boolean {
    return this.json.includes(JSON.stringify(text).slice(1, -1));
  }

  private named(address: string): readonly string[] {
    const text = JSON.stringify(this.resource(address));
    const words = new Set(text.match(/[A-Za-z_][\w-]*\.[A-Za-z_][\w-]*/g));
    return [...words].filter((word) => word !== address && this.byAddress.has(word));
  }
}

/** The stack as Terraform will read it. Stacks that it refers to are prepared too, as `app.synth()` does. */
export function synthesized(stack: TerraformStack): SynthesizedStack {
  return new SynthesizedStack(stack);
}

interface SynthesizedJson {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, ResourceArguments>>>>;
}

function resourcesOf({ resource = {} }: SynthesizedJson): ReadonlyMap<string, ResourceArguments> {
  return new Map(
    Object.entries(resource).flatMap(([type, named]) =>
      Object.entries(named).map(([name, args]): [string, ResourceArguments] => [`${type}.${name}`, args]),
    ),
  );
}

/** References from one stack to another become outputs and remote states while a stack is prepared. */
function prepareAll(stack: TerraformStack): void {
  for (const construct of stack.node.root.node.findAll()) {
    if (TerraformStack.isStack(construct)) construct.prepareStack();
  }
}
