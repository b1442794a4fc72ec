import { validateTypeConfig } from '../../core/server/validate-config';
import { decodeObject, encodeDiagnostics } from '../convert';
import {
  type ValidateEphemeralResourceConfig_Request,
  ValidateEphemeralResourceConfig_Response,
} from '../gen/tfplugin6';
import { rpc } from './rpc';

export const validateEphemeralResourceConfig = rpc<
  ValidateEphemeralResourceConfig_Request,
  ValidateEphemeralResourceConfig_Response
>({
  response: ValidateEphemeralResourceConfig_Response,
  async handle(instance, { typeName, config }) {
    const { schema } = instance.catalog.ephemeralResources.get(typeName);
    const decoded = decodeObject(schema.type, config) ?? {};
    const { diagnostics } = await validateTypeConfig(instance, 'ephemeralResources', {
      typeName,
      config: decoded,
    });
    return { diagnostics: encodeDiagnostics(diagnostics) };
  },
});
