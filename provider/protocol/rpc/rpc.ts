/**
 * One remote procedure: reads the request with the schemas of the core, lets the core decide, writes the answer. Each has
 * a file of its own here, named as in the protocol; the core's side has the same name in `core/server/`.
 */
import { diagnosticsOf } from '../../core/diagnostics';
import type { Instance } from '../../core/server/instance';
import { encodeDiagnostics } from '../convert';
import type * as wire from '../gen/tfplugin6';

export interface MessageType<Message> {
  decode(bytes: Uint8Array): Message;
}

export interface Rpc<Request, Response> {
  readonly response: MessageType<Response>;
  /** Fields that are left out have their default. */
  handle(instance: Instance, request: Request): Partial<Response> | Promise<Partial<Response>>;
  /** The answer when `handle` threw: nothing is ever thrown through gRPC. */
  failed(error: unknown, doing: string): Partial<Response>;
}

type WithDiagnostics = { diagnostics: wire.Diagnostic[] };

/** Declares a procedure whose answer has diagnostics, as nearly all have. */
export function rpc<Request, Response extends WithDiagnostics>(
  definition: Omit<Rpc<Request, Response>, 'failed'>,
): Rpc<Request, Response> {
  const failed = (error: unknown, doing: string): WithDiagnostics => ({
    diagnostics: encodeDiagnostics(diagnosticsOf(error, doing)),
  });
  return { ...definition, failed: failed as Rpc<Request, Response>['failed'] };
}
