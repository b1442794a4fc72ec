/** Limits of the Resource Controller and the Resource Manager (ibm-control-plane.md 6.4; Go SDK, `Name` of both). */
export const instanceName = {
  min: 1,
  max: 180,
  pattern: /^[\p{L}\p{N} _.:-]+$/u,
  characters: 'letters, digits, spaces and the characters _ . : -',
};

export const resourceGroupName = { min: 1, max: 40 };
