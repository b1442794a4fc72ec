import { dependable, type TerraformElement, type TerraformResource, TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';
import { ConstructError } from '../construct-error';

const known = new WeakMap<TerraformResource, Set<TerraformElement>>();

/**
 * Makes `resource` wait for its prerequisites when it is created and go before them when it is destroyed: by
 * `depends_on` within a stack, by the order of the stacks where they live in different ones.
 */
export function orderAfter(resource: TerraformResource, prerequisites: readonly TerraformElement[]): void {
  const earlier = known.get(resource) ?? new Set();
  known.set(resource, earlier);
  for (const prerequisite of prerequisites) {
    if (earlier.has(prerequisite)) continue;
    earlier.add(prerequisite);
    const sameStack = TerraformStack.of(resource) === TerraformStack.of(prerequisite);
    if (sameStack) resource.dependsOn = [...(resource.dependsOn ?? []), dependable(prerequisite)];
    else orderStackAfter(resource, prerequisite);
  }
}

/**
 * Makes the stack of one construct wait for the stack of another; nothing when it is the same one. Throws
 * {@link ConstructError} when the other stack waits for this one already.
 */
export function orderStackAfter(construct: IConstruct, prerequisite: IConstruct): void {
  const [stack, home] = [TerraformStack.of(construct), TerraformStack.of(prerequisite)];
  if (stack === home) return;
  if (home.dependsOn(stack)) {
    throw new ConstructError(
      shown(construct),
      `has to come after ${shown(prerequisite).node.path}, but the stack ${home.node.path} waits for the stack ${stack.node.path} already`,
      'put both into one stack, or what both need into a third one',
    );
  }
  stack.addDependency(home);
}

/** The construct that the user wrote: that of a `Default` resource is the one around it. */
function shown(construct: IConstruct): IConstruct {
  return construct.node.id === 'Default' ? (construct.node.scope ?? construct) : construct;
}
