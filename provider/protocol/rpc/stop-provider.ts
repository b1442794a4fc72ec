import { messageOf } from '../../core/diagnostics';
import { type StopProvider_Request, StopProvider_Response } from '../gen/tfplugin6';
import type { Rpc } from './rpc';

export const stopProvider: Rpc<StopProvider_Request, StopProvider_Response> = {
  response: StopProvider_Response,
  handle(instance) {
    instance.stop();
    return {};
  },
  failed: (error) => ({ Error: messageOf(error) }),
};
