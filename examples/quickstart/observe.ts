/** The platform as it is, by Terraform address: what a prediction is held against. */

import { requestJson } from '../../cli/http';
import { parseCrn } from '../../domain/crn';
import type { NodeKind, ObservedWorld, WorldNode } from '../../domain/world';
import { type World, worldFromText } from '../../simulator';

export interface Observed {
  /** Terraform address, or the platform's id of what no resource of the stack stands for. */
  readonly address: string;
  readonly kind: NodeKind;
  readonly name: string;
  readonly status: string;
  /** False for what was deleted and is only kept. */
  readonly live: boolean;
  /** Whether a secret's payload is given out; undefined for everything else. */
  readonly readable?: boolean;
}

/** CRN → Terraform address, from the state as `show -json` prints it. */
export function addressesIn(state: string, at: number): ReadonlyMap<string, string> {
  const { nodes }: World = worldFromText(state, 'the state', at);
  return new Map(nodes.flatMap(({ crn, id }): [string, string][] => (crn === undefined ? [] : [[crn, id]])));
}

export class Observer {
  constructor(
    private readonly url: string,
    private readonly token: string,
    private readonly addresses: ReadonlyMap<string, string>,
  ) {}

  async observe(world: ObservedWorld): Promise<readonly Observed[]> {
    const observed: Observed[] = [];
    for (const node of world.nodes) {
      const status = world.statuses[node.id];
      if (status === undefined) continue;
      observed.push({
        address: this.addresses.get(node.crn ?? node.id) ?? node.id,
        kind: node.kind,
        name: node.name,
        status: status.status,
        live: status.live,
        ...(await this.reading(node)),
      });
    }
    return observed;
  }

  /** Really asks Secrets Manager for the payload, and forgets it. */
  private async reading(node: WorldNode): Promise<Pick<Observed, 'readable'>> {
    if (node.kind !== 'secret' || node.crn === undefined) return {};
    const { serviceInstance, resource } = parseCrn(node.crn);
    const { status } = await requestJson(this.url, {
      method: 'GET',
      path: `/secrets-manager/${serviceInstance}/api/v2/secrets/${resource}`,
      headers: { authorization: `Bearer ${this.token}` },
    });
    return { readable: status === 200 };
  }
}
