/** Secrets: sealed with the instance that holds them. Source: behaviour.md B1, B4; C1 for who holds a lock. */
import { compare } from '../graph/graph';
import type { DependantRule } from './dependant';
import type { IndexedWorld } from './indexed-world';

function instanceOf({ id }: { readonly id: string }, indexed: IndexedWorld): string | undefined {
  return indexed.behind(id, 'contains', 'secrets-manager-instance')?.id;
}

export const secretRule: DependantRule<'secret'> = {
  kind: 'secret',
  row: () => 'secret',
  consumer: 'secrets-manager-instance',
  registered: instanceOf,
  instance: instanceOf,
  /** The consumer that each lock names; a lock that names none is itself the only trace of one. */
  consumers({ id }, { graph, node }) {
    const locks = graph
      .incoming(id)
      .filter(({ label }) => label === 'locks')
      .map(({ from }) => node(from));
    const named = locks.map((lock) =>
      lock?.kind === 'secret-lock' ? (lock.consumer ?? lock.name) : undefined,
    );
    return [...new Set(named.filter((consumer) => consumer !== undefined))].sort(compare);
  },
};
