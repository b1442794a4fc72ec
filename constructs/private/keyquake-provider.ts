import { Aspects, type TerraformProvider, TerraformStack } from 'cdktf';
import type { Construct, IConstruct } from 'constructs';
import { KeyquakeProvider } from '../bindings/keyquake/provider';

const provided = new WeakSet<TerraformStack>();

/**
 * Sees to it that the stack of `scope` has our provider: unless the user adds one, it is added at synthesis, for the
 * region of the stack's `ibm` provider. Stacks that use none of its types do not ask Terraform for it.
 */
export function needsKeyquakeProvider(scope: Construct): void {
  const stack = TerraformStack.of(scope);
  if (provided.has(stack)) return;
  provided.add(stack);
  Aspects.of(stack).add({
    visit: (construct: IConstruct) => {
      if (construct === stack && !providerOf(stack, 'keyquake')) {
        new KeyquakeProvider(stack, 'keyquake', { region: ibmRegion(stack) });
      }
    },
  });
}

/** The configuration that resources get which name none; those with an alias are for the others. */
function providerOf(stack: TerraformStack, type: string): TerraformProvider | undefined {
  return stack
    .allProviders()
    .find(({ terraformResourceType, alias }) => terraformResourceType === type && alias === undefined);
}

function ibmRegion(stack: TerraformStack): string | undefined {
  const ibm = providerOf(stack, 'ibm') as (TerraformProvider & { readonly regionInput?: string }) | undefined;
  return ibm?.regionInput;
}
