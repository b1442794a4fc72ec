/** The vendor's other operations of the Resource Controller, answered 501 by name. (ibm-control-plane.md 6.4.1) */
import type { Method, UnemulatedOperation } from '../../kernel/operation';

type Row = readonly [operation: string, method: Method, path: string];

/** Aliases, bindings and keys have the same five operations. */
function children(noun: string, plural: string, path: string): readonly Row[] {
  return [
    [`list${plural}`, 'GET', path],
    [`create${noun}`, 'POST', path],
    [`get${noun}`, 'GET', `${path}/:id`],
    [`update${noun}`, 'PATCH', `${path}/:id`],
    [`delete${noun}`, 'DELETE', `${path}/:id`],
  ];
}

const rows: readonly Row[] = [
  ['listResourceAliasesForInstance', 'GET', '/v2/resource_instances/:id/resource_aliases'],
  ['listResourceKeysForInstance', 'GET', '/v2/resource_instances/:id/resource_keys'],
  ['listResourceBindingsForAlias', 'GET', '/v2/resource_aliases/:id/resource_bindings'],
  ...children('ResourceKey', 'ResourceKeys', '/v2/resource_keys'),
  ...children('ResourceBinding', 'ResourceBindings', '/v2/resource_bindings'),
  ...children('ResourceAlias', 'ResourceAliases', '/v2/resource_aliases'),
];

export const unemulated: readonly UnemulatedOperation[] = rows.map(([operation, method, path]) => ({
  operation,
  method,
  path,
}));
