/**
 * Providers that run already, in the process that starts Terraform: no start-up at every phase, no lock-file entry.
 *
 * Source: terraform-plugin-protocol.md 1 (Reattached).
 */
import { ServerCredentials } from '@grpc/grpc-js';
import type { ProviderContext } from '../core/context';
import type { AnyProvider } from '../core/provider';
import { listen } from './listen';

/** Terraform and OpenTofu resolve an address without a host to different registries. */
const registries = ['registry.terraform.io', 'registry.opentofu.org'];

export interface ReattachEntry {
  readonly Protocol: 'grpc';
  readonly ProtocolVersion: 6;
  readonly Pid: number;
  /** True: Terraform never tries to end the process. */
  readonly Test: true;
  readonly Addr: { readonly Network: 'tcp'; readonly String: string };
}

export interface ReattachedProvider {
  /** What goes into `TF_REATTACH_PROVIDERS`, by the provider's full address under each registry. */
  readonly entries: Readonly<Record<string, ReattachEntry>>;
  close(): void;
}

export interface ReattachOptions {
  /** Without a host: `ibm-cloud/ibm`. */
  readonly source: string;
  readonly load: () => AnyProvider;
  readonly context: ProviderContext;
}

/** Serves a provider on a loopback port, one connection for each provider configuration, without TLS. */
export async function serveReattached({
  source,
  load,
  context,
}: ReattachOptions): Promise<ReattachedProvider> {
  const { port, close } = await listen({
    load,
    context,
    address: '127.0.0.1:0',
    credentials: ServerCredentials.createInsecure(),
    onShutdown: () => undefined,
  });
  const entry: ReattachEntry = {
    Protocol: 'grpc',
    ProtocolVersion: 6,
    Pid: process.pid,
    Test: true,
    Addr: { Network: 'tcp', String: `127.0.0.1:${port}` },
  };
  const entries = Object.fromEntries(registries.map((host) => [`${host}/${source.toLowerCase()}`, entry]));
  return { entries, close };
}

/** The value of `TF_REATTACH_PROVIDERS` for all of them. */
export function reattachVariable(providers: readonly ReattachedProvider[]): string {
  return JSON.stringify(Object.assign({}, ...providers.map((provider) => provider.entries)));
}
