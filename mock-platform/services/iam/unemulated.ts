/** The vendor's other operations of policy management, answered 501 by name. */
import type { Method, UnemulatedOperation } from '../../kernel/operation';

type Row = readonly [operation: string, method: Method, path: string];

/** Templates and their assignments exist for policies, action controls and roles, under the same names. */
function templates(kind: string, prefix: string): readonly Row[] {
  const template = `/v1/${prefix}_templates`;
  const one = `${template}/:template_id`;
  const version = `${one}/versions/:version`;
  const assignment = `/v1/${prefix}_assignments`;
  return [
    [`list${kind}Templates`, 'GET', template],
    [`create${kind}Template`, 'POST', template],
    [`get${kind}Template`, 'GET', one],
    [`delete${kind}Template`, 'DELETE', one],
    [`create${kind}TemplateVersion`, 'POST', `${one}/versions`],
    [`list${kind}TemplateVersions`, 'GET', `${one}/versions`],
    [`replace${kind}Template`, 'PUT', version],
    [`delete${kind}TemplateVersion`, 'DELETE', version],
    [`get${kind}TemplateVersion`, 'GET', version],
    [`commit${kind}Template`, 'POST', `${version}/commit`],
    [`list${kind}Assignments`, 'GET', assignment],
    [`create${kind}TemplateAssignment`, 'POST', assignment],
    [`get${kind}Assignment`, 'GET', `${assignment}/:assignment_id`],
    [`update${kind}Assignment`, 'PATCH', `${assignment}/:assignment_id`],
    [`delete${kind}Assignment`, 'DELETE', `${assignment}/:assignment_id`],
  ];
}

const rows: readonly Row[] = [
  ['getSettings', 'GET', '/v1/accounts/:account_id/settings/access_management'],
  ['updateSettings', 'PATCH', '/v1/accounts/:account_id/settings/access_management'],
  ...templates('Policy', 'policy'),
  ...templates('ActionControl', 'action_control'),
  ...templates('Role', 'role'),
];

export const unemulated: readonly UnemulatedOperation[] = rows.map(([operation, method, path]) => ({
  operation,
  method,
  path,
}));
