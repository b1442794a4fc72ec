/** One document remembers when time next brings something about in some key, so that asking costs one read. */
import { formatInstant, type Instant, parseInstant } from '../../../domain/time';
import type { Session } from '../../kernel/operation';
import { agendaId, agendas } from './model';

/** Notes that something falls due at that time. */
export async function expectAt(session: Session, at: Instant): Promise<void> {
  const agenda = await session.tx.get(agendas, agendaId);
  if (agenda === undefined) {
    const doc = { settledAt: formatInstant(session.now), nextAt: formatInstant(at) };
    await session.tx.insert(agendas, { id: agendaId, scope: '', doc });
    return;
  }
  const { nextAt } = agenda.doc;
  if (nextAt !== undefined && parseInstant(nextAt) <= at) return;
  await session.tx.update(agenda, { doc: { ...agenda.doc, nextAt: formatInstant(at) } });
}
