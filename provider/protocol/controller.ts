/**
 * The side services of a plugin process (terraform-plugin-protocol.md 1): the end of the process is answered before it
 * happens, the two streams stay open and say nothing until then.
 */
import type { handleBidiStreamingCall, handleServerStreamingCall, Server } from '@grpc/grpc-js';
import {
  type ConnInfo,
  type Empty,
  GRPCBrokerService,
  GRPCControllerService,
  GRPCStdioService,
  type StdioData,
} from './gen/plugin';

/** Terraform kills a plugin that is not gone after 2 s. */
const longestGoodbye = 1_000;

/** `ended` is called when the answer to Shutdown has left, or could not leave for too long. */
export function addPluginServices(server: Server, ended: () => void): void {
  const open = new Set<{ end(): unknown }>();

  const streamStdio: handleServerStreamingCall<Empty, StdioData> = (call) => {
    open.add(call);
    call.on('cancelled', () => open.delete(call));
  };
  const startStream: handleBidiStreamingCall<ConnInfo, ConnInfo> = (call) => {
    open.add(call);
    call.on('end', () => call.end());
    call.on('cancelled', () => open.delete(call));
  };
  server.addService(GRPCStdioService, { streamStdio });
  server.addService(GRPCBrokerService, { startStream });
  server.addService(GRPCControllerService, {
    shutdown: (_call: unknown, callback: (error: null, answer: Empty) => void) => {
      callback(null, {});
      for (const stream of open) stream.end();
      const patience = setTimeout(ended, longestGoodbye);
      server.tryShutdown(() => {
        clearTimeout(patience);
        ended();
      });
    },
  });
}
