/** By type: the attribute, what of the facts is checked, a configuration that is refused, and one of the complaints. */
export type Checks = Readonly<
  Record<string, readonly (readonly [attribute: string, rule: string, config: object, complaint: string])[]>
>;
