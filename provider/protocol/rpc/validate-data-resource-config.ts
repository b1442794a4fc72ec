import { validateTypeConfig } from '../../core/server/validate-config';
import { decodeObject, encodeDiagnostics } from '../convert';
import {
  type ValidateDataResourceConfig_Request,
  ValidateDataResourceConfig_Response,
} from '../gen/tfplugin6';
import { rpc } from './rpc';

export const validateDataResourceConfig = rpc<
  ValidateDataResourceConfig_Request,
  ValidateDataResourceConfig_Response
>({
  response: ValidateDataResourceConfig_Response,
  async handle(instance, { typeName, config }) {
    const { schema } = instance.catalog.dataSources.get(typeName);
    const decoded = decodeObject(schema.type, config) ?? {};
    const { diagnostics } = await validateTypeConfig(instance, 'dataSources', { typeName, config: decoded });
    return { diagnostics: encodeDiagnostics(diagnostics) };
  },
});
