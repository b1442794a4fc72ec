import { type GetFunctions_Request, GetFunctions_Response } from '../gen/tfplugin6';
import { functions } from './get-provider-schema';
import { rpc } from './rpc';

export const getFunctions = rpc<GetFunctions_Request, GetFunctions_Response>({
  response: GetFunctions_Response,
  handle: ({ catalog }) => ({ functions: functions(catalog) }),
});
