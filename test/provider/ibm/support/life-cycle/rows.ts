/**
 * The life of every attribute that can be set: what a resource is made with, what is changed of it, and whether that
 * changes it in place or replaces it. Written as Terraform expressions, so that tables can be compared with the facts.
 */

/** Arguments of a block: an expression, a block, several blocks of one name, or null for an argument that is left out. */
export interface Body {
  readonly [name: string]: string | Body | readonly Body[] | null;
}

export interface Row {
  /** As the facts name it, with dots through blocks: `rotation.interval_month`. */
  readonly attribute: string;
  readonly effect: 'update' | 'replace';
  /** What its resource has beyond the base of its type, or in place of it. */
  readonly from?: Body;
  /** What is changed of that. */
  readonly to: Body;
  /** Attributes on whose account it is replaced, where there are more than its own. */
  readonly replacePaths?: readonly string[];
  /** Why what replaces it has the same id. */
  readonly sameId?: string;
  /** Why the change is planned and not applied. */
  readonly planOnly?: string;
  /** Why a plan after the change is not empty: the vendor's provider is so, too. */
  readonly again?: string;
  /** Why a plan before the change is not empty. */
  readonly restless?: string;
}

export interface Subject {
  readonly type: string;
  readonly base: Body;
  readonly rows: readonly Row[];
}

/** A row with its place in a stack. */
export interface PlacedRow extends Row {
  readonly type: string;
  /** `ibm_kms_key.rotation_enabled` */
  readonly address: string;
  readonly before: string;
  readonly after: string;
}

const nameOf = (attribute: string): string => attribute.replaceAll('.', '_');

function argument(name: string, value: Body[string] | undefined, indent: string): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return `${indent}${name} = ${value}\n`;
  if (Array.isArray(value)) return value.map((each: Body) => argument(name, each, indent)).join('');
  return `${indent}${name} {\n${argumentsOf(value as Body, `${indent}  `)}${indent}}\n`;
}

function argumentsOf(body: Body, indent = '  '): string {
  return Object.entries(body)
    .map(([name, value]) => argument(name, value, indent))
    .join('');
}

/** `NAME` in an expression stands for a name of the row's own. */
export function block(type: string, name: string, body: Body): string {
  const own = `${type.replace(/^ibm_/, '').replaceAll('_', '-')}-${name.replaceAll('_', '-')}`;
  return `resource "${type}" "${name}" {\n${argumentsOf(body)}}\n`.replaceAll('NAME', own);
}

export function placed(subjects: readonly Subject[]): readonly PlacedRow[] {
  return subjects.flatMap(({ type, base, rows }) =>
    rows.map((row) => {
      const name = nameOf(row.attribute);
      const before = { ...base, ...row.from };
      return {
        ...row,
        type,
        address: `${type}.${name}`,
        before: block(type, name, before),
        after: block(type, name, { ...before, ...row.to }),
      };
    }),
  );
}
