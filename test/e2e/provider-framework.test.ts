/** The provider framework under the real Terraform, reattached: what terraform-plugin-protocol.md 4 says Core enforces. */
import { AwkwardStore, awkwardProvider, fixedContext } from '../support/awkward-provider';
import { type ServedForTest, serveForTest } from '../support/plugin-client';
import {
  describeWithTerraform,
  stateFile,
  stateValues,
  terraform,
  terraformOk,
  terraformTimeout,
  workspace,
  writeFiles,
} from '../support/terraform';

const required = `
terraform {
  required_providers {
    awkward = {
      source = "example/awkward"
    }
  }
}
`;

const everything = (change: { note?: string; name?: string; size?: number } = {}): string => `
variable "password" {
  type      = string
  default   = "canary-write-only"
  ephemeral = true
}
resource "awkward_thing" "all" {
  name     = "${change.name ?? 'all'}"
  note     = "${change.note ?? 'first'}"
  size     = ${change.size ?? 3}
  big      = 123456789012345678901234567890.123456789
  secret   = "sensitive"
  token    = var.password
  labels   = { a = "1", b = "2" }
  tags     = ["y", "x"]
  ports    = [80, 443.5, 9007199254740993]
  anything = { nested = [1, "two", true] }
  settings = { color = "red" }
  disk {
    name = "one"
    size = 10
  }
  disk {
    name = "two"
  }
  rule { port = 443 }
  rule {
    port     = 53
    protocol = "udp"
  }
  origin { url = "http://example.com" }
  zone "north" { weight = 0.1 }
  zone "south" {}
  timeouts { create = "5m" }
}
`;

describeWithTerraform('the provider framework', () => {
  let store: AwkwardStore;
  let served: ServedForTest;
  let env: Record<string, string>;

  beforeEach(async () => {
    store = new AwkwardStore();
    served = await serveForTest(awkwardProvider(store), fixedContext);
    env = { TF_REATTACH_PROVIDERS: JSON.stringify(served.entries) };
  });
  afterEach(() => served.close());

  const apply = (folder: string) => terraform(folder, ['apply', '-auto-approve'], env);
  const plan = (folder: string) => terraform(folder, ['plan', '-detailed-exitcode'], env);

  async function noChanges(folder: string): Promise<void> {
    const { status, output } = await plan(folder);
    expect([status, output]).toEqual([0, expect.stringContaining('No changes.')]);
  }

  test(
    'every kind of value: create, empty plan, update, replace, destroy',
    async () => {
      const folder = workspace({ 'main.tf': required + everything() });
      expect((await apply(folder)).output).toContain(
        'Apply complete! Resources: 1 added, 0 changed, 0 destroyed.',
      );
      await noChanges(folder);
      expect(stateFile(folder)).toContain('123456789012345678901234567890.123456789');
      const { 'awkward_thing.all': created } = await stateValues(folder, env);
      expect(created).toMatchObject({
        id: 'id-1',
        token: null,
        mode: 'plain',
        revision: 1,
        tags: ['x', 'y'],
        settings: { color: 'red', shade: 'red-ish' },
        disk: [
          { id: 'id-1-disk-0', name: 'one', size: 10, cache: null },
          { id: 'id-1-disk-1', name: 'two', size: null, cache: null },
        ],
        zone: { north: { weight: 0.1 }, south: { weight: null } },
        timeouts: { create: '5m' },
      });
      expect(created?.rule).toEqual([
        { port: 443, protocol: 'tcp', handle: 'tcp-443' },
        { port: 53, protocol: 'udp', handle: 'udp-53' },
      ]);
      expect(store.objects.get('id-1')).toMatchObject({ token: 'canary-write-only' });
      expect(stateFile(folder)).not.toContain('canary-write-only');

      writeFiles(folder, { 'main.tf': required + everything({ note: 'second', size: 4 }) });
      expect((await apply(folder)).output).toContain('Resources: 0 added, 1 changed, 0 destroyed.');
      expect((await stateValues(folder, env))['awkward_thing.all']).toMatchObject({
        id: 'id-1',
        note: 'second',
        size: 4,
        revision: 2,
      });
      await noChanges(folder);

      writeFiles(folder, { 'main.tf': required + everything({ name: 'other' }) });
      const replaced = await apply(folder);
      expect(replaced.output).toContain('~ name = "all" -> "other" # forces replacement');
      expect(replaced.output).toContain('Resources: 1 added, 0 changed, 1 destroyed.');
      await noChanges(folder);

      expect((await terraform(folder, ['destroy', '-auto-approve'], env)).output).toContain(
        'Destroy complete! Resources: 1 destroyed.',
      );
      expect(store.objects.size).toBe(0);
    },
    terraformTimeout,
  );

  test(
    'drift is shown, and an object that is gone is created again',
    async () => {
      const folder = workspace({
        'main.tf': `${required}resource "awkward_thing" "a" {\n  name = "a"\n  note = "mine"\n}\n`,
      });
      await terraformOk(folder, ['apply', '-auto-approve'], env);
      store.objects.set('id-1', { name: 'a', note: 'theirs' });
      const drifted = await plan(folder);
      expect([drifted.status, drifted.output]).toEqual([
        2,
        expect.stringContaining('~ note = "theirs" -> "mine"'),
      ]);
      store.objects.clear();
      const gone = await plan(folder);
      expect([gone.status, gone.output]).toEqual([
        2,
        expect.stringContaining('Plan: 1 to add, 0 to change, 0 to destroy.'),
      ]);
    },
    terraformTimeout,
  );

  test(
    'import, then an empty plan; an id that names nothing is refused by name',
    async () => {
      store.objects.set('id-7', { name: 'seven', note: null });
      const folder = workspace({
        'main.tf': `${required}resource "awkward_thing" "a" {\n  name = "seven"\n}\n`,
      });
      const missing = await terraform(folder, ['import', 'awkward_thing.a', 'id-8'], env);
      expect([missing.status, missing.output]).toEqual([
        1,
        expect.stringContaining("There is no awkward_thing with the import id 'id-8'."),
      ]);
      expect((await terraform(folder, ['import', 'awkward_thing.a', 'id-7'], env)).output).toContain(
        'Import successful!',
      );
      expect((await stateValues(folder, env))['awkward_thing.a']).toMatchObject({
        id: 'id-7',
        name: 'seven',
      });
      // The mode has a default that the imported object does not have yet.
      expect((await plan(folder)).output).toContain('+ mode = "plain"');
      await terraformOk(folder, ['apply', '-auto-approve'], env);
      await noChanges(folder);
    },
    terraformTimeout,
  );

  test(
    'moved from another type',
    async () => {
      const folder = workspace({ 'main.tf': `${required}resource "awkward_thing" "a" {\n  name = "a"\n}\n` });
      await terraformOk(folder, ['apply', '-auto-approve'], env);
      writeFiles(folder, {
        'main.tf': `${required}resource "awkward_renamed" "b" {\n  name = "a"\n}\nmoved {\n  from = awkward_thing.a\n  to   = awkward_renamed.b\n}\n`,
      });
      const moved = await apply(folder);
      expect(moved.output).toContain('awkward_thing.a has moved to awkward_renamed.b');
      expect(moved.output).toContain('Resources: 0 added, 0 changed, 0 destroyed.');
      expect(await stateValues(folder, env)).toEqual({ 'awkward_renamed.b': { id: 'id-1', name: 'a' } });
    },
    terraformTimeout,
  );

  test(
    'a create that fails after the object exists leaves it tainted',
    async () => {
      const folder = workspace({
        'main.tf': `${required}resource "awkward_thing" "a" {\n  name = "fails-after"\n}\n`,
      });
      const failed = await apply(folder);
      expect(failed.status).toBe(1);
      expect(failed.output).toContain('Error: Half done with awkward_thing.a');
      expect(failed.output).toContain('the object exists and is not finished');
      const state = JSON.parse(stateFile(folder)) as {
        resources: { instances: { status: string; attributes: { id: string } }[] }[];
      };
      expect(state.resources[0]?.instances[0]).toMatchObject({
        status: 'tainted',
        attributes: { id: 'id-1' },
      });
      expect((await plan(folder)).output).toContain('# awkward_thing.a is tainted, so must be replaced');
    },
    terraformTimeout,
  );

  test(
    'a create that fails before leaves nothing, and the error names the operation',
    async () => {
      const folder = workspace({
        'main.tf': `${required}resource "awkward_thing" "a" {\n  name = "fails-before"\n}\n`,
      });
      const failed = await apply(folder);
      expect(failed.output).toContain('Error: Could not create awkward_thing with awkward_thing.a');
      expect(failed.output).toContain('the API is not in the mood');
      expect(await stateValues(folder, env)).toEqual({});
    },
    terraformTimeout,
  );

  test.each<[string, string, string]>([
    [
      'a value',
      'mode = "odd"',
      'with awkward_thing.a, on main.tf line 11, in resource "awkward_thing" "a": 11: mode = "odd" "mode" must be one of plain, fancy; got "odd"',
    ],
    [
      'an attribute that is not emulated',
      'unsupported = "x"',
      '11: unsupported = "x" "unsupported" of awkward_thing has no effect here',
    ],
    ['a fraction', 'size = 1.5', '11: size = 1.5 "size" must be a whole number'],
    [
      'a nested attribute',
      'disk {\n    name  = "d"\n    cache = "x"\n  }',
      '13: cache = "x" "disk.cache" of awkward_thing has no effect here',
    ],
  ])(
    'an error shows where it is: %s',
    async (_name, line, message) => {
      const folder = workspace({
        'main.tf': `${required}resource "awkward_thing" "a" {\n  name = "a"\n  ${line}\n}\n`,
      });
      const { status, output } = await terraform(folder, ['validate'], env);
      expect([status, output]).toEqual([1, expect.stringContaining(message)]);
    },
    terraformTimeout,
  );

  test(
    'data source, ephemeral resource and function',
    async () => {
      const folder = workspace({
        'main.tf': `${required}
resource "awkward_thing" "a" {
  name  = "a"
  note  = provider::awkward::shout("hi", 3)[0]
  token = ephemeral.awkward_token.t.value
}
ephemeral "awkward_token" "t" {
  subject = "s"
}
data "awkward_thing" "a" {
  name = awkward_thing.a.name
}
output "note" {
  value = data.awkward_thing.a.note
}
`,
      });
      expect((await apply(folder)).output).toContain('note = "HI"');
      await noChanges(folder);
      expect(store.objects.get('id-1')).toMatchObject({ token: 'token for s' });
      expect(stateFile(folder)).not.toContain('token for s');
      expect(store.calls).toEqual(expect.arrayContaining(['open s', 'close s']));
      writeFiles(folder, {
        'main.tf': `${required}output "o" {\n  value = provider::awkward::shout("")\n}\n`,
      });
      const refused = await plan(folder);
      expect([refused.status, refused.output]).toEqual([
        1,
        expect.stringContaining('Invalid value for "text" parameter: there is nothing to shout.'),
      ]);
    },
    terraformTimeout,
  );

  test(
    'each provider configuration is one of its own',
    async () => {
      const folder = workspace({
        'main.tf': `${required}
provider "awkward" {
  endpoint = "one"
}
provider "awkward" {
  alias    = "other"
  endpoint = "two"
}
resource "awkward_thing" "a" {
  name = "a"
}
resource "awkward_thing" "b" {
  provider = awkward.other
  name     = "b"
}
`,
      });
      await terraformOk(folder, ['apply', '-auto-approve'], env);
      expect(store.calls.filter((call) => call.startsWith('create')).sort()).toEqual([
        'create a at one',
        'create b at two',
      ]);
    },
    terraformTimeout,
  );

  test(
    'types of the vendor: optional and computed blocks, suppressed differences, zero values',
    async () => {
      const resource = (more: string) =>
        `${required}resource "awkward_legacy" "a" {\n  name = "a"\n${more}}\n`;
      const folder = workspace({
        'main.tf': resource('  description = ""\n  url = "HTTP://A"\n  json = "{ \\"a\\": 1 }"\n'),
      });
      await terraformOk(folder, ['apply', '-auto-approve'], env);
      expect((await stateValues(folder, env))['awkward_legacy.a']).toMatchObject({
        description: '',
        flag: false,
        json: '{"a":1}',
        policy: [{ interval: 3, mode: 'auto' }],
      });
      await noChanges(folder);
      writeFiles(folder, {
        'main.tf': resource(
          '  url = "http://a"\n  json = "{\\"a\\":1}"\n  timeouts {\n    create = "1m"\n  }\n',
        ),
      });
      await noChanges(folder);
      writeFiles(folder, {
        'main.tf': resource('  description = "new"\n  url = "http://b"\n  json = "{\\"a\\":1}"\n'),
      });
      const changed = await apply(folder);
      expect(changed.output).toContain('Resources: 0 added, 1 changed, 0 destroyed.');
      expect((await stateValues(folder, env))['awkward_legacy.a']).toMatchObject({
        description: 'new',
        url: 'http://b',
        policy: [{ interval: 3, mode: 'auto' }],
      });
      await noChanges(folder);
    },
    terraformTimeout,
  );
});
