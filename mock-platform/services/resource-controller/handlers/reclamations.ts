import { formatInstant } from '../../../../domain/time';
import type { Answer, Input, Session } from '../../../kernel/operation';
import { ok } from '../../../kernel/operation';
import type { Stored } from '../../../kernel/store/store';
import { mayAct } from '../../iam/access';
import { reclamationActionUnknown, reclamationNotFound } from '../errors';
import type { ReclamationList } from '../gen/reclamation-list';
import type { RunReclamationAction } from '../gen/run-reclamation-action';
import type { InstanceDocument } from '../instances';
import type { InstanceLifecycle } from '../lifecycle';
import { type ReclamationDocument, reclamations } from '../model';
import { presentReclamation } from '../present';
import { reclaim, restore } from '../reclamations';
import { targetOfInstance } from '../targets';
import { summary } from './instances';

function selected(reclamation: ReclamationDocument, query: URLSearchParams): boolean {
  const { account, instanceGuid, instanceCrn, resourceGroupId } = reclamation;
  const given = (name: string, ...values: string[]): boolean => {
    const wanted = query.get(name);
    return wanted === null || wanted === '' || values.includes(wanted);
  };
  return (
    given('account_id', account) &&
    given('resource_instance_id', instanceGuid, instanceCrn) &&
    given('resource_group_id', resourceGroupId)
  );
}

export async function listReclamations(session: Session, { query }: Input<undefined>): Promise<Answer> {
  const all = await session.tx.list(reclamations, { scope: session.options.account });
  const resources: ReclamationList['resources'] = [];
  for (const { doc } of all.filter((reclamation) => selected(reclamation.doc, query))) {
    const target = await targetOfInstance(session, doc.instanceGuid);
    const viewing = { role: 'Viewer', action: 'resource-controller.reclamation.retrieve', target };
    if (await mayAct(session, viewing)) {
      resources.push(presentReclamation(doc, 'SCHEDULED', { at: doc.createdAt, by: doc.createdBy }));
    }
  }
  return ok<ReclamationList>({ resources });
}

interface ReclamationAction {
  /** What the answer shows; the reclamation itself is over by then. */
  readonly state: ReclamationList['resources'][number]['state'];
  readonly run: (
    session: Session,
    reclamation: Stored<ReclamationDocument>,
    lifecycles: readonly InstanceLifecycle[],
  ) => Promise<InstanceDocument>;
}

const actions: Readonly<Record<string, ReclamationAction>> = {
  reclaim: { state: 'RECLAIMING', run: reclaim },
  restore: { state: 'RESTORING', run: restore },
};

export function runReclamationAction(lifecycles: readonly InstanceLifecycle[]) {
  return async (
    session: Session,
    { params, body }: Input<RunReclamationAction | undefined>,
  ): Promise<Answer> => {
    const { reclamation_id: id = '', action_name: name = '' } = params;
    const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
    if (action === undefined) throw reclamationActionUnknown(name);
    const reclamation = await session.tx.get(reclamations, id);
    if (reclamation === undefined) throw reclamationNotFound(id);
    const instance = await action.run(session, reclamation, lifecycles);
    session.describe({
      action: `resource-controller.instance.${name}`,
      target: instance.crn,
      before: { state: 'pending_reclamation' },
      after: summary(instance),
    });
    const by = body?.request_by ?? session.identity.iamId;
    return ok(presentReclamation(reclamation.doc, action.state, { at: formatInstant(session.now), by }));
  };
}
