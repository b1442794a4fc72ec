import { Server, type ServerCredentials } from '@grpc/grpc-js';
import type { ProviderContext } from '../core/context';
import type { AnyProvider } from '../core/provider';
import { addPluginServices } from './controller';
import { ProviderService } from './gen/tfplugin6';
import { providerService } from './service';

export interface Listening {
  /** The port for `127.0.0.1:0`; 1 for a socket. */
  readonly port: number;
  /** Ends at once, whatever is under way. */
  close(): void;
}

export interface ListenOptions {
  readonly load: () => AnyProvider;
  readonly context: ProviderContext;
  /** `unix:/path` or `127.0.0.1:0`. */
  readonly address: string;
  readonly credentials: ServerCredentials;
  /** Terraform asked the plugin to end, and has its answer. */
  readonly onShutdown: () => void;
}

/** States of any size have to pass. */
const unlimited = { 'grpc.max_receive_message_length': -1, 'grpc.max_send_message_length': -1 };

/** One provider on one address. Rejects when the address cannot be had. */
export async function listen(options: ListenOptions): Promise<Listening> {
  const server = new Server(unlimited);
  server.addService(ProviderService, providerService(options.load, options.context));
  addPluginServices(server, options.onShutdown);
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync(options.address, options.credentials, (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  return { port, close: () => server.forceShutdown() };
}
