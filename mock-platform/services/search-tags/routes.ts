/** Global search and tagging. (ibm-control-plane.md 6.4.5) */
import {
  type AccessCases,
  operation,
  operationWithBody,
  operationWithOptionalBody,
  type Service,
  type UnemulatedOperation,
} from '../../kernel/operation';
import { searchTagsDialect } from './errors';
import type { CreateTags } from './gen/create-tags';
import type { Search } from './gen/search';
import type { TagResources } from './gen/tag-resources';
import { attachTags, createTags, detachTags, listTags, removeTag, search } from './handlers';
import createTagsSchema from './schema/create-tags.json';
import createdTagsSchema from './schema/created-tags.json';
import deletedTagSchema from './schema/deleted-tag.json';
import listTagsQuerySchema from './schema/list-tags-query.json';
import searchSchema from './schema/search.json';
import searchQuerySchema from './schema/search-query.json';
import searchResultSchema from './schema/search-result.json';
import tagListSchema from './schema/tag-list.json';
import tagQuerySchema from './schema/tag-query.json';
import tagResourcesSchema from './schema/tag-resources.json';
import tagResultsSchema from './schema/tag-results.json';
import { taggedTargets } from './targets';

const unemulated: readonly UnemulatedOperation[] = [
  { operation: 'deleteTagAll', method: 'DELETE', path: '/v3/tags' },
];

/** Access tags decide on access: they take an administrator, of the resource or the account (account docs, `grant-tag-access.md`). */
const onAccessTags = (verb: string): AccessCases => ({
  parameter: 'tag_type',
  cases: { access: { action: `global-search-tagging.tag.${verb}-access-tag`, role: 'Administrator' } },
});

export const searchTags: Service = {
  name: 'search-tags',
  title: 'Global Search and Tagging',
  dialect: searchTagsDialect,
  hosts: [/^(api|tags)\.(private\.)?global-search-tagging\.cloud\.ibm\.com$/],
  paths: [/^\/v3\/(tags|resources)(\/|$)/],
  accessTargets: taggedTargets,
  operations: [
    operationWithOptionalBody<Search>({
      operation: 'search',
      method: 'POST',
      path: '/v3/resources/search',
      access: 'authenticated',
      schema: searchSchema,
      query: searchQuerySchema,
      response: searchResultSchema,
      handle: search,
    }),
    operationWithBody<TagResources>({
      operation: 'attachTag',
      method: 'POST',
      path: '/v3/tags/attach',
      access: { action: 'global-search-tagging.tag.attach-user-tag', role: 'Editor' },
      accessCases: onAccessTags('attach'),
      audit: 'global-search-tagging.tag.attach',
      schema: tagResourcesSchema,
      query: tagQuerySchema,
      response: tagResultsSchema,
      handle: attachTags,
    }),
    operationWithBody<TagResources>({
      operation: 'detachTag',
      method: 'POST',
      path: '/v3/tags/detach',
      access: { action: 'global-search-tagging.tag.detach-user-tag', role: 'Editor' },
      accessCases: onAccessTags('detach'),
      audit: 'global-search-tagging.tag.detach',
      schema: tagResourcesSchema,
      query: tagQuerySchema,
      response: tagResultsSchema,
      handle: detachTags,
    }),
    operation({
      operation: 'listTags',
      method: 'GET',
      path: '/v3/tags',
      access: 'authenticated',
      query: listTagsQuerySchema,
      response: tagListSchema,
      handle: listTags,
    }),
    operationWithBody<CreateTags>({
      operation: 'createTag',
      method: 'POST',
      path: '/v3/tags',
      access: { action: 'global-search-tagging.tag.create-access-tag', role: 'Administrator' },
      audit: 'global-search-tagging.tag.create',
      schema: createTagsSchema,
      query: tagQuerySchema,
      response: createdTagsSchema,
      handle: createTags,
    }),
    operation({
      operation: 'deleteTag',
      method: 'DELETE',
      path: '/v3/tags/:tag_name',
      access: 'authenticated',
      accessCases: onAccessTags('delete'),
      audit: 'global-search-tagging.tag.delete',
      query: tagQuerySchema,
      response: deletedTagSchema,
      handle: removeTag,
    }),
  ],
  unemulated,
};
