import { defineResource } from '../../core/resource';
import { step } from '../client/failures';
import { listReclamations, reclaim } from '../client/reclamations';
import type { IbmSession } from '../client/session';
import facts from '../schema/resources/ibm_resource_reclamation_delete.json';
import { type ReclamationState, reclamationState } from '../state/reclamation';

/** Source: ibm-control-plane.md 3.3. */
export interface ReclamationDeleteState extends ReclamationState {
  readonly id: string;
  readonly reclamation_id: string;
  readonly request_by: string | null;
  readonly comment: string | null;
}

/** An action with a state: it happened when it was created, and nothing undoes it. */
export const resourceReclamationDelete = defineResource<ReclamationDeleteState, IbmSession>({
  facts,
  async create({ client: session, plan, signal }) {
    const { reclamation_id: id, request_by, comment } = plan;
    const reason = { ...(request_by ? { request_by } : {}), ...(comment ? { comment } : {}) };
    const reclaiming = reclaim(session, id, reason, signal);
    const reclamation = await step(
      { says: 'RunReclamationActionWithContext failed for permanent deletion' },
      reclaiming,
      'reclamation_id',
    );
    return {
      state: { id: reclamation.id, reclamation_id: reclamation.id, ...reclamationState(reclamation) },
    };
  },
  /** One that is no longer listed has ended, which is what was wanted: the state stays. */
  async read({ client: session, state, signal }) {
    const reclamations = await step('list the reclamations', listReclamations(session, signal));
    const found = reclamations.find(({ id }) => id === state.id);
    return { state: found ? reclamationState(found) : {} };
  },
  delete: () => Promise.resolve(),
});
