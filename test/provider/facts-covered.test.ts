/**
 * What the vendor does in code the facts can only flag: suppressed differences, rewritten values, validators without a rule,
 * computed plans. Every flag of a type that we serve has its hook.
 */
import type { AttributeFacts } from '../../provider';
import { Catalog } from '../../provider/core/server/catalog';
import { servedProviders } from '../../provider/registry';

interface Definition {
  readonly facts: { readonly type: string };
  readonly validators?: object;
  readonly diffSuppress?: object;
  readonly stateFunc?: object;
  readonly notEmulated?: readonly string[];
  readonly modifyPlan?: unknown;
  readonly import?: unknown;
  /** Data sources have none, and no prior value that could stay either. */
  readonly create?: unknown;
}

function uncovered(
  definition: Definition,
  schema: ReturnType<Catalog['resources']['get']>['schema'],
): string[] {
  const { planning } = schema;
  const ruled = new Set(schema.validators.map(({ attribute }) => attribute));
  const has = (hooks: object | undefined, name: string): boolean =>
    hooks !== undefined && Object.hasOwn(hooks, name);
  const refused = (name: string): boolean =>
    (definition.notEmulated ?? []).some((each) => name === each || name.startsWith(`${each}.`));

  const inFacts = (attributes: Readonly<Record<string, AttributeFacts>>, prefix: string): string[] =>
    Object.entries(attributes).flatMap(([attribute, facts]) => {
      const name = `${prefix}${attribute}`;
      if (refused(name)) return [];
      return [
        ...(facts.diffSuppress && definition.create && !has(definition.diffSuppress, name)
          ? [`.${name} diffSuppress`]
          : []),
        ...(facts.stateFunc && !has(definition.stateFunc, name) ? [`.${name} stateFunc`] : []),
        ...(facts.validated && !ruled.has(name) && !has(definition.validators, name)
          ? [`.${name} validated`]
          : []),
        ...inFacts(facts.block ?? {}, `${name}.`),
      ];
    });
  return [
    ...inFacts(planning.attributes ?? {}, ''),
    ...(planning.customizeDiff && !definition.modifyPlan ? [' customizeDiff'] : []),
    ...(planning.importable && !definition.import ? [' importable'] : []),
  ].map((gap) => `${schema.typeName}${gap}`);
}

const served = servedProviders.flatMap(({ load }) => {
  const catalog = new Catalog(load());
  return [catalog.resources, catalog.dataSources].flatMap((types) =>
    types.names.map((name) => types.get(name)),
  );
});

test.each(served.map((each) => [each.schema.typeName, each] as const))(
  '%s',
  (_name, { definition, schema }) => {
    expect(uncovered(definition as Definition, schema)).toEqual([]);
  },
);
