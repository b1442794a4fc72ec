/** Every method of the vendor's SDKs whose operation is emulated is called by a contract test, so that none drifts unseen. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import KeyProtect from '@ibm-cloud/ibm-key-protect/ibm-key-protect-api/v2';
import GlobalCatalog from '@ibm-cloud/platform-services/global-catalog/v1';
import GlobalSearch from '@ibm-cloud/platform-services/global-search/v2';
import GlobalTagging from '@ibm-cloud/platform-services/global-tagging/v1';
import IamIdentity from '@ibm-cloud/platform-services/iam-identity/v1';
import IamPolicyManagement from '@ibm-cloud/platform-services/iam-policy-management/v1';
import ResourceController from '@ibm-cloud/platform-services/resource-controller/v2';
import ResourceManager from '@ibm-cloud/platform-services/resource-manager/v2';
import { services } from '../../mock-platform/services';

/** The services that each SDK speaks to. */
const sdks = [
  ['key-protect', KeyProtect],
  ['resource-controller', ResourceController],
  ['resource-manager', ResourceManager],
  ['iam iam-roles', IamPolicyManagement],
  ['iam-identity', IamIdentity],
  ['catalog', GlobalCatalog],
  ['search-tags', GlobalSearch],
  ['search-tags', GlobalTagging],
] as const;

const called = readdirSync(__dirname)
  .filter((name) => name.endsWith('.test.ts') && join(__dirname, name) !== __filename)
  .map((name) => readFileSync(join(__dirname, name), 'utf8'))
  .join('\n');

/** Of these APIs only the usual operations are refused by name, the rest by method and path. */
const listedInPart: readonly string[] = ['iam-identity', 'catalog'];

const methodsOf = (sdk: { readonly prototype: object }) =>
  Object.getOwnPropertyNames(sdk.prototype).filter((name) => name !== 'constructor');

describe.each(sdks)('%s', (name, sdk) => {
  const emulators = services.filter((each) => name.split(' ').includes(each.name));
  const emulated = new Set(
    emulators.flatMap(({ operations }) => operations.map(({ operation }) => operation)),
  );
  const unemulated = new Set(emulators.flatMap((each) => each.unemulated.map(({ operation }) => operation)));

  test('each emulated method is called', () => {
    const missing = methodsOf(sdk).filter(
      (method) => emulated.has(method) && !called.includes(`.${method}(`),
    );
    expect(missing).toEqual([]);
  });

  if (listedInPart.includes(name)) return;

  test('each method is emulated, or refused by its name', () => {
    const unknown = methodsOf(sdk).filter((method) => !emulated.has(method) && !unemulated.has(method));
    expect(unknown).toEqual([]);
  });
});
