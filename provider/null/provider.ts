/** `hashicorp/null`, whose resources do nothing: for stacks that use it beside what they are about. */
import type { ProviderContext } from '../core/context';
import { defineProvider } from '../core/provider';
import { nullDataSource } from './data-source';
import { providerFacts } from './facts';
import { nullResource } from './resource';

export const nullProvider = defineProvider<ProviderContext>({
  name: 'null',
  facts: providerFacts,
  configure: async ({ context }) => context,
  resources: [nullResource],
  dataSources: [nullDataSource],
});
