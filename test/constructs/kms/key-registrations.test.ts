/** What a key protects, read by our provider (behaviour.md A2). */
import { TerraformOutput } from 'cdktf';
import { EncryptedVolume, KeyRegistrations, RootKey } from '../../../constructs';
import { synthesized } from '../../../constructs/testing';
import { keyProtect, newApp, newStack, reference, synthesize } from '../support';

const keyCrn =
  'crn:v1:bluemix:public:kms:us-south:a/acct:11111111-2222-4333-8444-555555555555:key:aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee';

const dataOf = ({ json }: { readonly json: string }): Record<string, Record<string, unknown>> =>
  JSON.parse(json).data?.keyquake_key_registrations ?? {};

test('a key reads its registrations once, however often they are asked for', () => {
  const stack = synthesize((scope) => {
    const key = new RootKey(scope, 'key', { instance: keyProtect(scope) });
    expect(key.registrations()).toBe(key.registrations());
    const { total, registrations } = key.registrations();
    new TerraformOutput(scope, 'total', { value: total });
    new TerraformOutput(scope, 'first', { value: registrations.get(0).resourceCrn });
  });
  const [[name, data] = ['', undefined], ...others] = Object.entries(dataOf(stack));
  expect([data, others]).toEqual([{ key_crn: reference('ibm_kms_key.key.crn') }, []]);
  expect(JSON.parse(stack.json).output).toEqual({
    total: { value: reference(`data.keyquake_key_registrations.${name}.total`) },
    first: { value: reference(`data.keyquake_key_registrations.${name}.registrations[0].resource_crn`) },
  });
  expect(JSON.parse(stack.json).provider.keyquake).toEqual([{ region: 'us-south' }]);
});

test('a key that is not asked reads nothing', () => {
  const stack = synthesize((scope) => void new RootKey(scope, 'key', { instance: keyProtect(scope) }));
  expect(dataOf(stack)).toEqual({});
});

test('a key that exists already can be asked, for a part of them', () => {
  const stack = synthesize((scope) => {
    const key = RootKey.fromRootKeyCrn(scope, 'key', keyCrn);
    const resourceCrn = 'crn:v1:bluemix:public:is:*';
    new KeyRegistrations(scope, 'volumes', { key, resourceCrn, preventKeyDeletion: true });
    key.registrations();
  });
  const { volumes, ...own } = dataOf(stack);
  expect(volumes).toEqual({
    key_crn: keyCrn,
    resource_crn: 'crn:v1:bluemix:public:is:*',
    prevent_key_deletion: true,
  });
  expect(Object.values(own)).toEqual([{ key_crn: keyCrn }]);
});

test('what another stack reads makes it wait for the stack of the key', () => {
  const app = newApp();
  const [keys, audit] = [newStack(app, 'keys'), newStack(app, 'audit')];
  const key = new RootKey(keys, 'key', { instance: keyProtect(keys) });
  new EncryptedVolume(keys, 'data', { encryptionKey: key, zone: 'us-south-1' });
  new KeyRegistrations(audit, 'registrations', { key });
  expect(dataOf(synthesized(audit))).toEqual({
    registrations: { key_crn: expect.stringContaining('cross-stack-output-ibm_kms_keykeycrn') },
  });
  expect(audit.dependencies.map(({ node }) => node.id)).toEqual(['keys']);
});
