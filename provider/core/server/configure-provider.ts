import { withoutUnknowns } from '../complete';
import { planState } from '../plan';
import { unknownValue, type ValueObject } from '../values';
import { attempt, type Instance, operation } from './instance';
import type { Outcome } from './outcome';

export interface ConfigureProviderRequest {
  readonly terraformVersion: string;
  readonly config: ValueObject;
}

export async function configureProvider(
  instance: Instance,
  request: ConfigureProviderRequest,
): Promise<Outcome> {
  const { provider: schema, definition } = instance.catalog;
  const { config, terraformVersion } = request;
  const running = operation(instance, schema, 'configure', null);
  const unknown = Object.keys(config).filter((name) => config[name] === unknownValue);
  await attempt(running, async () => {
    instance.client = await definition.configure({
      config: withDefaults(instance, config),
      unknown,
      terraformVersion,
      context: instance.context,
      signal: running.signal,
      diagnostics: running.diagnostics,
    });
  });
  return { diagnostics: running.diagnostics.items };
}

function withDefaults({ catalog }: Instance, config: ValueObject): ValueObject {
  const planned = planState(
    { schema: catalog.provider, legacy: false },
    { prior: null, proposed: config, config },
  );
  return withoutUnknowns(catalog.provider.block, planned);
}
