import { Construct, type IConstruct } from 'constructs';
import { secretGroupLimits, secretGroupNamePattern } from '../../domain/secrets/limits';
import { SmSecretGroup } from '../bindings/ibm/sm-secret-group';
import { nameFromPath } from '../private/names';
import { checkName, checkText } from '../private/text';
import { instanceArguments } from './private/instance-arguments';
import type { ISecretsManagerInstance } from './secrets-manager-instance';

/** A group of secrets, of this stack or from elsewhere. */
export interface ISecretGroup extends IConstruct {
  /** Id of the group. */
  readonly secretGroupId: string;
}

export interface SecretGroupProps {
  /** Instance that the group is in. Changing it replaces the group. */
  readonly instance: ISecretsManagerInstance;

  /**
   * Name of the group, 2 to 64 characters, unique in the instance.
   * @default - the path of the construct
   */
  readonly name?: string;

  /**
   * What the group is for, up to 1,024 characters.
   * @default - none
   */
  readonly description?: string;
}

/** A group of secrets that access can be granted on together (`ibm_sm_secret_group`). */
export class SecretGroup extends Construct implements ISecretGroup {
  /** A group that exists already. */
  static fromSecretGroupId(scope: Construct, id: string, secretGroupId: string): ISecretGroup {
    return new ExistingSecretGroup(scope, id, secretGroupId);
  }

  /** The Terraform resource, for what this class does not offer. */
  readonly resource: SmSecretGroup;
  readonly secretGroupId: string;

  constructor(scope: Construct, id: string, props: SecretGroupProps) {
    super(scope, id);
    const { instance, description, name = nameFromPath(this, secretGroupLimits.name) } = props;
    checkName(this, 'name', name, {
      ...secretGroupLimits.name,
      pattern: secretGroupNamePattern,
      characters: 'letters and digits, with hyphens, underscores and dots between them',
    });
    checkText(this, 'description', description, secretGroupLimits.description);
    this.resource = new SmSecretGroup(this, 'Default', { ...instanceArguments(instance), name, description });
    this.secretGroupId = this.resource.secretGroupId;
  }
}

class ExistingSecretGroup extends Construct implements ISecretGroup {
  constructor(
    scope: Construct,
    id: string,
    readonly secretGroupId: string,
  ) {
    super(scope, id);
  }
}
