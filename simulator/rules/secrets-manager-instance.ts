/** Secrets Manager instances with a customer-managed root key. Source: behaviour.md B2 to B5. */
import type { DependantRule } from './dependant';

export const secretsManagerInstanceRule: DependantRule<'secrets-manager-instance'> = {
  kind: 'secrets-manager-instance',
  row: () => 'secrets-manager-instance',
  consumer: 'secrets-manager-instance',
  registered: ({ id }) => id,
  instance: ({ id }) => id,
  consumers: () => [],
};
