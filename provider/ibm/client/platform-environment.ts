/** The vendor's endpoint variables for a Keyquake platform at `url`. Source: ibm-control-plane.md 2.1; ibm-vpc.md 1.1. */
export function platformEndpoints(url: string): Readonly<Record<string, string>> {
  const base = url.replace(/\/+$/, '');
  return {
    IBMCLOUD_IAM_API_ENDPOINT: base,
    IBMCLOUD_RESOURCE_CONTROLLER_API_ENDPOINT: base,
    IBMCLOUD_RESOURCE_MANAGEMENT_API_ENDPOINT: base,
    IBMCLOUD_RESOURCE_CATALOG_API_ENDPOINT: base,
    IBMCLOUD_GS_API_ENDPOINT: base,
    IBMCLOUD_GT_API_ENDPOINT: base,
    IBMCLOUD_KP_API_ENDPOINT: base,
    IBMCLOUD_IS_NG_API_ENDPOINT: `${base}/v1`,
    // The stand-in adds the instance's GUID; the vendor's provider does not read this one (2.3).
    IBMCLOUD_SECRETS_MANAGER_API_ENDPOINT: `${base}/secrets-manager`,
  };
}
