/** The services of the platform, in the order in which their paths are tried. */
import type { RoleReader } from '../kernel/authorization';
import type { Service } from '../kernel/operation';
import type { Settler } from '../kernel/settling';
import type { WorldContributor } from '../kernel/world';
import { catalog } from './catalog/routes';
import { accessRoleReader } from './iam/access';
import { actionsIn } from './iam/role-actions';
import { iamRoleManagement } from './iam/role-routes';
import { iamPolicyManagement } from './iam/routes';
import { seedAccessPolicies } from './iam/seed';
import { iamWorld } from './iam/world';
import { iamIdentity } from './iam-identity/routes';
import { keyInstanceLifecycle } from './key-protect/instance-lifecycle';
import { keyProtect } from './key-protect/routes';
import { settleKeys } from './key-protect/schedule';
import { keyProtectWorld } from './key-protect/world';
import type { InstanceLifecycle } from './resource-controller/lifecycle';
import { settleReclamations } from './resource-controller/reclamations';
import { resourceController } from './resource-controller/routes';
import { resourceManager } from './resource-manager/routes';
import { searchTags } from './search-tags/routes';
import { secretsManagerLifecycle } from './secrets-manager/lifecycle';
import { secretsManagerService } from './secrets-manager/routes';
import { secretsManagerWorld } from './secrets-manager/world';
import { vpcService } from './vpc/routes';
import { vpcWorld } from './vpc/world';

/** What the services of instances have to say when one is made, changed or deleted. */
const lifecycles: readonly InstanceLifecycle[] = [keyInstanceLifecycle, secretsManagerLifecycle];

const actions = actionsIn(() => services);

export const services: readonly Service[] = [
  iamIdentity,
  iamPolicyManagement(actions),
  iamRoleManagement(actions),
  keyProtect,
  vpcService,
  secretsManagerService,
  resourceController(lifecycles),
  resourceManager,
  catalog,
  searchTags,
];

/** Answers role questions from the access policies in the store. */
export const roleReader: RoleReader = accessRoleReader;

/** What falls due by the clock, settled before each request. */
export const settlers: readonly Settler[] = [seedAccessPolicies, settleReclamations(lifecycles), settleKeys];

/** What each service holds, for `GET /_keyquake/graph`. */
export const contributors: readonly WorldContributor[] = [
  iamWorld,
  keyProtectWorld,
  vpcWorld,
  secretsManagerWorld,
];
