/**
 * A filesystem mirror from which plain `terraform init` installs our providers, and a CLI configuration that leads it
 * there.
 *
 * Source: terraform-plugin-protocol.md 1 (Managed).
 */
import { chmodSync, copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type ServedProvider, servedProviders } from './registry';

const hosts = ['registry.terraform.io', 'registry.opentofu.org'];

export class InstallError extends Error {
  override readonly name = 'InstallError';
}

export interface InstallOptions {
  /** Created when it does not exist. */
  readonly dir: string;
  /** The bundled provider. @default - the one of this package */
  readonly bundle?: string;
  /** Terraform's name of the platform. @default - the one this process runs on */
  readonly platform?: string;
}

export interface Installed {
  /** What the filesystem mirror holds, a folder for each host. */
  readonly mirror: string;
  /** For `TF_CLI_CONFIG_FILE`. */
  readonly configFile: string;
  /** Addresses with their host, as in the lock file. */
  readonly addresses: readonly string[];
}

/** Writes both into `dir`; what is there already is overwritten. Throws {@link InstallError}. */
export function installProviders(options: InstallOptions): Installed {
  const bundle = options.bundle ?? join(__dirname, 'bundle', 'provider.js');
  if (!existsSync(bundle)) {
    throw new InstallError(`'${bundle}' does not exist; run \`npm run build\` in the checkout first`);
  }
  const mirror = resolve(options.dir, 'mirror');
  const platform = options.platform ?? hostPlatform();
  for (const host of hosts) {
    for (const provider of servedProviders) writePackage(join(mirror, host), provider, platform, bundle);
  }
  const addresses = hosts.flatMap((host) => servedProviders.map(({ source }) => `${host}/${source}`));
  const configFile = resolve(options.dir, 'terraform.rc');
  writeFileSync(configFile, cliConfig(mirror, addresses));
  return { mirror, configFile, addresses };
}

/** The executable is a script beside the bundle, so that the lock file's hash covers both. */
function writePackage(
  host: string,
  { name, source, version }: ServedProvider,
  platform: string,
  bundle: string,
): void {
  const folder = join(host, source, version, platform);
  mkdirSync(folder, { recursive: true });
  copyFileSync(bundle, join(folder, 'provider.cjs'));
  const executable = join(folder, `terraform-provider-${name}_v${version}`);
  writeFileSync(executable, `#!/bin/sh\nexec node "\${0%/*}/provider.cjs" ${name}\n`);
  chmodSync(executable, 0o755);
}

const architectures: Readonly<Record<string, string>> = {
  x64: 'amd64',
  arm64: 'arm64',
  ia32: '386',
  arm: 'arm',
};

function hostPlatform(): string {
  const architecture = architectures[process.arch];
  if (!architecture || process.platform === 'win32') {
    throw new InstallError(
      `the providers cannot be installed on ${process.platform} ${process.arch}: their executable is a shell script; ` +
        'use `keyquake exec`, which needs none',
    );
  }
  return `${process.platform}_${architecture}`;
}

function cliConfig(mirror: string, addresses: readonly string[]): string {
  const list = addresses.map((address) => JSON.stringify(address)).join(', ');
  return [
    'provider_installation {',
    '  filesystem_mirror {',
    `    path    = ${JSON.stringify(mirror)}`,
    `    include = [${list}]`,
    '  }',
    '  direct {',
    `    exclude = [${list}]`,
    '  }',
    '}',
    '',
  ].join('\n');
}
