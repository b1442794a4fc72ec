/** The stand-in for IBM's provider: its resource types, schemas, ids and state, over the vendor's own APIs. */
import { type AnyProvider, defineProvider } from '../core/provider';
import { allowedTexts } from '../core/vendor-validators';
import type { IbmSession } from './client/session';
import { configureIbm, visibilities } from './configure';
import { iamAuthorizationPoliciesData } from './data-sources/iam-authorization-policies';
import { kmsInstancePoliciesData } from './data-sources/kms-instance-policies';
import { kmsKeyData } from './data-sources/kms-key';
import { kmsKeyPoliciesData } from './data-sources/kms-key-policies';
import { kmsKeyRingsData } from './data-sources/kms-key-rings';
import { kmsKeysData } from './data-sources/kms-keys';
import { kpKeyData } from './data-sources/kp-key';
import { resourceGroupData } from './data-sources/resource-group';
import { resourceGroupsData } from './data-sources/resource-groups';
import { resourceInstanceData } from './data-sources/resource-instance';
import { resourceReclamationsData } from './data-sources/resource-reclamations';
import { iamAuthorizationPolicy } from './resources/iam-authorization-policy';
import { isVolume } from './resources/is-volume';
import { kmsInstancePolicies } from './resources/kms-instance-policies';
import { kmsKey } from './resources/kms-key';
import { kmsKeyAlias } from './resources/kms-key-alias';
import { kmsKeyPolicies } from './resources/kms-key-policies';
import { kmsKeyRings } from './resources/kms-key-rings';
import { kmsKeyWithPolicyOverrides } from './resources/kms-key-with-policy-overrides';
import { kpKey } from './resources/kp-key';
import { resourceGroup } from './resources/resource-group';
import { resourceInstance } from './resources/resource-instance';
import { resourceReclamationDelete } from './resources/resource-reclamation-delete';
import { smArbitrarySecret } from './resources/sm-arbitrary-secret';
import { smSecretGroup } from './resources/sm-secret-group';
import facts from './schema/provider.json';

/** Arguments of services and sign-in forms that the stand-in does not speak. */
const notEmulated = [
  'iaas_classic_username',
  'iaas_classic_api_key',
  'iaas_classic_endpoint_url',
  'iaas_classic_timeout',
  'softlayer_username',
  'softlayer_api_key',
  'softlayer_endpoint_url',
  'softlayer_timeout',
  'iam_profile_id',
  'iam_profile_name',
  'iam_refresh_token',
  'function_namespace',
  'riaas_endpoint',
];

export const ibmProvider: AnyProvider = defineProvider<IbmSession>({
  name: 'ibm',
  facts,
  legacyTypeSystem: true,
  notEmulated,
  validators: { visibility: allowedTexts(...visibilities), private_endpoint_type: allowedTexts('vpe') },
  configure: async (request) => configureIbm(request),
  resources: [
    iamAuthorizationPolicy,
    isVolume,
    kmsInstancePolicies,
    kmsKey,
    kmsKeyAlias,
    kmsKeyPolicies,
    kmsKeyRings,
    kmsKeyWithPolicyOverrides,
    kpKey,
    resourceGroup,
    resourceInstance,
    resourceReclamationDelete,
    smArbitrarySecret,
    smSecretGroup,
  ],
  dataSources: [
    iamAuthorizationPoliciesData,
    kmsInstancePoliciesData,
    kmsKeyData,
    kmsKeyPoliciesData,
    kmsKeyRingsData,
    kmsKeysData,
    kpKeyData,
    resourceGroupData,
    resourceGroupsData,
    resourceInstanceData,
    resourceReclamationsData,
  ],
});
