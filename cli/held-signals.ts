/** Signals that would end this process at once, held back while something is open that must be closed. */

export const endSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export interface HeldSignals {
  /** The first that has come. */
  first(): NodeJS.Signals | undefined;
  /** From here on they end the process again. */
  release(): void;
}

export function holdSignals(): HeldSignals {
  let came: NodeJS.Signals | undefined;
  const note = (signal: NodeJS.Signals): void => {
    came ??= signal;
  };
  for (const signal of endSignals) process.on(signal, note);
  return {
    first: () => came,
    release() {
      for (const signal of endSignals) process.off(signal, note);
    },
  };
}
