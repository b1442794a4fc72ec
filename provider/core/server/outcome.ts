import type { Diagnostic } from '../diagnostics';

/** What every operation ends with, whether it worked or not. */
export interface Outcome {
  readonly diagnostics: readonly Diagnostic[];
}
