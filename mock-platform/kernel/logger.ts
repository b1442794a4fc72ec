/** Where the platform's log lines go. Lines name operations, ids and codes; never bodies, tokens or payloads. */
export interface Logger {
  info(line: string): void;
  warn(line: string): void;
  error(line: string): void;
}

export const silentLogger: Logger = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** One line per entry, `LEVEL message`, on the given stream. */
export function streamLogger(stream: { write(text: string): unknown }): Logger {
  const line = (level: string) => (text: string) => {
    stream.write(`${level} ${text}\n`);
  };
  return { info: line('info'), warn: line('warn'), error: line('error') };
}
