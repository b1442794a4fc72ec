/** The mirror that `keyquake provider install` writes: terraform-plugin-protocol.md 1 (Managed). */
import { copyFileSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { InstallError, installProviders } from '../../provider/install';
import { workspace } from '../support/terraform';

describe('the mirror', () => {
  test('has every provider for both registries, and a configuration that takes them from nowhere else', () => {
    const dir = workspace({ 'provider.js': '' });
    const { mirror, configFile, addresses } = installProviders({
      dir,
      bundle: join(dir, 'provider.js'),
      platform: 'linux_amd64',
    });
    expect(addresses).toEqual([
      'registry.terraform.io/ibm-cloud/ibm',
      'registry.terraform.io/keyquake/keyquake',
      'registry.terraform.io/hashicorp/null',
      'registry.opentofu.org/ibm-cloud/ibm',
      'registry.opentofu.org/keyquake/keyquake',
      'registry.opentofu.org/hashicorp/null',
    ]);
    const folder = join(mirror, 'registry.opentofu.org/ibm-cloud/ibm/2.5.0/linux_amd64');
    expect(readdirSync(folder).sort()).toEqual(['provider.cjs', 'terraform-provider-ibm_v2.5.0']);
    expect(statSync(join(folder, 'terraform-provider-ibm_v2.5.0')).mode & 0o111).toBe(0o111);
    const config = readFileSync(configFile, 'utf8');
    for (const address of addresses) expect(config.split(`"${address}"`)).toHaveLength(3);
    // Twice is as good as once.
    copyFileSync(configFile, join(dir, 'before'));
    installProviders({ dir, bundle: join(dir, 'provider.js'), platform: 'linux_amd64' });
    expect(readFileSync(configFile, 'utf8')).toBe(readFileSync(join(dir, 'before'), 'utf8'));
  });

  test('needs the bundle', () => {
    const dir = workspace({});
    expect(() => installProviders({ dir, bundle: join(dir, 'nothing.js') })).toThrow(InstallError);
    expect(() => installProviders({ dir, bundle: join(dir, 'nothing.js') })).toThrow(
      "nothing.js' does not exist; run `npm run build` in the checkout first",
    );
  });
});
