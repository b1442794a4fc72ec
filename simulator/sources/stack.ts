/**
 * Synthesized stacks: one `cdk.tf.json`, or all of a `cdktf.out` folder, where what one stack exports and another
 * imports through remote state is one world.
 */
import type { Instant } from '../../domain/time';
import type { World } from '../../domain/world';
import { assembleWorld } from './assemble';
import { type JsonObject, member } from './json';
import type { Declaration } from './stack/document';
import { StackModule } from './stack/module';

export interface SynthesizedStack {
  readonly name: string;
  /** The parsed `cdk.tf.json`. */
  readonly document: JsonObject;
}

/** With several stacks the node ids are `{stack}/{address}`, with one they are the addresses. */
export function worldFromStacks(stacks: readonly SynthesizedStack[], at: Instant): World {
  const modules: StackModule[] = [];
  const remote = (dataSource: Declaration): StackModule | undefined => producerOf(dataSource, modules);
  for (const { name, document } of stacks) {
    modules.push(new StackModule(name, document, stacks.length > 1 ? `${name}/` : '', remote));
  }
  return assembleWorld(
    modules.flatMap((module) => module.resources()),
    at,
    modules.flatMap((module) => module.unread()),
  );
}

/** The prefix of the name that CDKTF gives to the data source of a cross-stack reference. */
const crossStack = 'cross-stack-reference-input-';

/** The stack whose backend a remote-state data source is configured for, or whose name CDKTF put into its name. */
function producerOf({ name, body }: Declaration, modules: readonly StackModule[]): StackModule | undefined {
  const kind = body['backend'];
  const byBackend = modules.find(({ document }) => {
    const backend = typeof kind === 'string' ? document.backends.get(kind) : undefined;
    return backend !== undefined && isSame(backend, body['config']);
  });
  return byBackend ?? modules.find((module) => name === `${crossStack}${module.name}`);
}

function isSame(backend: JsonObject, config: unknown): boolean {
  const names = Object.keys(backend);
  return (
    names.length > 0 &&
    names.every((name) => JSON.stringify(member(config, name)) === JSON.stringify(backend[name]))
  );
}
