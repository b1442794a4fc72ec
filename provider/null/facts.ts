/**
 * Schemas of `hashicorp/null` 3.2, in our own words.
 *
 * Source: hashicorp/terraform-provider-null `internal/provider`.
 */
import type { ProviderFacts, TypeFacts } from '../core/facts';

export const providerFacts = { wire: { version: 0, block: {} } } as const satisfies ProviderFacts;

export const resourceFacts = {
  type: 'null_resource',
  wire: {
    version: 0,
    block: {
      description: 'Has the life cycle of a resource and does nothing.',
      attributes: {
        id: { type: 'string', computed: true, description: 'A random number, chosen at creation.' },
        triggers: {
          type: ['map', 'string'],
          optional: true,
          description: 'Any strings; a change of them replaces the resource and runs its provisioners again.',
        },
      },
    },
  },
} as const satisfies TypeFacts;

export const dataSourceFacts = {
  type: 'null_data_source',
  wire: {
    version: 0,
    block: {
      deprecated: true,
      description: 'Copies its inputs to its outputs. Locals and terraform_data do the same.',
      attributes: {
        has_computed_default: {
          type: 'string',
          optional: true,
          computed: true,
          description: 'The given text, or "default".',
        },
        id: { type: 'string', computed: true, deprecated: true, description: 'Always "static".' },
        inputs: { type: ['map', 'string'], optional: true, description: 'Any strings.' },
        outputs: { type: ['map', 'string'], computed: true, description: 'A copy of the inputs.' },
        random: { type: 'string', computed: true, description: 'A random number at every read.' },
      },
    },
  },
} as const satisfies TypeFacts;
