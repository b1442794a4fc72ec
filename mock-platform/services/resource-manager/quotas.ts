/** Quota definitions: one, that of a paying account. Nothing here is limited by it. (ibm-control-plane.md 6.4.3) */
export interface QuotaDefinition {
  readonly id: string;
  readonly name: string;
  readonly type: string;
}

export const payingAccountQuota: QuotaDefinition = {
  id: '7ce89f4a-4381-4600-b814-3cd9a4f4bdf4',
  name: 'Pay-as-you-go Quota',
  type: 'PAYG',
};

export const quotaDefinitions: readonly QuotaDefinition[] = [payingAccountQuota];
