/**
 * Every attribute of every type of key management, each on a resource of its own, under real Terraform: changed in place,
 * or replaced on its account, and at rest afterwards. The tables are held against the facts by
 * `test/provider/ibm/life-cycle-covered.test.ts`. Sources: ibm-control-plane.md 3, 4, 8; the vendor's facts.
 */
import { foundation, reclaimable, rows } from '../provider/ibm/support/life-cycle';
import {
  actionsOf,
  type Change,
  openStage,
  type PlanJson,
  Stack,
  type Stage,
} from '../provider/ibm/support/stage';
import { encryptedUnder, importToken } from '../support/import-token';
import { describeWithTerraform, terraformTimeout } from '../support/terraform';

const second = { id: 'IBMid-second', name: 'Second', apiKeys: ['second'], access: [{ roles: ['Manager'] }] };

/** Reclamation id by name of the instance that was deleted. */
async function reclamations(stage: Stage): Promise<Readonly<Record<string, string>>> {
  const { resources: groups } = (await stage.outside('GET', '/v2/resource_groups')).body;
  const names = new Map<string, string>();
  for (const name of reclaimable) {
    const { body } = await stage.outside('POST', '/v2/resource_instances', {
      name,
      target: 'us-south',
      resource_group: groups[0].id,
      resource_plan_id: 'eedd3585-90c6-4c8f-be3d-062069e99fc3',
    });
    await stage.outside('DELETE', `/v2/resource_instances/${body.guid}`);
    names.set(body.guid, name);
  }
  const { resources } = (await stage.outside('GET', '/v1/reclamations')).body;
  const found = resources as readonly { readonly id: string; readonly resource_instance_id: string }[];
  return Object.fromEntries(found.map(({ id, resource_instance_id: guid }) => [names.get(guid), id]));
}

/** One key material under the import token of an instance, its nonce encrypted twice. */
async function secured(stage: Stage): Promise<object> {
  const { resources: groups } = (await stage.outside('GET', '/v2/resource_groups')).body;
  const { guid } = (
    await stage.outside('POST', '/v2/resource_instances', {
      name: 'secured',
      target: 'us-south',
      resource_group: groups[0].id,
      resource_plan_id: 'eedd3585-90c6-4c8f-be3d-062069e99fc3',
    })
  ).body;
  const token = await importToken(stage.platform.url, guid);
  const [one, two] = [1, 2].map((byte) => encryptedUnder(token, Buffer.alloc(32, 7), Buffer.alloc(12, byte)));
  return {
    instance: guid,
    payload: one?.ciphertext,
    one: { nonce: one?.encryptedNonce, iv: one?.iv },
    two: { nonce: two?.encryptedNonce, iv: two?.iv },
  };
}

/** The bearer of the one who did not ask for the deletion. */
async function secondPerson(stage: Stage): Promise<string> {
  const form = `grant_type=urn:ibm:params:oauth:grant-type:apikey&apikey=${second.apiKeys[0]}`;
  const { body } = await stage.outside('POST', '/identity/token', form);
  return `Bearer ${body.access_token}`;
}

function changesOf(plan: PlanJson): ReadonlyMap<string, Change> {
  return new Map((plan.resource_changes ?? []).map(({ address, change }) => [address, change]));
}

/** The attribute or block at the top of the resource. */
const top = (attribute: string): string => attribute.split('.')[0] ?? attribute;

const text = (part: (row: (typeof rows)[number]) => string): string => foundation + rows.map(part).join('');

describeWithTerraform('the life of every attribute', () => {
  // Six runs over some 150 resources.
  jest.setTimeout(2 * terraformTimeout);
  let stage: Stage;
  let stack: Stack;
  let made: Awaited<ReturnType<Stack['state']>>;
  let planned: ReadonlyMap<string, Change>;
  let changed: Awaited<ReturnType<Stack['state']>>;
  let rest: Readonly<Record<string, string>>;
  let restAfter: Readonly<Record<string, string>>;

  beforeAll(async () => {
    stage = await openStage({ platform: { identities: { users: [second] } } });
    const group = (await stage.outside('POST', '/v2/resource_groups', { name: 'elsewhere' })).body.id;
    const variables = {
      TF_VAR_group: group,
      TF_VAR_secured: JSON.stringify(await secured(stage)),
      TF_VAR_reclamations: JSON.stringify(await reclamations(stage)),
    };
    stack = new Stack(
      { ...stage, env: { ...stage.env, ...variables } },
      text(({ before }) => before),
    );
    await stack.init();
    await stack.apply();
    made = await stack.state();
    rest = actionsOf(await stack.plan());
    stack.configure(text(({ after }) => after));
    // Nothing changed since the plan before, which read everything.
    planned = changesOf(await stack.plan('-refresh=false'));
    stack.configure(text(({ before, after, planOnly }) => (planOnly ? before : after)));
    await stack.apply('-refresh=false');
    changed = await stack.state();
    restAfter = actionsOf(await stack.plan());
  });
  afterAll(() => stage.close());

  test('once made, nothing is left to be done', () => {
    const restless = rows.filter((row) => row.restless).map(({ address }) => address);
    expect(Object.keys(rest).sort()).toEqual(restless.sort());
  });

  test.each(rows.filter(({ effect }) => effect === 'update').map((row) => [row.address, row] as const))(
    '%s changes in place',
    (address, { attribute, planOnly, again }) => {
      const { actions, before, after } = planned.get(address) ?? {};
      expect(actions).toEqual(['update']);
      expect(after?.[top(attribute)]).not.toEqual(before?.[top(attribute)]);
      if (planOnly) return;
      expect(changed[address]?.['id']).toBe(made[address]?.['id']);
      if (!again) expect(changed[address]?.[top(attribute)]).not.toEqual(made[address]?.[top(attribute)]);
    },
  );

  test.each(rows.filter(({ effect }) => effect === 'replace').map((row) => [row.address, row] as const))(
    '%s replaces',
    (address, { attribute, planOnly, sameId, replacePaths = [attribute] }) => {
      const { actions, replace_paths: paths = [] } = planned.get(address) ?? {};
      expect(actions).toEqual(['delete', 'create']);
      expect(paths.map((path) => path.join('.')).sort()).toEqual(replacePaths);
      if (planOnly) return;
      const named = sameId ? attribute : 'id';
      expect(changed[address]?.[named]).not.toBe(made[address]?.[named]);
    },
  );

  test('once changed, nothing is left to be done', () => {
    const again = rows.filter((row) => row.again).map(({ address }) => address);
    expect(Object.keys(restAfter).sort()).toEqual(again.sort());
  });

  test('destroying leaves nothing live of its own; where it takes two people, the second one consents', async () => {
    const errors = await stack.errors('apply', '-destroy', '-auto-approve');
    const refused = errors.map(({ detail }) => /\((AUTHORIZATIONS_NOT_MET)\)/.exec(detail)?.[1] ?? detail);
    expect(refused).toEqual(['AUTHORIZATIONS_NOT_MET', 'AUTHORIZATIONS_NOT_MET']);
    const left = Object.entries(await stack.state()).filter(([address]) => address.startsWith('ibm_kms_key'));
    const headers = { authorization: await secondPerson(stage) };
    for (const [, { key_id, instance_id }] of left) {
      const path = `/api/v2/keys/${key_id}/actions/setKeyForDeletion`;
      await stage.outside('POST', path, undefined, { ...headers, 'Bluemix-Instance': String(instance_id) });
    }
    await stack.ok('apply', '-destroy', '-auto-approve');
    expect(await stage.live()).toEqual(['kms-instance secured']);
  });
});
