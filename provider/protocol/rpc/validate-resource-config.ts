import { validateTypeConfig } from '../../core/server/validate-config';
import { decodeObject, encodeDiagnostics } from '../convert';
import { type ValidateResourceConfig_Request, ValidateResourceConfig_Response } from '../gen/tfplugin6';
import { rpc } from './rpc';

export const validateResourceConfig = rpc<ValidateResourceConfig_Request, ValidateResourceConfig_Response>({
  response: ValidateResourceConfig_Response,
  async handle(instance, { typeName, config, clientCapabilities }) {
    const { schema } = instance.catalog.resources.get(typeName);
    const decoded = decodeObject(schema.type, config) ?? {};
    const { diagnostics } = await validateTypeConfig(instance, 'resources', {
      typeName,
      config: decoded,
      writeOnlyAllowed: clientCapabilities?.writeOnlyAttributesAllowed ?? false,
    });
    return { diagnostics: encodeDiagnostics(diagnostics) };
  },
});
