/** The configured identities' access, as access policies; checked when the platform is made. */
import { createHash } from 'node:crypto';
import { roleByCrn, roleByName } from '../../../domain/iam/roles';
import type { SeededAccess, SeededIdentities } from '../../kernel/identities';
import type { Settler } from '../../kernel/settling';
import type { PolicyDraft } from './drafts';
import { policies } from './model';
import { insertPolicy } from './policies';

/** The configuration of identities cannot be used; says where and why. */
export class IdentitiesError extends Error {
  override readonly name = 'IdentitiesError';
}

interface Holder {
  /** Where in the configuration, `users[0]`. */
  readonly path: string;
  readonly subjectKey: 'iam_id' | 'access_group_id';
  readonly id: string;
  readonly idPrefix: string;
  readonly access: readonly SeededAccess[];
}

interface SeededHolder {
  readonly id: string;
  readonly access?: readonly SeededAccess[];
}

function holdersOf(identities: SeededIdentities): readonly Holder[] {
  const kinds = [
    ['users', identities.users, 'iam_id', 'IBMid-'],
    ['serviceIds', identities.serviceIds, 'iam_id', 'iam-ServiceId-'],
    ['profiles', identities.profiles, 'iam_id', 'Profile-'],
    ['accessGroups', identities.accessGroups, 'access_group_id', 'AccessGroupId-'],
  ] as const;
  return kinds.flatMap(([kind, entries, subjectKey, idPrefix]) =>
    (entries ?? []).map(({ id, access = [] }: SeededHolder, index) => ({
      path: `identities.${kind}[${index}]`,
      subjectKey,
      id,
      idPrefix,
      access,
    })),
  );
}

/** The subject that access decisions see: a profile acts under its IAM id. */
function subjectId({ id, idPrefix }: Holder): string {
  return idPrefix === 'Profile-' ? `iam-${id}` : id;
}

function roleCrn(name: string, { service = '' }: SeededAccess): string | undefined {
  return (roleByCrn(name) ?? roleByName(service, name))?.crn;
}

function refuse(path: string, problem: string): never {
  throw new IdentitiesError(`${path} ${problem}`);
}

function checkUnique(values: readonly string[], problem: (value: string) => string): void {
  const repeated = values.find((value, index) => values.indexOf(value) !== index);
  if (repeated !== undefined) throw new IdentitiesError(problem(repeated));
}

function checkHolder(holder: Holder): void {
  if (!holder.id.startsWith(holder.idPrefix)) {
    refuse(`${holder.path}.id`, `is '${holder.id}'; such an id starts with ${holder.idPrefix}`);
  }
  holder.access.forEach((access, index) => {
    const path = `${holder.path}.access[${index}]`;
    if (access.roles.length === 0) refuse(`${path}.roles`, 'is empty; name at least one role');
    const unknown = access.roles.find((name) => roleCrn(name, access) === undefined);
    if (unknown !== undefined) {
      refuse(`${path}.roles`, `names '${unknown}', which is no role of ${access.service ?? 'every service'}`);
    }
    if (access.service === undefined && access.instance !== undefined) {
      refuse(`${path}.instance`, 'needs service beside it');
    }
  });
}

/** Keys are named by where they stand, never by what they are. */
function checkApiKeys({ ownerApiKeys = [], users = [], serviceIds = [] }: SeededIdentities): void {
  const places = new Map<string, string>();
  const check = (place: string) => (apiKey: string, index: number) => {
    const other = places.get(apiKey);
    const here = `${place}[${index}]`;
    if (apiKey === '') throw new IdentitiesError(`identities have an empty API key: ${here}`);
    if (other !== undefined) {
      throw new IdentitiesError(`identities use one API key twice: ${other} and ${here} are the same`);
    }
    places.set(apiKey, here);
  };
  ownerApiKeys.forEach(check('ownerApiKeys'));
  users.forEach(({ apiKeys = [] }, index) => {
    apiKeys.forEach(check(`users[${index}].apiKeys`));
  });
  serviceIds.forEach(({ apiKeys = [] }, index) => {
    apiKeys.forEach(check(`serviceIds[${index}].apiKeys`));
  });
}

/** Throws {@link IdentitiesError} for ids of the wrong form, ids or keys given twice, unknown roles and members. */
export function checkIdentities(identities: SeededIdentities): void {
  const holders = holdersOf(identities);
  holders.forEach(checkHolder);
  checkUnique(
    holders.map(({ id }) => id),
    (id) => `identities name '${id}' twice`,
  );
  const { accessGroups = [] } = identities;
  checkApiKeys(identities);
  const known = holders.map(subjectId);
  for (const [index, { members }] of accessGroups.entries()) {
    const stranger = members.find((member) => !known.includes(member));
    if (stranger !== undefined) {
      refuse(
        `identities.accessGroups[${index}].members`,
        `names '${stranger}', which is no configured identity`,
      );
    }
  }
}

/** Everything in the account is two policies, as with the vendor: all services, and the account's own management. */
function drafts(holder: Holder, access: SeededAccess, account: string): readonly PolicyDraft[] {
  const attribute = (key: string, value: string | undefined) =>
    value === undefined ? [] : [{ key, operator: 'stringEquals', value }];
  const scopes = access.service === undefined ? ['service', 'platform_service'] : [undefined];
  return scopes.map((serviceType) => ({
    type: 'access',
    terms: {
      subject: attribute(holder.subjectKey, subjectId(holder)),
      resource: [
        ...attribute('accountId', account),
        ...attribute('serviceType', serviceType),
        ...attribute('serviceName', access.service),
        ...attribute('serviceInstance', access.instance),
        ...attribute('resourceGroupId', access.resourceGroup),
      ],
      roles: access.roles.flatMap((name) => roleCrn(name, access) ?? []),
    },
  }));
}

/** Forgotten by a reset, so that the policies are made again. */
const seededSetting = 'iam:seeded';

/** Asked for at every request, of few configurations. */
const versions = new WeakMap<SeededIdentities, string>();

function versionOf(identities: SeededIdentities): string {
  const known = versions.get(identities);
  if (known !== undefined) return known;
  const content = JSON.stringify(holdersOf(identities));
  const version = createHash('sha256').update(content).digest('hex');
  versions.set(identities, version);
  return version;
}

/** Puts the configured access into a store that has not got it: a fresh one, or one of another configuration. */
export const seedAccessPolicies: Settler = async (session) => {
  const { identities, account } = session.options;
  const version = versionOf(identities);
  if ((await session.tx.value(seededSetting)) === version) return;
  for (const old of await session.tx.list(policies, { scope: account, name: 'access' })) {
    if (old.doc.seeded) await session.tx.remove(old);
  }
  for (const holder of holdersOf(identities)) {
    for (const access of holder.access) {
      for (const draft of drafts(holder, access, account)) {
        await insertPolicy(session, draft, { seeded: true });
      }
    }
  }
  await session.tx.setValue(seededSetting, version);
};
