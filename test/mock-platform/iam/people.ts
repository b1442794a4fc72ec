/** Who there is in the tests of roles: administrators, editors and viewers of keys, of secrets, of everything. */
export const identities = {
  ownerApiKeys: ['owner'],
  users: [
    {
      id: 'IBMid-admin',
      name: 'admin of keys',
      apiKeys: ['kms-admin'],
      access: [{ roles: ['Administrator'], service: 'kms' }],
    },
    {
      id: 'IBMid-editor',
      name: 'editor of keys',
      apiKeys: ['kms-editor'],
      access: [{ roles: ['Editor'], service: 'kms' }],
    },
    {
      id: 'IBMid-viewer',
      name: 'viewer of keys',
      apiKeys: ['kms-viewer'],
      access: [{ roles: ['Viewer'], service: 'kms' }],
    },
    {
      id: 'IBMid-manager',
      name: 'manager of keys',
      apiKeys: ['kms-manager'],
      access: [{ roles: ['Manager'], service: 'kms' }],
    },
    {
      id: 'IBMid-sm',
      name: 'admin of secrets',
      apiKeys: ['sm-admin'],
      access: [{ roles: ['Administrator'], service: 'secrets-manager' }],
    },
    { id: 'IBMid-all', name: 'admin of all', apiKeys: ['all-admin'], access: [{ roles: ['Administrator'] }] },
    { id: 'IBMid-none', name: 'nobody', apiKeys: ['nobody'] },
    { id: 'IBMid-member', name: 'member', apiKeys: ['member'] },
  ],
  serviceIds: [
    { id: 'iam-ServiceId-ci', name: 'ci', apiKeys: ['ci'], access: [{ roles: ['Viewer'], service: 'kms' }] },
  ],
  profiles: [{ id: 'Profile-ops', name: 'ops', access: [{ roles: ['Administrator'], service: 'kms' }] }],
  accessGroups: [
    {
      id: 'AccessGroupId-keys',
      name: 'keys',
      members: ['IBMid-member'],
      access: [{ roles: ['Administrator'], service: 'kms' }],
    },
  ],
};

export type Who =
  | 'owner'
  | 'kms-admin'
  | 'kms-editor'
  | 'kms-viewer'
  | 'kms-manager'
  | 'sm-admin'
  | 'all-admin'
  | 'nobody'
  | 'member'
  | 'ci';
export const everybody: readonly Who[] = [
  'owner',
  'kms-admin',
  'kms-editor',
  'kms-viewer',
  'kms-manager',
  'sm-admin',
  'all-admin',
  'nobody',
  'member',
  'ci',
];
