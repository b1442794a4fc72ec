/** Operations that refuse nothing of their own, each with the reason: the others need a test in which they do. */

const open = 'it needs no token and takes nothing that could be wrong';

/** By operation key. */
export const neverRefuses: Readonly<Record<string, string>> = {
  'control/getHealth': open,
  'control/getClock': open,
  'control/getGraph': open,
  'control/reset': open,
  'catalog/listCatalogEntries': `${open}: a filter that fits no entry finds none`,
};
