/** The broker of Hyper Protect Crypto Services: discovery of an instance's endpoints. (ibm-control-plane.md 2.5) */
import { operation, type Service } from '../../kernel/operation';
import { instanceTargets } from '../resource-controller/targets';
import { brokerDialect } from './errors';
import { getEndpoints } from './handlers';

export const hsCryptoBroker: Service = {
  name: 'hs-crypto-broker',
  title: 'Hyper Protect Crypto Services broker',
  dialect: brokerDialect,
  hosts: [/^(?<region>[a-z]+-[a-z]+)\.broker\.hs-crypto\.cloud\.ibm\.com$/],
  paths: [/^\/crypto_v2(\/|$)/],
  accessTargets: instanceTargets,
  operations: [
    operation({
      operation: 'getInstanceEndpoints',
      method: 'GET',
      path: '/crypto_v2/instances/:id',
      access: { action: 'hs-crypto.instance-endpoints.read', role: 'Viewer' },
      handle: getEndpoints,
    }),
  ],
  unemulated: [],
};
