/** Key policies as the data sources show them: of each policy the switch and, for rotation, the interval. */
interface KeyPolicy {
  readonly rotation?: { readonly enabled?: boolean; readonly interval_month?: number };
  readonly dualAuthDelete?: { readonly enabled?: boolean };
}

/** The vendor fills nothing else of a policy here. */
const unset = { id: '', crn: '', created_by: '', creation_date: '', updated_by: '', last_update_date: '' };

export function keyPolicies(policies: readonly KeyPolicy[]): Readonly<Record<string, unknown>> {
  return {
    rotation: policies.flatMap(({ rotation }) =>
      rotation
        ? [{ ...unset, enabled: rotation.enabled ?? false, interval_month: rotation.interval_month ?? 0 }]
        : [],
    ),
    dual_auth_delete: policies.flatMap(({ dualAuthDelete }) =>
      dualAuthDelete ? [{ ...unset, enabled: dualAuthDelete.enabled ?? false }] : [],
    ),
  };
}
