/** Block storage volumes. Source: ibm-vpc.md 4.2, 4.10. */
import type { DependantRule } from './dependant';

export const volumeRule: DependantRule<'volume'> = {
  kind: 'volume',
  row: ({ attached }) => (attached ? 'data-volume-attached' : 'data-volume'),
  consumer: 'volume',
  registered: ({ id }) => id,
  instance: () => undefined,
  consumers: () => [],
};
