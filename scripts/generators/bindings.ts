/** CDKTF bindings (L1 constructs) of the provider schemas (@cdktf/provider-generator). */
import { filesBelow } from './files';
import type { Generator } from './index';

const folder = 'constructs/bindings';

export const bindings: Generator = {
  name: 'bindings',
  files: () => Promise.resolve(new Map()),
  present: (root) => filesBelow(root, folder),
};
