import { Annotations, Fn, TerraformVariable, Token, VariableType } from 'cdktf';
import type { Construct } from 'constructs';
import { ConstructError } from '../construct-error';

export interface SecretVariableProps {
  /**
   * What the variable is for; Terraform shows it when it asks for the value.
   * @default - none
   */
  readonly description?: string;

  /**
   * What stands in while the variable is not set: something Terraform computes, never plain text.
   * @default - none, the variable has to be set
   */
  readonly fallback?: SecretValue;
}

/**
 * A value that must not be read by everyone who can read the stack. It reaches the synthesized JSON as a reference,
 * never as text, unless {@link SecretValue.unsafePlainText} says otherwise; it has no text form and prints nothing.
 */
export class SecretValue {
  /** A new sensitive variable of the stack, set with `TF_VAR_{id}` or a variable file. */
  static variable(scope: Construct, id: string, props: SecretVariableProps = {}): SecretValue {
    const { description, fallback } = props;
    const common = { type: VariableType.STRING, description, sensitive: true, nullable: false };
    if (fallback === undefined) {
      return new SecretValue(new TerraformVariable(scope, id, common).stringValue);
    }
    // CDKTF cannot write a null default; the empty text stands for "not set", and coalesce passes over it.
    const variable = new TerraformVariable(scope, id, { ...common, default: '' });
    if (!Token.isUnresolved(fallback.#text)) {
      throw new ConstructError(
        variable,
        'the fallback is plain text, which is written into the synthesized JSON',
        'pass SecretValue.fromReference(…) of something that Terraform computes, or leave the fallback out',
      );
    }
    return new SecretValue(Fn.coalesce([variable.stringValue, fallback.#text]));
  }

  /** A variable that is there already; refused unless it is sensitive and has no default. */
  static fromVariable(variable: TerraformVariable): SecretValue {
    if (variable.sensitive !== true) {
      throw new ConstructError(
        variable,
        'the variable is not sensitive, so Terraform would print its value',
        'declare it with sensitive: true',
      );
    }
    if (variable.default !== undefined) {
      throw new ConstructError(
        variable,
        'the variable has a default, which is written into the synthesized JSON',
        'remove the default',
      );
    }
    return new SecretValue(variable.stringValue);
  }

  /** An attribute of a resource or data source, such as a generated password. Text that is no reference is refused. */
  static fromReference(reference: string): SecretValue {
    if (!Token.isUnresolved(reference)) {
      throw new TypeError(
        'SecretValue.fromReference got plain text; pass an attribute of a resource, or say SecretValue.unsafePlainText if the text may be read by everyone who can read the stack',
      );
    }
    return new SecretValue(reference);
  }

  /** A literal, written into the synthesized JSON for everyone to read: for tests and throw-away stacks. */
  static unsafePlainText(text: string): SecretValue {
    return new SecretValue(text);
  }

  /**
   * Throws {@link ConstructError} when the property got something else, such as a string from a program that is not
   * type checked; leaves a warning on the construct when the value is plain text.
   */
  static require(construct: Construct, property: string, value: SecretValue): void {
    if (!(value instanceof SecretValue)) {
      throw new ConstructError(
        construct,
        `${property} is of type ${typeof value}, a SecretValue is needed to keep it out of the synthesized JSON`,
        'pass SecretValue.variable(…) or SecretValue.fromVariable(…), or SecretValue.unsafePlainText(…) if everyone may read it',
      );
    }
    if (!Token.isUnresolved(value.#text)) {
      Annotations.of(construct).addWarning(
        `${property} is plain text: it is readable in the synthesized JSON, in plans and in the state`,
      );
    }
  }

  readonly #text: string;

  private constructor(text: string) {
    this.#text = text;
  }

  /** The reference, or the plain text; for handing on to an L1 construct and nothing else. */
  unsafeUnwrap(): string {
    return this.#text;
  }

  /** Throws: a secret put into a text would leave the protection of its type. */
  toString(): string {
    throw new TypeError('a SecretValue has no text; pass it to a property that takes a SecretValue');
  }

  toJSON(): string {
    return '[SecretValue]';
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return '[SecretValue]';
  }
}
