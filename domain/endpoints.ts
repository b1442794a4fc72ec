/**
 * The vendor's endpoint variables and where each leads on a Keyquake platform, as a path below its URL. Those that the
 * emulated types never call are led there too: nothing may reach the real cloud.
 * Source: ibm-control-plane.md 2.1; ibm-vpc.md 1.1 (the VPC one includes `/v1`).
 */
export const endpointVariables = {
  IBMCLOUD_ACCOUNT_MANAGEMENT_API_ENDPOINT: '',
  IBMCLOUD_GS_API_ENDPOINT: '',
  IBMCLOUD_GT_API_ENDPOINT: '',
  /** Clients ask for `/instances/{id}` below it (2.5); the vendor's own value ends in `/crypto_v2`. */
  IBMCLOUD_HPCS_API_ENDPOINT: '/crypto_v2',
  IBMCLOUD_HPCS_TKE_ENDPOINT: '',
  IBMCLOUD_IAMPAP_API_ENDPOINT: '',
  IBMCLOUD_IAM_API_ENDPOINT: '',
  IBMCLOUD_IS_NG_API_ENDPOINT: '/v1',
  IBMCLOUD_KP_API_ENDPOINT: '',
  IBMCLOUD_KP_CRYPTOUNIT_ENDPOINT: '',
  IBMCLOUD_MCCP_API_ENDPOINT: '',
  IBMCLOUD_RESOURCE_CATALOG_API_ENDPOINT: '',
  IBMCLOUD_RESOURCE_CONTROLLER_API_ENDPOINT: '',
  IBMCLOUD_RESOURCE_MANAGEMENT_API_ENDPOINT: '',
  /** Documented by the vendor and read by our stand-in only, which adds the instance's GUID (2.3). */
  IBMCLOUD_SECRETS_MANAGER_API_ENDPOINT: '/secrets-manager',
  IBMCLOUD_UAA_ENDPOINT: '',
  IBMCLOUD_USER_MANAGEMENT_ENDPOINT: '',
} as const satisfies Record<`IBMCLOUD_${string}`, string>;

export type EndpointVariable = keyof typeof endpointVariables;

/** Every variable with its value for the platform at `url` (no trailing slash). */
export function endpointsOf(url: string): Record<EndpointVariable, string> {
  const led = Object.entries(endpointVariables).map(([name, path]) => [name, `${url}${path}`]);
  return Object.fromEntries(led) as Record<EndpointVariable, string>;
}
