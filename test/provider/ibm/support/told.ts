/** What a user reads of refusals. */
import type { Diagnosed } from './stage';

/** By address: the line that the message is on, and the lines of its detail. */
export type Told = Readonly<Record<string, readonly [line: string | undefined, ...detail: string[]]>>;

const guid = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** The lines of a detail, with `ID` for every GUID. */
export function linesOf({ detail }: Diagnosed): string[] {
  return detail.replace(guid, 'ID').split('\n');
}

/** By address: the line of the configuration, and what is said of it. */
export function told(errors: readonly Diagnosed[]): Told {
  return Object.fromEntries(errors.map((error) => [error.address ?? '', [error.code, ...linesOf(error)]]));
}
