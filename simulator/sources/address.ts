/** Terraform's written addresses and references: `module.a["x"].ibm_kms_key.orders[0].crn`. */

/** A name, or an instance key or index in brackets. */
export type Step =
  | { readonly name: string; readonly key?: undefined }
  | { readonly key: string | number; readonly name?: undefined };

const token = /\.?([A-Za-z_][\w-]*)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]|\.(\d+)/y;

/** Undefined for text that is no traversal of names and constant keys. */
export function stepsOf(text: string): readonly Step[] | undefined {
  const steps: Step[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < text.length) {
    const match = token.exec(text);
    if (!match) return undefined;
    const [, name, index, quoted, legacyIndex] = match;
    if (name !== undefined) steps.push({ name });
    else if (quoted !== undefined) steps.push({ key: unquoted(quoted) });
    else steps.push({ key: Number(index ?? legacyIndex) });
  }
  return steps;
}

/** Undoes HCL quoting; `$${` and `%%{` stand for `${` and `%{`. */
function unquoted(quoted: string): string {
  try {
    const text: unknown = JSON.parse(quoted);
    return String(text).replace(/([$%])\1\{/g, '$1{');
  } catch {
    return quoted.slice(1, -1);
  }
}

/** `[0]`, `["a"]`, or nothing for the only instance. */
export function formatKey(key: string | number | undefined): string {
  if (key === undefined) return '';
  return typeof key === 'number' ? `[${key}]` : `[${JSON.stringify(key).replace(/([$%])\{/g, '$1$1{')}]`;
}

/** One module call on the way to a resource, with the key of the instance it was called for. */
export interface ModuleStep {
  readonly name: string;
  readonly key?: string | number | undefined;
}

/** The module instances of `module.a["x"].module.b`, outermost first; none for the empty address of the root module. */
export function modulesOf(address: string): readonly ModuleStep[] {
  const modules: ModuleStep[] = [];
  const steps = stepsOf(address) ?? [];
  for (let at = 0; steps[at]?.name === 'module'; ) {
    const name = steps[at + 1]?.name ?? '';
    const key = steps[at + 2]?.key;
    modules.push({ name, key });
    at += key === undefined ? 2 : 3;
  }
  return modules;
}

export function formatModules(modules: readonly ModuleStep[]): string {
  return modules.map(({ name, key }) => `module.${name}${formatKey(key)}.`).join('');
}
