import { Token } from 'cdktf';
import { Construct } from 'constructs';
import { lockLimits } from '../../domain/secrets/limits';
import type { LockMode } from '../../domain/secrets/locks';
import { SecretLock as SecretLockResource } from '../bindings/keyquake/secret-lock';
import { ConstructError } from '../construct-error';
import { needsKeyquakeProvider } from '../private/keyquake-provider';
import { nameFromPath } from '../private/names';
import { checkName, checkOneOf, checkText, literal, quoted } from '../private/text';
import type { ISecret } from './secret';

export interface SecretLockProps {
  /** Secret to lock. Changing it replaces the lock. */
  readonly secret: ISecret;

  /**
   * What uses the locked version: its CRN or another name by which it is found. It is kept in the lock's attribute
   * `consumer`, and reports name it as what loses the secret.
   */
  readonly consumer: string;

  /**
   * Name of the lock, 2 to 256 characters, unique per version of the secret. Changing it replaces the lock.
   * @default - the path of the construct
   */
  readonly name?: string;

  /**
   * Version to lock: `current`, `previous`, or the id of one of those two. Changing it replaces the lock.
   * @default 'current'
   */
  readonly version?: string;

  /**
   * What the lock is for, up to 1,024 characters.
   * @default - none
   */
  readonly description?: string;

  /**
   * Free attributes besides `consumer`.
   * @default - none
   */
  readonly attributes?: Readonly<Record<string, string>>;

  /**
   * What locking the current version does to the previous one: `remove_previous` takes its locks of the same name
   * off, `remove_previous_and_delete` also deletes its data when that was the last lock.
   * @default - nothing
   */
  readonly mode?: LockMode;
}

const lockModes: readonly LockMode[] = ['remove_previous', 'remove_previous_and_delete'];

/**
 * Keeps a version of a secret from being changed or deleted while something uses it (`keyquake_secret_lock`;
 * behaviour.md C). The vendor's provider has no such type, so the stack gets our provider beside it.
 */
export class SecretLock extends Construct {
  /** The Terraform resource, for what this class does not offer. */
  readonly resource: SecretLockResource;
  /** Id of the version that is locked. */
  readonly secretVersionId: string;

  constructor(scope: Construct, id: string, props: SecretLockProps) {
    super(scope, id);
    const { secret, consumer, attributes, description, mode, version } = props;
    const name = props.name ?? nameFromPath(this, lockLimits.name);
    this.check(name, props);
    needsKeyquakeProvider(this);
    this.resource = new SecretLockResource(this, 'Default', {
      instanceId: secret.secretInstance.instanceGuid,
      region: secret.secretInstance.location,
      secretId: secret.secretId,
      name,
      version,
      description,
      attributes: { ...attributes, consumer },
      mode,
    });
    this.secretVersionId = this.resource.secretVersionId;
  }

  private check(name: string, { description, attributes, mode, version }: SecretLockProps): void {
    checkName(this, 'name', name, lockLimits.name);
    checkText(this, 'description', description, lockLimits.description);
    checkOneOf(this, 'mode', mode, lockModes);
    if (attributes && Object.hasOwn(attributes, 'consumer')) {
      throw new ConstructError(
        this,
        `attributes names the consumer ${quoted(attributes['consumer'] ?? '')}, which is a property of its own`,
        'move it to consumer',
      );
    }
    const text = JSON.stringify(attributes ?? {});
    if (!Token.isUnresolved(text) && Buffer.byteLength(text) > lockLimits.attributes) {
      throw new ConstructError(
        this,
        `attributes has ${Buffer.byteLength(text)} bytes as JSON, at most ${lockLimits.attributes} are allowed`,
        'keep a reference here and the rest elsewhere',
      );
    }
    const other = literal(version);
    if (mode !== undefined && other !== undefined && other !== 'current') {
      throw new ConstructError(
        this,
        `mode ${mode} is given for version ${quoted(other)}, but it belongs to locking the current version`,
        'leave mode or version out',
      );
    }
  }
}
