import { second } from '../../../domain/time';
import { defineDataSource } from '../../core/data-source';
import { step } from '../client/failures';
import { listReclamations } from '../client/reclamations';
import type { IbmSession } from '../client/session';
import facts from '../schema/data-sources/ibm_resource_reclamations.json';
import { type ReclamationState, reclamationState } from '../state/reclamation';

interface ShownReclamation extends ReclamationState {
  readonly id: string;
}

/** Source: ibm-control-plane.md 3.3. */
export interface ReclamationsData {
  /** Says when they were read: `reclamations-{unix seconds}`. */
  readonly id: string | null;
  readonly reclamations: readonly ShownReclamation[] | null;
}

export const resourceReclamationsData = defineDataSource<ReclamationsData, IbmSession>({
  facts,
  async read({ client: session, signal }) {
    const listed = await step({ says: 'ListReclamations failed' }, listReclamations(session, signal));
    const reclamations = listed.map((each) => ({ id: each.id, ...reclamationState(each) }));
    return { state: { id: `reclamations-${Math.floor(session.now() / second)}`, reclamations } };
  },
});
