/** The shape of `World` (domain/world.ts), member by member, for checking one that comes from outside. */
import { keyStates } from '../../domain/keys/states';
import { parseInstant, TimeFormatError } from '../../domain/time';
import type { EdgeType, NodeKind, WorldNode } from '../../domain/world';

/** What a member must be, in words that follow "must be". */
interface Rule {
  readonly words: string;
  readonly holds: (value: unknown) => boolean;
}

export interface MemberRule extends Rule {
  readonly optional: boolean;
}

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';

const text: Rule = { words: 'a text that is not empty', holds: isText };
const flag: Rule = { words: 'true or false', holds: (value) => typeof value === 'boolean' };
const texts: Rule = {
  words: 'a list of texts',
  holds: (value) => Array.isArray(value) && value.every(isText),
};
const count: Rule = {
  words: 'a whole number from 0 on',
  holds: (value) => Number.isInteger(value) && Number(value) >= 0,
};
const time: Rule = { words: 'an RFC 3339 time such as 2026-01-02T03:04:05Z', holds: isTime };

function oneOf(...values: readonly string[]): Rule {
  return { words: `one of ${values.join(', ')}`, holds: (value) => values.includes(String(value)) };
}

function isTime(value: unknown): boolean {
  try {
    parseInstant(String(value));
    return true;
  } catch (error) {
    if (error instanceof TimeFormatError) return false;
    throw error;
  }
}

const must = (rule: Rule): MemberRule => ({ ...rule, optional: false });
const may = (rule: Rule): MemberRule => ({ ...rule, optional: true });

const keyService = oneOf('kms', 'hs-crypto');

/** The members that a node of the kind has beside `kind`. */
type MembersOf<Node extends WorldNode> = Readonly<Record<Exclude<keyof Node, 'kind'>, MemberRule>>;

const common = { id: must(text), name: must(text), crn: may(text), address: may(text) };

export const nodeMembers: { readonly [Kind in NodeKind]: MembersOf<Extract<WorldNode, { kind: Kind }>> } = {
  'kms-instance': {
    ...common,
    service: must(keyService),
    region: may(text),
    deletedAt: may(time),
    otherKeys: may(count),
  },
  'root-key': {
    ...common,
    service: must(keyService),
    state: must(oneOf(...Object.keys(keyStates))),
    imported: must(flag),
    deletedAt: may(time),
    expiresAt: may(time),
    disabledAt: may(time),
    rotatedAt: may(time),
    registrations: may(count),
    preventsDeletion: may(flag),
    dualAuthDelete: may(flag),
    deletionAuthorizedUntil: may(time),
  },
  authorization: {
    ...common,
    sourceService: must(text),
    sourceResourceType: may(text),
    sourceInstance: may(text),
    targetService: must(text),
    targetInstance: may(text),
    roles: must(texts),
  },
  volume: { ...common, zone: may(text), attached: must(flag), keyPurged: may(flag) },
  'secrets-manager-instance': {
    ...common,
    region: may(text),
    deletedAt: may(time),
    keyPurged: may(flag),
  },
  secret: { ...common, secretType: must(text), destroyed: may(flag) },
  'secret-lock': { ...common, versionAlias: must(oneOf('current', 'previous')), consumer: may(text) },
};

const edgeKinds: Readonly<Record<EdgeType, true>> = {
  contains: true,
  protects: true,
  authorizes: true,
  locks: true,
};

export const edgeMembers: Readonly<Record<string, MemberRule>> = {
  type: must(oneOf(...Object.keys(edgeKinds))),
  from: must(text),
  to: must(text),
};

export const unmappedMembers: Readonly<Record<string, MemberRule>> = {
  address: must(text),
  reason: must(text),
};

export const isKind = (value: unknown): value is NodeKind =>
  typeof value === 'string' && Object.hasOwn(nodeMembers, value);

export const worldTime = time;
