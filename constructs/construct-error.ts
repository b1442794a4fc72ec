import type { IConstruct } from 'constructs';

/**
 * A property or a combination of constructs that cannot work. The message reads
 * `{construct path}: {what, value, rule}; {remedy}`; secret values never appear in it.
 */
export class ConstructError extends Error {
  override readonly name = 'ConstructError';
  /** Path of the construct that was refused. */
  readonly path: string;

  constructor(construct: IConstruct, problem: string, remedy: string) {
    super(`${construct.node.path}: ${problem}; ${remedy}`);
    this.path = construct.node.path;
  }
}
