import { validateProviderConfig as validate } from '../../core/server/validate-config';
import { decodeObject, encodeDiagnostics } from '../convert';
import { type ValidateProviderConfig_Request, ValidateProviderConfig_Response } from '../gen/tfplugin6';
import { rpc } from './rpc';

export const validateProviderConfig = rpc<ValidateProviderConfig_Request, ValidateProviderConfig_Response>({
  response: ValidateProviderConfig_Response,
  async handle(instance, request) {
    const config = decodeObject(instance.catalog.provider.type, request.config) ?? {};
    const { diagnostics } = await validate(instance, config);
    return { diagnostics: encodeDiagnostics(diagnostics) };
  },
});
