/** Where in a resource a value is: `boot_volume[0].name`, `tags["team"]`. */
export type PathStep = { readonly attribute: string } | { readonly key: string } | { readonly index: number };

export type AttributePath = readonly PathStep[];

/** `attributePath('boot_volume', 0, 'name')`: text names an attribute or a block, a number an element of a list. */
export function attributePath(
  ...steps: readonly (string | number | { readonly key: string })[]
): AttributePath {
  return steps.map((step) => {
    if (typeof step === 'string') return { attribute: step };
    return typeof step === 'number' ? { index: step } : step;
  });
}

/** `boot_volume[0].name`: how a configuration refers to it. */
export function pathText(path: AttributePath): string {
  return path
    .map((step, position) => {
      if ('attribute' in step) return position === 0 ? step.attribute : `.${step.attribute}`;
      return 'key' in step ? `[${JSON.stringify(step.key)}]` : `[${step.index}]`;
    })
    .join('');
}

/** `boot_volume.name`: names only, the form in which facts and hooks address an attribute. */
export function pathName(path: AttributePath): string {
  return path.flatMap((step) => ('attribute' in step ? [step.attribute] : [])).join('.');
}
