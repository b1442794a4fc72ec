/**
 * The managed plugin: Terraform starts it once in every phase of a command, so nothing is loaded before it is needed.
 *
 * Which provider it serves is its first argument, or the name it was started under: `terraform-provider-null_v3.2.4`.
 */
import { basename } from 'node:path';
import { hostContext } from './core/context';
import { HandshakeError, serveManaged } from './protocol/handshake';
import { pluginLog } from './protocol/log';
import { servedProvider, UnknownProviderError } from './registry';

function providerName([, script = '', argument]: readonly string[]): string {
  return argument ?? /^terraform-provider-([a-z0-9-]+?)_v/.exec(basename(script))?.[1] ?? '';
}

async function main(): Promise<void> {
  const context = hostContext(process.env);
  const provider = servedProvider(providerName(process.argv));
  // An interrupt goes to the whole process group; Terraform then asks for an orderly stop.
  process.on('SIGINT', () => undefined);
  await serveManaged({
    load: provider.load,
    context,
    env: process.env,
    log: pluginLog(context, provider.name, (line) => process.stderr.write(line)),
    write: (line) => process.stdout.write(line),
    exit: () => process.exit(0),
  });
}

main().catch((error: unknown) => {
  const expected = error instanceof HandshakeError || error instanceof UnknownProviderError;
  process.stderr.write(
    `${expected ? error.message : String(error instanceof Error ? error.stack : error)}\n`,
  );
  process.exit(1);
});
