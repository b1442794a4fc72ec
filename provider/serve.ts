/** Providers served by the process that starts Terraform: what `keyquake exec` and tests use. */
import type { ProviderContext } from './core/context';
import { type ReattachedProvider, reattachVariable, serveReattached } from './protocol/reattach';
import { servedProviders } from './registry';

export interface ServedHere {
  /** Environment variables that lead Terraform and OpenTofu to them. */
  readonly env: { readonly TF_REATTACH_PROVIDERS: string };
  close(): void;
}

/** Serves every provider of the registry, or those named, until it is closed. */
export async function serveProviders(options: {
  readonly context: ProviderContext;
  readonly names?: readonly string[];
}): Promise<ServedHere> {
  const { context, names } = options;
  const chosen = servedProviders.filter(({ name }) => names?.includes(name) ?? true);
  const serving: ReattachedProvider[] = [];
  for (const { source, load } of chosen) serving.push(await serveReattached({ source, load, context }));
  return {
    env: { TF_REATTACH_PROVIDERS: reattachVariable(serving) },
    close: () => {
      for (const provider of serving) provider.close();
    },
  };
}
