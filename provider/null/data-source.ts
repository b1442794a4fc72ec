import type { ProviderContext } from '../core/context';
import { defineDataSource } from '../core/data-source';
import type { StateOf } from '../core/state';
import { dataSourceFacts } from './facts';
import { randomNumber } from './random';

export const nullDataSource = defineDataSource<StateOf<typeof dataSourceFacts>, ProviderContext>({
  facts: dataSourceFacts,
  read: async ({ config, client }) => ({
    state: {
      id: 'static',
      outputs: config.inputs,
      random: randomNumber(client),
      has_computed_default: config.has_computed_default ?? 'default',
    },
  }),
});
