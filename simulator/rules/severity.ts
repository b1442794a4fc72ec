import type { Severity } from '../report/report';
import type { Standing } from './standing';

/** What can be done before and not afterwards. */
export function operationsLost(before: Standing, after: Standing): Standing['breaks'] {
  return after.breaks.filter((operation) => !before.breaks.includes(operation));
}

/** How bad it is that something which stood like `before` stands like `after`. See `Severity`. */
export function severityOf(before: Standing, after: Standing): Severity {
  if (before.name === after.name) return 'safe';
  if (after.gone && after.undo?.by === 'none') return 'lost';
  if (after.gone && !before.gone) return 'breaks';
  const stops = after.interrupts && !before.interrupts;
  if (!stops && operationsLost(before, after).length === 0) return 'safe';
  return stops || before.status !== after.status ? 'breaks' : 'latent';
}
