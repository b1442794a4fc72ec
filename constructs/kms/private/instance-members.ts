/**
 * Keys and the policies of their instance find each other, whichever is declared first: policies hold for the keys that
 * are created after them (ibm-control-plane.md 6.1.7).
 */
import { Annotations } from 'cdktf';
import { AppRegistry } from '../../private/app-registry';
import { identityOf } from '../../private/identity';
import { orderAfter } from '../../private/order';
import type { KeyInstancePolicies, KeyInstancePolicySettings } from '../key-instance-policies';
import type { IKeyManagementInstance } from '../key-management-instance';
import type { RootKey } from '../root-key';

export interface Governing {
  readonly construct: KeyInstancePolicies;
  readonly settings: KeyInstancePolicySettings;
}

export interface Governed {
  readonly key: RootKey;
  /** Whether its material is imported under an import token. */
  readonly underToken: boolean;
  readonly dualAuthorizationDelete: boolean | undefined;
}

interface Members {
  readonly policies?: Governing;
  readonly keys: readonly Governed[];
}

const members = new AppRegistry<Members>();

function membersOf(instance: IKeyManagementInstance): Members {
  return members.of(instance).get(identityOf(instance, instance.instanceGuid)) ?? { keys: [] };
}

function setMembers(instance: IKeyManagementInstance, all: Members): void {
  members.of(instance).set(identityOf(instance, instance.instanceGuid), all);
}

/** The keys of the app in that instance wait for the policies. */
export function governKeys(policies: Governing, instance: IKeyManagementInstance): void {
  const { keys } = membersOf(instance);
  setMembers(instance, { policies, keys });
  for (const key of keys) govern(policies, key);
}

/** The key waits for the policies of its instance. */
export function joinInstance(key: Governed): void {
  const instance = key.key.keyInstance;
  const { policies, keys } = membersOf(instance);
  setMembers(instance, { ...(policies && { policies }), keys: [...keys, key] });
  if (policies) govern(policies, key);
}

function govern({ construct, settings }: Governing, governed: Governed): void {
  const { key } = governed;
  orderAfter(key.resource, [construct.resource]);
  for (const objection of objections(settings, governed)) {
    Annotations.of(key).addWarning(`${construct.node.path} ${objection}`);
  }
}

/** Not refused: a key from before the policies is kept although it could not be created any more. */
function objections(settings: KeyInstancePolicySettings, governed: Governed): readonly string[] {
  const { enabled = true, ...access } = settings.keyCreateImportAccess ?? {};
  const { imported } = governed.key;
  const found: readonly (readonly [holds: boolean, objection: string])[] = [
    [
      enabled && !imported && access.createRootKey === false,
      forbidding('generated root keys', 'createRootKey'),
    ],
    [
      enabled && imported && access.importRootKey === false,
      forbidding('imported root keys', 'importRootKey'),
    ],
    [
      enabled && imported && !governed.underToken && access.enforceToken === true,
      forbidding('material without an import token', 'enforceToken'),
    ],
    [
      settings.dualAuthorizationDelete === true && governed.dualAuthorizationDelete === false,
      'gives every new key dual authorization, which dualAuthorizationDelete: false cannot switch off again',
    ],
  ];
  return found.flatMap(([holds, objection]) => (holds ? [objection] : []));
}

function forbidding(what: string, property: string): string {
  return `forbids ${what} (${property}): a key like this one can be kept there but not created`;
}
