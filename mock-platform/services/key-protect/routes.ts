/**
 * Key Protect API v2 (ibm-control-plane.md 6.1.2), which Hyper Protect Crypto Services speaks too. The operations are
 * in `operations/`: their roles are those of Key Protect's `concepts/manage-access.md`, their actions the names of its
 * audit events.
 */
import type { Service } from '../../kernel/operation';
import { keyProtectDialect } from './errors';
import { instanceOperations } from './operations/instance';
import { keyOperations } from './operations/keys';
import { lifeOperations } from './operations/life';
import { keyTargets } from './targets';
import { unemulated } from './unemulated';

export const keyProtect: Service = {
  name: 'key-protect',
  title: 'Key Protect and Hyper Protect Crypto Services',
  dialect: keyProtectDialect,
  hosts: [
    /^(private\.)?(?<region>[a-z]{2}-[a-z]+)\.kms\.cloud\.ibm\.com$/,
    /^([0-9a-f-]{36}\.)?api\.(private\.)?(?<region>[a-z]{2}-[a-z]+)\.hs-crypto\.(cloud\.ibm\.com|appdomain\.cloud)$/,
    /^(?<region>[a-z]{2}-[a-z]+)\.broker\.hs-crypto\.cloud\.ibm\.com$/,
  ],
  paths: [
    /^\/api\/v2\/(keys|keys_with_policy_overrides|key_rings|import_token|instance|kmip_adapters|event_ack)(\/|$)/,
    /^\/crypto_v2\//,
  ],
  accessTargets: keyTargets,
  operations: [...keyOperations, ...lifeOperations, ...instanceOperations],
  unemulated,
};
