/**
 * What is generated, and from what. Generated files are not committed: `npm run prepare` writes them, and
 * `test/generated.test.ts` fails when what is on disk is not what the sources say.
 */
import { apiTypes } from './api-types';
import { bindings } from './bindings';
import { protocolMessages } from './protocol-messages';

export interface Generator {
  readonly name: string;
  /** Path below the root → content. Deterministic: the same sources give the same bytes. */
  files(root: string): Promise<ReadonlyMap<string, string>>;
  /** The generated files that are on disk now, so that those without a source can be removed. */
  present(root: string): readonly string[];
}

export const generators: readonly Generator[] = [apiTypes, protocolMessages, bindings];
