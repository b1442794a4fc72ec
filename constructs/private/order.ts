import { dependable, type TerraformElement, type TerraformResource, TerraformStack } from 'cdktf';

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
    const [stack, home] = [TerraformStack.of(resource), TerraformStack.of(prerequisite)];
    if (stack === home) resource.dependsOn = [...(resource.dependsOn ?? []), dependable(prerequisite)];
    else stack.addDependency(home);
  }
}
