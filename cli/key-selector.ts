/** Finds the one root key of a platform that a selector means: by id, CRN or name. */
import { tryParseCrn } from '../domain/crn';
import type { ObservedWorld, RootKeyNode } from '../domain/world';
import { CliError, listCandidates } from './errors';

export interface KeyReference {
  readonly id: string;
  readonly name: string;
  readonly crn: string;
  /** GUID of its Key Protect or Hyper Protect Crypto Services instance. */
  readonly instance: string;
}

function referenceTo({ id, name, crn = id }: RootKeyNode): KeyReference {
  const parsed = tryParseCrn(crn);
  if (!parsed)
    throw new CliError({
      what: `the platform's graph names the key ${name} by '${crn}'`,
      rule: 'that is no CRN',
    });
  return { id: parsed.resource, name, crn, instance: parsed.serviceInstance };
}

function label({ name, id }: KeyReference): string {
  return `${name} (${id})`;
}

/** Throws with the candidates when the selector means no key or several. */
export function selectKey(world: ObservedWorld, selector: string): KeyReference {
  const keys = world.nodes.filter((node) => node.kind === 'root-key').map(referenceTo);
  const exact = keys.filter(({ id, crn }) => id === selector || crn === selector);
  const matching = exact.length > 0 ? exact : keys.filter(({ name }) => name === selector);
  const [first, ...others] = matching;
  if (first === undefined) {
    throw new CliError({
      what: `no root key of the platform has the id, CRN or name '${selector}'`,
      rule: listCandidates(keys.map(label)),
    });
  }
  if (others.length > 0) {
    throw new CliError({
      what: `'${selector}' is the name of ${matching.length} root keys`,
      rule: listCandidates(matching.map(label)),
      remedy: 'name one by its id or CRN',
    });
  }
  return first;
}
