import { formatInstant } from '../../../domain/time';
import { defineDataSource } from '../../core/data-source';
import { step } from '../client/failures';
import { type ListedAttributes, type ListedPolicy, listPolicies } from '../client/policies';
import type { IbmSession } from '../client/session';
import facts from '../schema/data-sources/ibm_iam_authorization_policies.json';
import { goTime } from '../state/dates';

interface ShownPolicy {
  /** `{account}/{policy id}` */
  readonly id: string;
  readonly roles: readonly string[];
  readonly description: string;
  readonly version: string;
  readonly source_service_account: string;
  readonly source_service_name: string;
  readonly source_resource_instance_id: string;
  readonly source_resource_type: string;
  readonly source_resource_group_id: string;
  readonly target_service_name: string;
  readonly target_resource_instance_id: string;
  readonly target_resource_type: string;
  readonly target_resource_group_id: string;
}

/** Source: its facts; ibm-control-plane.md 6.3. */
export interface AuthorizationPoliciesData {
  /** Says when they were read. */
  readonly id: string | null;
  readonly account_id: string | null;
  readonly sort: string | null;
  readonly transaction_id: string | null;
  readonly policies: readonly ShownPolicy[] | null;
}

function show(account: string, policy: ListedPolicy): ShownPolicy {
  const valueIn = (side: ListedAttributes | undefined, name: string): string =>
    side?.attributes.find((attribute) => attribute.name === name)?.value ?? '';
  const [source] = policy.subjects;
  const [target] = policy.resources;
  return {
    id: `${account}/${policy.id}`,
    roles: policy.roles.map(({ display_name }) => display_name),
    description: policy.description ?? '',
    version: '',
    source_service_account: valueIn(source, 'accountId'),
    source_service_name: valueIn(source, 'serviceName'),
    source_resource_instance_id: valueIn(source, 'serviceInstance'),
    source_resource_type: valueIn(source, 'resourceType'),
    source_resource_group_id: valueIn(source, 'resourceGroupId'),
    target_service_name: valueIn(target, 'serviceName'),
    target_resource_instance_id: valueIn(target, 'serviceInstance'),
    target_resource_type: valueIn(target, 'resourceType'),
    target_resource_group_id: valueIn(target, 'resourceGroupId'),
  };
}

export const iamAuthorizationPoliciesData = defineDataSource<AuthorizationPoliciesData, IbmSession>({
  facts,
  async read({ client: session, config, signal }) {
    const account = config.account_id || (await session.claims()).account;
    const of = {
      account,
      sort: config.sort ?? undefined,
      transactionId: config.transaction_id ?? undefined,
    };
    const { policies, transactionId } = await step(
      { says: '[ERROR] Error listing authorization policies' },
      listPolicies(session, of, signal),
    );
    return {
      state: {
        id: goTime(formatInstant(session.now())),
        account_id: account,
        ...(transactionId === undefined ? {} : { transaction_id: transactionId }),
        policies: policies.map((policy) => show(account, policy)),
      },
    };
  },
});
