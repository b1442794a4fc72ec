/** A page of a long list: 200 of 40,000 registrations, beside a bare Express route with the same answer. */
import { createPlatform } from '../../mock-platform';
import { inTurns, type Measurement } from './measurement';
import { agent, bareServer, type Exchange, expectOk, prepare } from './server';

const registered = 40_000;
const perTurn = 20;
const turns = 9;

type Platform = Awaited<ReturnType<typeof createPlatform>>;

/** The platform goes on from a snapshot of itself in which the key protects that many buckets. */
async function register(platform: Platform, instance: string, key: string): Promise<void> {
  const snapshot = await platform.snapshot();
  const stamp = { by: 'IBMid-0000000001', at: '2026-01-15T10:00:00.000Z' };
  const made = Array.from({ length: registered }, (_, at) => {
    const resourceCrn = `crn:v1:bluemix:public:cloud-object-storage:global:a/bench:cos:bucket:b-${at}`;
    const doc = {
      keyId: key,
      resourceCrn,
      description: `bucket ${at}`,
      preventKeyDeletion: false,
      created: stamp,
      updated: stamp,
      keyVersion: { id: key, at: stamp.at },
    };
    const id = `${key}/${resourceCrn}`;
    return { kind: 'kms-registration', id, scope: instance, name: key, revision: 1, doc };
  });
  await platform.restore({ ...snapshot, entities: [...snapshot.entities, ...made] });
}

export async function lists(): Promise<Measurement[]> {
  const platform = await createPlatform({ auth: 'enforce' });
  const { url, headers, key } = await prepare(await platform.listen());
  await register(platform, headers['bluemix-instance'] ?? '', key);
  const page: Exchange = { method: 'GET', url: `${url}/api/v2/keys/registrations?limit=200`, headers };
  const bare = await bareServer(await expectOk(page));
  const many = async (exchange: Exchange): Promise<void> => {
    for (let at = 0; at < perTurn; at += 1) await expectOk(exchange);
  };
  const [floor = Number.NaN, pages = Number.NaN] = await inTurns(turns, [
    () => many({ method: 'GET', url: `${bare.url}/key` }),
    () => many(page),
  ]);
  bare.close();
  agent.destroy();
  await platform.close();
  return [
    {
      name: 'page of 200 of 40,000 registrations',
      value: pages / perTurn,
      against: 'bare Express GET, same body',
      floor: floor / perTurn,
      shown: 'ms',
    },
  ];
}
