import { Token } from 'cdktf';
import type { Construct } from 'constructs';
import { keyLimits, reservedAliases } from '../../../domain/limits';
import { ConstructError } from '../../construct-error';
import {
  checkInstant,
  checkInteger,
  checkName,
  checkOneOf,
  checkText,
  literal,
  quoted,
} from '../../private/text';
import { SecretValue } from '../../secrets/secret-value';
import type { RootKeyProps } from '../root-key';

/** Throws {@link ConstructError} for the first property that Key Protect would refuse. */
export function checkRootKeyProps(key: Construct, name: string, props: RootKeyProps): void {
  checkName(key, 'name', name, keyLimits.name);
  checkText(key, 'description', props.description, keyLimits.description);
  checkOneOf(key, 'state', props.state, ['active', 'suspended']);
  checkInstant(key, 'expiration', props.expiration);
  checkMaterial(key, props);
  checkInteger(key, 'rotationIntervalMonths', props.rotationIntervalMonths, keyLimits.rotationIntervalMonths);
  checkAliases(key, props.aliases ?? []);
}

function checkMaterial(key: Construct, { importedMaterial, rotationIntervalMonths }: RootKeyProps): void {
  if (importedMaterial === undefined) return;
  SecretValue.require(key, 'importedMaterial', importedMaterial);
  if (rotationIntervalMonths !== undefined) {
    throw new ConstructError(
      key,
      'rotationIntervalMonths is given together with importedMaterial, but only generated keys rotate by themselves',
      'leave one of the two out',
    );
  }
  const material = importedMaterial.unsafeUnwrap();
  if (Token.isUnresolved(material)) return;
  const allowed: readonly number[] = keyLimits.materialBytes;
  const isBase64 = /^[A-Za-z0-9+/]*={0,2}$/.test(material) && material.length % 4 === 0;
  if (!isBase64 || !allowed.includes(Buffer.from(material, 'base64').length)) {
    throw new ConstructError(
      key,
      `importedMaterial is not base64 of ${allowed.slice(0, -1).join(', ')} or ${allowed.at(-1)} bytes`,
      'encode the material itself, without line breaks',
    );
  }
}

const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

function checkAliases(key: Construct, aliases: readonly string[]): void {
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
