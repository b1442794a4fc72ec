/** What a rule finds wrong with an attribute, as the text of a diagnostic. */
export interface Complaint {
  readonly summary: string;
  readonly detail: string;
}

/** About one value, where nothing else is known than the rule that it breaks. */
export function invalidValue(detail: string): Complaint {
  return { summary: 'Invalid value', detail };
}
