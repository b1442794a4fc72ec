/** Messages and service definition of the Terraform plugin protocol, from `provider/proto/*.proto` (ts-proto). */
import { filesBelow } from './files';
import type { Generator } from './index';

const folder = 'provider/protocol/gen';

export const protocolMessages: Generator = {
  name: 'protocol messages',
  files: () => Promise.resolve(new Map()),
  present: (root) => filesBelow(root, folder),
};
