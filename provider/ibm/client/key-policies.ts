/** Key policies as the data sources show them: of each policy the switch and, for rotation, the interval. */
interface KeyPolicy {
  readonly rotation?: { readonly enabled?: boolean; readonly interval_month?: number };
  readonly dualAuthDelete?: { readonly enabled?: boolean };
}

/** The vendor fills nothing else of a policy here. */
const unset = { id: '', crn: '', created_by: '', creation_date: '', updated_by: '', last_update_date: '' };

/** One entry with both kinds; none when the key has no policy at all. */
export function keyPolicies(policies: readonly KeyPolicy[]): Readonly<Record<string, unknown>>[] {
  if (policies.length === 0) return [];
  const rotation = policies.flatMap(({ rotation: policy }) =>
    policy
      ? [{ ...unset, enabled: policy.enabled ?? false, interval_month: policy.interval_month ?? 0 }]
      : [],
  );
  const dual_auth_delete = policies.flatMap(({ dualAuthDelete: policy }) =>
    policy ? [{ ...unset, enabled: policy.enabled ?? false }] : [],
  );
  return [{ rotation, dual_auth_delete }];
}
