import { configureProvider as configure } from '../../core/server/configure-provider';
import { decodeObject, encodeDiagnostics } from '../convert';
import { type ConfigureProvider_Request, ConfigureProvider_Response } from '../gen/tfplugin6';
import { rpc } from './rpc';

export const configureProvider = rpc<ConfigureProvider_Request, ConfigureProvider_Response>({
  response: ConfigureProvider_Response,
  async handle(instance, { terraformVersion, config }) {
    const decoded = decodeObject(instance.catalog.provider.type, config) ?? {};
    const { diagnostics } = await configure(instance, { terraformVersion, config: decoded });
    return { diagnostics: encodeDiagnostics(diagnostics) };
  },
});
