import { Token } from 'cdktf';
import type { Construct } from 'constructs';
import { keyLimits, reservedAliases } from '../../../domain/limits';
import { ConstructError } from '../../construct-error';
import { identityOf } from '../../private/identity';
import { ownAlone } from '../../private/sole-owner';
import { checkName, checkOneOf, checkText, literal, quoted } from '../../private/text';
import { ServiceInstance } from '../../resources/service-instance';
import type { IKeyManagementInstance } from '../key-management-instance';
import type { RootKeyProps } from '../root-key';
import { checkMaterial } from './key-material-checks';
import { checkRotation } from './key-policy-checks';

/** Throws {@link ConstructError} for the first property that Key Protect would refuse. */
export function checkRootKeyProps(key: Construct, name: string, props: RootKeyProps): void {
  checkName(key, 'name', name, keyLimits.name);
  checkText(key, 'description', props.description, keyLimits.description);
  checkOneOf(key, 'state', props.state, ['active', 'suspended']);
  checkImport(key, props);
  checkRotation(key, props);
  checkAliases(key, props.aliases ?? []);
  checkRing(key, props);
}

function checkImport(key: Construct, { importedMaterial, rotationIntervalMonths }: RootKeyProps): void {
  if (importedMaterial === undefined) return;
  checkMaterial(key, importedMaterial);
  if (rotationIntervalMonths !== undefined) {
    throw new ConstructError(
      key,
      'rotationIntervalMonths is given together with importedMaterial, but only generated keys rotate by themselves',
      'leave one of the two out',
    );
  }
}

const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

function checkAliases(key: Construct, aliases: readonly string[]): void {
  if (Token.isUnresolved(aliases)) {
    throw new ConstructError(
      key,
      'aliases is a list that only Terraform knows, but each alias is a resource that the synthesis has to write',
      'give a list of texts, each of which may be a token',
    );
  }
  if (aliases.length > keyLimits.aliasesPerKey) {
    throw new ConstructError(
      key,
      `aliases has ${aliases.length} entries, a key has at most ${keyLimits.aliasesPerKey}`,
      'remove some',
    );
  }
  for (const alias of aliases) {
    checkName(key, 'alias', alias, {
      ...keyLimits.alias,
      characters: 'letters, digits, underscores and hyphens',
    });
    if (literal(alias) !== undefined && (reservedAliases.includes(alias) || uuid.test(alias))) {
      throw new ConstructError(
        key,
        `alias ${quoted(alias)} is a word of the API or a UUID, neither of which can be an alias`,
        'choose another word',
      );
    }
  }
  const literals = aliases.filter((alias) => literal(alias) !== undefined);
  if (new Set(literals).size < literals.length) {
    throw new ConstructError(key, `aliases ${literals.join(', ')} name one twice`, 'name each once');
  }
}

/** An alias is unique in its instance (ibm-control-plane.md 6.1.8). */
export function ownAlias(key: Construct, alias: string, instance: IKeyManagementInstance): void {
  ownAlone(key, {
    identity: ['alias', identityOf(instance, instance.instanceGuid), identityOf(key, alias)],
    description: `the alias ${quoted(alias)} in ${instance.node.path}`,
    remedy: 'an alias is unique in its instance, choose another',
  });
}

function checkRing(key: Construct, { instance, keyRing }: RootKeyProps): void {
  const home = keyRing?.keyRingInstance;
  if (keyRing === undefined || home === undefined || mayBeSame(home, instance)) return;
  throw new ConstructError(
    key,
    `keyRing ${keyRing.node.path} is in ${home.node.path}, but the key is in ${instance.node.path}`,
    'name a ring of the instance that holds the key',
  );
}

/** An instance from elsewhere may be any whose GUID only Terraform knows. */
function mayBeSame(one: IKeyManagementInstance, other: IKeyManagementInstance): boolean {
  const [identity, otherIdentity] = [one, other].map((each) => identityOf(each, each.instanceGuid));
  if (identity === otherIdentity) return true;
  if (one instanceof ServiceInstance && other instanceof ServiceInstance) return false;
  return literal(one.instanceGuid) === undefined || literal(other.instanceGuid) === undefined;
}
