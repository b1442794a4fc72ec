/**
 * Nested JSON as a map of text, names joined by dots: how the vendor's provider shows objects in a `map(string)`.
 * Source: ibm-control-plane.md 3.1 (`extensions`, `last_operation`).
 */
export function flatten(value: Readonly<Record<string, unknown>>): Record<string, string> {
  const flat: Record<string, string> = {};
  const visit = (prefix: string, member: unknown): void => {
    if (member === null || member === undefined) return;
    if (typeof member !== 'object') {
      flat[prefix] = String(member);
      return;
    }
    if (Array.isArray(member)) flat[`${prefix}.#`] = String(member.length);
    for (const [name, inner] of Object.entries(member))
      visit(prefix === '' ? name : `${prefix}.${name}`, inner);
  };
  visit('', value);
  return flat;
}
