/** What instances tell about volumes: which of them are attached. The instances themselves have no rule yet. */
import type { Links } from '../links';
import type { SourceResource } from '../resource';

/** Marks the volumes that an argument names as attached; those outside the source are no concern. */
export function attach(resource: SourceResource, argument: string, links: Links): void {
  for (const volume of links.mentioned(resource.mentions(argument), ['volume'])) {
    links.amend(volume, { kind: 'volume', attached: true });
  }
}
