/** Schemas of the awkward test provider. */
import type { ProviderFacts, TypeFacts } from '../../provider';

export const providerFacts = {
  wire: {
    version: 0,
    block: {
      attributes: {
        endpoint: { type: 'string', optional: true },
        password: { type: 'string', optional: true, sensitive: true },
      },
    },
  },
  planning: {
    endpoint: { default: 'home', conflictsWith: ['password'] },
  },
} as const satisfies ProviderFacts;

const timeouts = {
  nesting_mode: 'single',
  block: { attributes: { create: { type: 'string', optional: true } } },
} as const;

export const thingFacts = {
  type: 'awkward_thing',
  wire: {
    version: 1,
    block: {
      attributes: {
        id: { type: 'string', computed: true },
        name: { type: 'string', required: true },
        note: { type: 'string', optional: true },
        size: { type: 'number', optional: true },
        big: { type: 'number', optional: true },
        secret: { type: 'string', optional: true, sensitive: true },
        token: { type: 'string', optional: true, write_only: true },
        labels: { type: ['map', 'string'], optional: true },
        tags: { type: ['set', 'string'], optional: true },
        ports: { type: ['list', 'number'], optional: true },
        anything: { type: 'dynamic', optional: true, computed: true },
        mode: { type: 'string', optional: true, computed: true },
        created_at: { type: 'string', computed: true },
        revision: { type: 'number', computed: true },
        unsupported: { type: 'string', optional: true },
        settings: {
          optional: true,
          nested_type: {
            nesting_mode: 'single',
            attributes: {
              color: { type: 'string', required: true },
              shade: { type: 'string', optional: true, computed: true },
            },
          },
        },
      },
      block_types: {
        disk: {
          nesting_mode: 'list',
          block: {
            attributes: {
              id: { type: 'string', computed: true },
              name: { type: 'string', required: true },
              size: { type: 'number', optional: true },
              cache: { type: 'string', optional: true },
            },
          },
        },
        rule: {
          nesting_mode: 'set',
          block: {
            attributes: {
              port: { type: 'number', required: true },
              protocol: { type: 'string', optional: true, computed: true },
              handle: { type: 'string', computed: true },
            },
          },
        },
        origin: {
          nesting_mode: 'single',
          block: { attributes: { url: { type: 'string', required: true } } },
        },
        zone: {
          nesting_mode: 'map',
          block: { attributes: { weight: { type: 'number', optional: true } } },
        },
        timeouts,
      },
    },
  },
  planning: {
    attributes: {
      name: { forceNew: true },
      size: { type: 'int' },
      revision: { type: 'int', unknownOnUpdate: true },
      mode: { default: 'plain' },
      disk: { block: { size: { type: 'int', forceNew: true } } },
      rule: { block: { port: { type: 'int' }, protocol: { default: 'tcp' } } },
    },
    timeouts: { create: '10m0s' },
    validators: [{ attribute: 'mode', rule: 'ValidateAllowedStringValue', allowedValues: 'plain, fancy' }],
    importable: true,
  },
} as const satisfies TypeFacts;

export const renamedFacts = {
  type: 'awkward_renamed',
  wire: {
    version: 0,
    block: {
      attributes: {
        id: { type: 'string', computed: true },
        name: { type: 'string', required: true },
      },
    },
  },
  planning: { attributes: { name: { forceNew: true } } },
} as const satisfies TypeFacts;

export const legacyFacts = {
  type: 'awkward_legacy',
  wire: {
    version: 0,
    block: {
      attributes: {
        id: { type: 'string', optional: true, computed: true },
        name: { type: 'string', required: true },
        description: { type: 'string', optional: true },
        flag: { type: 'bool', optional: true },
        url: { type: 'string', optional: true },
        json: { type: 'string', optional: true },
        status: { type: 'string', computed: true },
      },
      block_types: {
        policy: {
          nesting_mode: 'list',
          max_items: 1,
          block: {
            attributes: {
              interval: { type: 'number', optional: true, computed: true },
              mode: { type: 'string', optional: true },
            },
          },
        },
        timeouts,
      },
    },
  },
  planning: {
    attributes: {
      name: { forceNew: true, required: true },
      flag: { type: 'bool', default: false },
      url: { diffSuppress: true },
      json: { stateFunc: true },
      policy: {
        type: 'list',
        optional: true,
        computed: true,
        block: { interval: { type: 'int' }, mode: { default: 'auto' } },
      },
    },
    timeouts: { create: '10m0s' },
  },
} as const satisfies TypeFacts;

export const thingDataFacts = {
  type: 'awkward_thing',
  wire: {
    version: 0,
    block: {
      attributes: {
        id: { type: 'string', computed: true },
        name: { type: 'string', required: true },
        note: { type: 'string', computed: true },
        endpoint: { type: 'string', computed: true },
      },
    },
  },
} as const satisfies TypeFacts;

export const ephemeralFacts = {
  type: 'awkward_token',
  wire: {
    version: 0,
    block: {
      attributes: {
        subject: { type: 'string', required: true },
        value: { type: 'string', computed: true, sensitive: true },
      },
    },
  },
} as const satisfies TypeFacts;
