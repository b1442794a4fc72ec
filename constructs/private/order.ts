import { dependable, type TerraformElement, type TerraformResource, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';

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

/** Makes the stack of one construct wait for the stack of another; nothing when it is the same one. */
export function orderStackAfter(construct: Construct, prerequisite: Construct): void {
  const [stack, home] = [TerraformStack.of(construct), TerraformStack.of(prerequisite)];
  if (stack !== home) stack.addDependency(home);
}
