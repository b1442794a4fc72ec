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
  request: { readonly typeName: string; readonly config: ValueObject },
): Promise<Outcome> {
  return validate(instance.catalog[kind].get(request.typeName), request.config);
}

export function validateProviderConfig(instance: Instance, config: ValueObject): Promise<Outcome> {
  const { provider, definition } = instance.catalog;
  return validate({ schema: provider, legacy: definition.legacyTypeSystem ?? false, definition }, config);
}

interface Validated extends Pick<ValidationRules, 'schema' | 'legacy'> {
  readonly definition: Partial<Pick<ValidationRules, 'validators' | 'notEmulated'>> & {
    validate?(request: ValidateRequest<ValueObject>): Promise<void>;
  };
}

async function validate({ schema, legacy, definition }: Validated, config: ValueObject): Promise<Outcome> {
  const { validators = {}, notEmulated = [] } = definition;
  const diagnostics = new Diagnostics();
  diagnostics.add(...validateConfig({ schema, legacy, validators, notEmulated }, config).items);
  try {
    await definition.validate?.({ config: config as Configured<ValueObject>, diagnostics });
  } catch (error) {
    diagnostics.add(...diagnosticsOf(error, `validate ${schema.typeName}`));
  }
  return { diagnostics: diagnostics.items };
}
