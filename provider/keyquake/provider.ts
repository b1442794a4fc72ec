/** Our own provider: what the vendor's has no type for. */
import { type AnyProvider, defineProvider } from '../core/provider';
import type { Environment } from '../ibm/client/endpoints';
import { configureKeyquake, type KeyquakeClient } from './client';
import { rootKeyState } from './resources/root-key-state';
import { secretLock } from './resources/secret-lock';
import facts from './schema/provider.json';

/** `environment` is that of the Terraform which the provider serves. */
export function keyquakeProvider(environment: Environment): AnyProvider {
  return defineProvider<KeyquakeClient>({
    name: 'keyquake',
    facts,
    configure: async (request) => configureKeyquake(request, environment),
    resources: [rootKeyState, secretLock],
    dataSources: [],
  });
}
