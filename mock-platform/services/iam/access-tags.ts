/** Access tags: policies that open whatever carries them. (IBM Cloud IAM docs; tags of the search-tags service) */
import { matchesPattern } from '../../../domain/iam/authorization';
import type { AccessTarget } from '../../kernel/access-target';
import type { Session } from '../../kernel/operation';
import { findInstance } from '../resource-controller/instances';
import { tagsOf } from '../search-tags/model';
import type { TagCondition } from './model';

/** Whether the instance that the request is about carries all of the tags; only instances can be tagged here. */
export async function carriesTags(
  session: Session,
  wanted: readonly TagCondition[],
  { serviceInstance }: AccessTarget,
): Promise<boolean> {
  const instance = serviceInstance === undefined ? undefined : await findInstance(session, serviceInstance);
  if (instance === undefined) return false;
  const attached = await tagsOf(session, 'access', instance.doc.crn);
  return wanted.every((tag) => attached.some((name) => isTag(tag, name)));
}

/** An access tag's name is `key:value`. */
function isTag({ key, operator, value }: TagCondition, name: string): boolean {
  if (!name.startsWith(`${key}:`)) return false;
  const found = name.slice(key.length + 1);
  return operator === 'stringMatch' ? matchesPattern(value, found) : found === value;
}
