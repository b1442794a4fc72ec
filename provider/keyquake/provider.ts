/** Our own provider: what the vendor's has no type for. */
import { type AnyProvider, defineProvider } from '../core/provider';
import { configureKeyquake, type KeyquakeClient } from './client';
import { impact } from './data-sources/impact';
import { keyRegistrations } from './data-sources/key-registrations';
import { rootKeyState } from './resources/root-key-state';
import { secretLock } from './resources/secret-lock';
import facts from './schema/provider.json';

export const keyquakeProvider: AnyProvider = defineProvider<KeyquakeClient>({
  name: 'keyquake',
  facts,
  configure: async (request) => configureKeyquake(request),
  resources: [rootKeyState, secretLock],
  dataSources: [impact, keyRegistrations],
});
