/** Global Catalog: what can be created, in which plans and where. (ibm-control-plane.md 6.4.4) */
import { definitionOf, operation, type Service, type UnemulatedOperation } from '../../kernel/operation';
import { catalogDialect } from './errors';
import { childObjects, getCatalogEntry, listCatalogEntries } from './handlers';
import entryListSchema from './schema/catalog-entry-list.json';

const unemulated: readonly UnemulatedOperation[] = [
  { operation: 'createCatalogEntry', method: 'POST', path: '/api/v1' },
  { operation: 'updateCatalogEntry', method: 'PUT', path: '/api/v1/:id' },
  { operation: 'deleteCatalogEntry', method: 'DELETE', path: '/api/v1/:id' },
  { operation: 'restoreCatalogEntry', method: 'PUT', path: '/api/v1/:id/restore' },
  { operation: 'getVisibility', method: 'GET', path: '/api/v1/:id/visibility' },
  { operation: 'updateVisibility', method: 'PUT', path: '/api/v1/:id/visibility' },
  { operation: 'getPricing', method: 'GET', path: '/api/v1/:id/pricing' },
  { operation: 'getAuditLogs', method: 'GET', path: '/api/v1/:id/logs' },
  { operation: 'listArtifacts', method: 'GET', path: '/api/v1/:id/artifacts' },
];

const read = { method: 'GET', access: 'public', response: entryListSchema } as const;

/** Clients that found no plan leave the id out, and are told that there is no such entry. */
const one = '/api/v1/{:id}';

/** The kind `*`; clients made from the Go SDK escape it. */
const everyKind = `${one}/{\\*}{%2A}`;

export const catalog: Service = {
  name: 'catalog',
  title: 'Global Catalog',
  dialect: catalogDialect,
  hosts: [/^(private\.)?globalcatalog\.cloud\.ibm\.com$/],
  paths: [/^\/api\/v1(\/|$)/],
  operations: [
    operation({ ...read, operation: 'listCatalogEntries', path: '/api/v1', handle: listCatalogEntries }),
    operation({
      ...read,
      operation: 'getCatalogEntry',
      path: '/api/v1/:id',
      response: definitionOf(entryListSchema, 'CatalogEntry'),
      handle: getCatalogEntry,
    }),
    operation({ ...read, operation: 'getChildObjects', path: everyKind, handle: childObjects('*') }),
    operation({ ...read, operation: 'getPlans', path: `${one}/plan`, handle: childObjects('plan') }),
    operation({ ...read, operation: 'getFlavors', path: `${one}/flavor`, handle: childObjects('flavor') }),
    operation({
      ...read,
      operation: 'getDeployments',
      path: `${one}/deployment`,
      handle: childObjects('deployment'),
    }),
  ],
  unemulated,
};
