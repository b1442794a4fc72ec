/** Lines on stderr in the form that Terraform takes apart (`TF_LOG`): hclog's JSON. Never a secret. */
import { formatInstant } from '../../domain/time';
import type { ProviderContext } from '../core/context';

export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error';

export type Log = (
  level: LogLevel,
  message: string,
  fields?: Readonly<Record<string, string | number | boolean>>,
) => void;

export function pluginLog(context: ProviderContext, name: string, write: (line: string) => void): Log {
  return (level, message, fields) => {
    const line = {
      '@level': level,
      '@message': message,
      '@module': `keyquake.${name}`,
      '@timestamp': formatInstant(context.now()),
      ...fields,
    };
    write(`${JSON.stringify(line)}\n`);
  };
}
