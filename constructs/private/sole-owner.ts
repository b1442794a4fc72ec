import type { IConstruct } from 'constructs';
import { ConstructError } from '../construct-error';
import { AppRegistry } from './app-registry';

/** What only one construct of an app can declare. */
export interface SoleThing {
  /** What it is, and of what it is the only one: instance, key, name. */
  readonly identity: readonly string[];
  /** In words, as the object of "declares". */
  readonly description: string;
  readonly remedy: string;
}

const owners = new AppRegistry<IConstruct>();

/** Makes the construct the owner; throws {@link ConstructError} that names both paths when another one is already. */
export function ownAlone(construct: IConstruct, { identity, description, remedy }: SoleThing): void {
  const declared = owners.of(construct);
  const key = JSON.stringify(identity);
  const earlier = declared.get(key);
  if (earlier !== undefined) {
    throw new ConstructError(
      construct,
      `declares ${description}, which ${earlier.node.path} declares already`,
      remedy,
    );
  }
  declared.set(key, construct);
}
