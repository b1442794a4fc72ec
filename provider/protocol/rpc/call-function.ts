import { messageOf } from '../../core/diagnostics';
import { argumentType, callFunction as call, functionNamed } from '../../core/server/call-function';
import { decodeDynamic, encodeDynamic } from '../convert';
import { type CallFunction_Request, CallFunction_Response } from '../gen/tfplugin6';
import type { Rpc } from './rpc';

export const callFunction: Rpc<CallFunction_Request, CallFunction_Response> = {
  response: CallFunction_Response,
  handle(instance, request) {
    const called = functionNamed(instance, request.name);
    const args = request.arguments.map((value, position) =>
      decodeDynamic(argumentType(called, position), value),
    );
    const outcome = call(called, args);
    if ('error' in outcome) return { error: { text: outcome.error, functionArgument: outcome.argument } };
    return { result: encodeDynamic(called.returns, outcome.result) };
  },
  failed: (error) => ({ error: { text: messageOf(error), functionArgument: undefined } }),
};
