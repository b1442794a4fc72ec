import { Diagnostics, diagnosticsOf } from '../diagnostics';
import type { ValidateRequest } from '../resource';
import type { Configured } from '../state';
import { type ValidationRules, validateConfig } from '../validate';
import type { ValueObject } from '../values';
import type { Instance } from './instance';
import type { Outcome } from './outcome';

export type ConfigKind = 'resources' | 'dataSources' | 'ephemeralResources';

export function validateTypeConfig(
  instance: Instance,
  kind: ConfigKind,
  request: {
    readonly typeName: string;
    readonly config: ValueObject;
    /** @default true */
    readonly writeOnlyAllowed?: boolean;
  },
): Promise<Outcome> {
  const { config, writeOnlyAllowed = true } = request;
  return validate({ ...instance.catalog[kind].get(request.typeName), writeOnlyAllowed }, config);
}

export function validateProviderConfig(instance: Instance, config: ValueObject): Promise<Outcome> {
  const { provider, definition } = instance.catalog;
  const legacy = definition.legacyTypeSystem ?? false;
  return validate({ schema: provider, legacy, definition, writeOnlyAllowed: true }, config);
}

interface Validated extends Pick<ValidationRules, 'schema' | 'legacy' | 'writeOnlyAllowed'> {
  readonly definition: Partial<Pick<ValidationRules, 'validators' | 'notEmulated'>> & {
    validate?(request: ValidateRequest<ValueObject>): Promise<void>;
  };
}

async function validate({ definition, ...rules }: Validated, config: ValueObject): Promise<Outcome> {
  const { validators = {}, notEmulated = [] } = definition;
  const diagnostics = new Diagnostics();
  diagnostics.add(...validateConfig({ ...rules, validators, notEmulated }, config).items);
  try {
    await definition.validate?.({ config: config as Configured<ValueObject>, diagnostics });
  } catch (error) {
    diagnostics.add(...diagnosticsOf(error, `validate ${rules.schema.typeName}`));
  }
  return { diagnostics: diagnostics.items };
}
