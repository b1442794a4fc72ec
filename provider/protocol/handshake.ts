/**
 * The start of a plugin that Terraform manages: it proves that Terraform started it, agrees on a protocol, listens, and
 * says where in exactly one line on stdout.
 *
 * Source: terraform-plugin-protocol.md 1.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ServerCredentials } from '@grpc/grpc-js';
import type { ProviderContext } from '../core/context';
import type { AnyProvider } from '../core/provider';
import type { Log } from './log';

const magicCookie = {
  name: 'TF_PLUGIN_MAGIC_COOKIE',
  value: 'd602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2',
};
const coreProtocol = 1;
const pluginProtocol = 6;

export class HandshakeError extends Error {
  override readonly name = 'HandshakeError';
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** Throws {@link HandshakeError} unless Terraform started this process and speaks protocol 6. */
export function checkStart(env: Environment): void {
  if (env[magicCookie.name] !== magicCookie.value) {
    throw new HandshakeError(
      'this is a Terraform provider: Terraform starts it, it does nothing by itself. ' +
        'Run `terraform init` and `terraform apply`, or `keyquake exec -- terraform apply`',
    );
  }
  const offered = env.PLUGIN_PROTOCOL_VERSIONS;
  if (offered && !offered.split(',').map(Number).includes(pluginProtocol)) {
    throw new HandshakeError(
      `this provider speaks plugin protocol ${pluginProtocol} and the client offers ${offered}; use Terraform 1.0 or newer`,
    );
  }
}

export interface ManagedOptions {
  readonly load: () => AnyProvider;
  readonly context: ProviderContext;
  readonly env: Environment;
  readonly log: Log;
  /** Writes the handshake line. */
  readonly write: (line: string) => void;
  /** Ends the process. */
  readonly exit: () => void;
}

/** Listens and hands over the handshake line. Rejects with {@link HandshakeError}. */
export async function serveManaged(options: ManagedOptions): Promise<void> {
  const { env, log, load, context } = options;
  checkStart(env);
  const place = process.platform === 'win32' ? tcp : unixSocket(env.PLUGIN_UNIX_SOCKET_DIR);
  const { listen } = require('./listen') as typeof import('./listen');
  const security = secured(env.PLUGIN_CLIENT_CERT, context);
  const onShutdown = (): void => {
    place.remove();
    options.exit();
  };
  const { port } = await listen({
    load,
    context,
    address: place.address,
    credentials: security.credentials,
    onShutdown,
  });
  const fields = [coreProtocol, pluginProtocol, ...place.announced(port), 'grpc', ...security.announced];
  options.write(`${fields.join('|')}\n`);
  log('debug', 'provider listens', {
    address: place.announced(port).join(' '),
    tls: security.announced.length > 0,
  });
}

interface Place {
  readonly address: string;
  announced(port: number): readonly [network: string, address: string];
  remove(): void;
}

const tcp: Place = {
  address: '127.0.0.1:0',
  announced: (port) => ['tcp', `127.0.0.1:${port}`],
  remove: () => undefined,
};

function unixSocket(folder: string | undefined): Place {
  const own = mkdtempSync(join(folder || tmpdir(), 'plugin-'));
  const path = join(own, 'socket');
  return {
    address: `unix:${path}`,
    announced: () => ['unix', path],
    remove: () => rmSync(own, { recursive: true, force: true }),
  };
}

interface Security {
  readonly credentials: ServerCredentials;
  /** The last field of the handshake line, when the connection is mutually authenticated. */
  readonly announced: readonly string[];
}

/** Trusts exactly the client's certificate. Loads what makes certificates only when one is asked for. */
function secured(clientCertificate: string | undefined, context: ProviderContext): Security {
  const grpc = require('@grpc/grpc-js') as typeof import('@grpc/grpc-js');
  if (!clientCertificate) return { credentials: grpc.ServerCredentials.createInsecure(), announced: [] };
  const { selfSignedCertificate } = require('./certificate') as typeof import('./certificate');
  const own = selfSignedCertificate(context);
  const pair = { private_key: Buffer.from(own.privateKeyPem), cert_chain: Buffer.from(own.certificatePem) };
  const credentials = grpc.ServerCredentials.createSsl(Buffer.from(clientCertificate), [pair], true);
  return { credentials, announced: [own.handshakeForm] };
}
