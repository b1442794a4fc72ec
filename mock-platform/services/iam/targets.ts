/** What policies give access to, and what requests of this service act on, in the terms of access decisions. */
import type { PolicyAttribute } from '../../../domain/iam/authorization';
import { type AccessTarget, unverifiedBody } from '../../kernel/access-target';
import type { Input, Session } from '../../kernel/operation';
import { policies } from './model';
import { policyCrn } from './present';

/** Keys of a policy's resource that tell where in the account it applies. */
const scopeKeys = [
  'serviceName',
  'serviceInstance',
  'region',
  'resourceGroupId',
  'resourceType',
  'resource',
  'keyRing',
] as const satisfies readonly (keyof AccessTarget)[];

/** Only attributes with one exact value narrow the target; anything wider stands for all. */
export function targetOfPolicy(resource: readonly PolicyAttribute[]): AccessTarget {
  const exact = scopeKeys.flatMap((name) => {
    const found = resource.find(({ key, operator }) => key === name && operator === 'stringEquals');
    return typeof found?.value === 'string' ? [[name, found.value] as const] : [];
  });
  return Object.fromEntries(exact);
}

function attributesIn(value: unknown): readonly PolicyAttribute[] {
  const attributes = (value as { attributes?: unknown } | null | undefined)?.attributes;
  if (!Array.isArray(attributes)) return [];
  return attributes.flatMap(
    (entry: { key?: unknown; name?: unknown; operator?: unknown; value?: unknown }) => {
      const key = entry?.key ?? entry?.name;
      const { operator = 'stringEquals', value: found } = entry ?? {};
      return typeof key === 'string' && typeof operator === 'string' && typeof found === 'string'
        ? [{ key, operator, value: found }]
        : [];
    },
  );
}

/** The resource of a body of either version, whatever else may be wrong with it. */
function resourceIn(body: unknown): readonly PolicyAttribute[] {
  const { resource, resources } = (body ?? {}) as { resource?: unknown; resources?: unknown };
  return attributesIn(resource ?? (Array.isArray(resources) ? resources[0] : undefined));
}

/** A policy that is there; one that is refused at its creation has no name yet. */
export async function namedPolicy(session: Session, { params }: Input<unknown>): Promise<string | undefined> {
  const id = params['policy_id'];
  const named = id === undefined ? undefined : await session.tx.get(policies, id);
  return named && policyCrn(named.doc);
}

/** The resource of the policy that is named, of the one that is to be made, or of both when it is replaced. */
export async function policyTargets(
  session: Session,
  input: Input<unknown>,
): Promise<readonly AccessTarget[]> {
  const id = input.params['policy_id'];
  const named = id === undefined ? undefined : await session.tx.get(policies, id);
  const asked = resourceIn(unverifiedBody(input));
  return [
    ...(named === undefined ? [] : [targetOfPolicy(named.doc.resource)]),
    ...(named !== undefined && asked.length === 0 ? [] : [targetOfPolicy(asked)]),
  ];
}
