/** Wrong usage: one line on stderr, nothing on stdout, status 1 (design.md 3.1). */
import { commands } from '../../cli/commands';
import { keyquake } from './support';

const refusals: readonly (readonly [args: string, line: string])[] = [
  ['', "no command was given; run 'keyquake --help' for what there is"],
  ['upp', "unknown command 'upp'; did you mean up?; run 'keyquake --help' for what there is"],
  ['weather', "unknown command 'weather'; run 'keyquake --help' for what there is"],
  [
    '--versoin',
    "unknown option '--versoin'; did you mean --version?; run 'keyquake --help' for what there is",
  ],
  [
    'up --prot 1',
    "unknown option '--prot'; did you mean --port?; run 'keyquake up --help' for what there is",
  ],
  [
    'up --port 70000',
    "option '--port <port>' argument '70000' is invalid: A port is a number from 0 to 65535, 0 for any free one; run 'keyquake up --help' for what there is",
  ],
  ['up --port', "option '--port <port>' argument missing; run 'keyquake up --help' for what there is"],
  [
    'up --auth strict',
    "option '--auth <mode>' argument 'strict' is invalid: Allowed choices are open, warn, enforce; run 'keyquake up --help' for what there is",
  ],
  [
    'up --seed -1',
    "option '--seed <number>' argument '-1' is invalid: A seed is a whole number, from 0 to 9007199254740991; run 'keyquake up --help' for what there is",
  ],
  [
    'up --propagation P1M',
    "option '--propagation <duration>' argument 'P1M' is invalid: 'P1M' is not an ISO 8601 duration of weeks, days, hours, minutes or seconds; write it like P7D or PT4H; run 'keyquake up --help' for what there is",
  ],
  [
    'exec --propagation P367D -- true',
    "option '--propagation <duration>' argument 'P367D' is invalid: A delay is P366D at most; run 'keyquake exec --help' for what there is",
  ],
  [
    'up --registration-release 2h',
    "option '--registration-release <duration>' argument '2h' is invalid: '2h' is not an ISO 8601 duration of weeks, days, hours, minutes or seconds; write it like P7D or PT4H; run 'keyquake up --help' for what there is",
  ],
  [
    'exec --registration-release P99999999999W -- true',
    "option '--registration-release <duration>' argument 'P99999999999W' is invalid: A delay is P366D at most; run 'keyquake exec --help' for what there is",
  ],
  ['up --lenient=yes', "unknown option '--lenient=yes'; run 'keyquake up --help' for what there is"],
  [
    'up --restore-generatd-keys',
    "unknown option '--restore-generatd-keys'; did you mean --restore-generated-keys?; run 'keyquake up --help' for what there is",
  ],
  [
    'up --host=',
    "option '--host <host>' argument '' is invalid: A host is an address or a name of this machine; run 'keyquake up --help' for what there is",
  ],
  [
    'up --clock 9000-01-01T00:00:00Z',
    "option '--clock <instant>' argument '9000-01-01T00:00:00Z' is invalid: A platform begins before the year 9000; run 'keyquake up --help' for what there is",
  ],
  [
    'exec --seed 9007199254740992 -- true',
    "option '--seed <number>' argument '9007199254740992' is invalid: A seed is a whole number, from 0 to 9007199254740991; run 'keyquake exec --help' for what there is",
  ],
  [
    'up --clock tomorrow',
    "option '--clock <instant>' argument 'tomorrow' is invalid: 'tomorrow' is not an RFC 3339 instant; write it like 2026-01-02T03:04:05Z, with a time zone; run 'keyquake up --help' for what there is",
  ],
  [
    'up --store postgres://user:canary@host/db',
    "--store postgres://… is not built yet; a store is 'memory' or the path of a file; give --store a file name to keep the platform between runs",
  ],
  [
    'up --proxy-port https',
    "option '--proxy-port <port>' argument 'https' is invalid: A port is a number from 0 to 65535, 0 for any free one; run 'keyquake up --help' for what there is",
  ],
  [
    'up now',
    "too many arguments for 'up': Expected 0 arguments but got 1; run 'keyquake up --help' for what there is",
  ],
  [
    'clock',
    "'keyquake clock' needs one of show, advance, set; run 'keyquake clock --help' for what each does",
  ],
  ['clock shwo', "unknown command 'shwo'; did you mean show?; run 'keyquake clock --help' for what there is"],
  [
    'clock advance P1M',
    "'P1M' is not an ISO 8601 duration of weeks, days, hours, minutes or seconds; write it like P7D or PT4H",
  ],
  [
    'clock set 2027-01-01',
    "'2027-01-01' is not an RFC 3339 instant; write it like 2026-01-02T03:04:05Z, with a time zone",
  ],
  [
    'key disable',
    "missing required argument 'selector'; run 'keyquake key disable --help' for what there is",
  ],
  [
    'key destroy orders',
    "unknown command 'destroy'; did you mean restore?; run 'keyquake key --help' for what there is",
  ],
  [
    'key disable orders --force',
    "unknown option '--force'; run 'keyquake key disable --help' for what there is",
  ],
  ['reset --url 127.0.0.1:4510', "'127.0.0.1:4510' is not a URL; write it like http://127.0.0.1:4510"],
  [
    'reset --url ftp://localhost',
    "'ftp://localhost' is not the URL of a platform; it is http or https; write it like http://127.0.0.1:4510",
  ],
  [
    'reset --url http://localhost/?a=b',
    "'http://localhost/?a=b' is not the URL of a platform; it has no query and no fragment; write it like http://127.0.0.1:4510",
  ],
  [
    'reset --url http://me:canary@localhost',
    'the URL of the platform holds credentials; it takes none; write it like http://127.0.0.1:4510',
  ],
  ['exec', "missing required argument 'command'; run 'keyquake exec --help' for what there is"],
  ['help weather', "unknown command 'weather'; run 'keyquake --help' for what there is"],
  ['exec terraform -version', "unknown option '-version'; run 'keyquake exec --help' for what there is"],
  [
    'exec --url http://127.0.0.1:4510 --proxy-port 4511 -- terraform plan',
    "--proxy-port asks for a platform of exec's own, and --url names http://127.0.0.1:4510; a platform that runs already keeps its options; leave out --proxy-port, or leave out --url",
  ],
  [
    'exec --url http://127.0.0.1:4510 --store kept.db -- terraform plan',
    "--store asks for a platform of exec's own, and --url names http://127.0.0.1:4510; a platform that runs already keeps its options; leave out --store, or leave out --url",
  ],
  [
    'exec --url http://127.0.0.1:4510 --lenient -- terraform plan',
    "--lenient asks for a platform of exec's own, and --url names http://127.0.0.1:4510; a platform that runs already keeps its options; leave out --lenient, or leave out --url",
  ],
  ['provider', "'keyquake provider' needs one of install; run 'keyquake provider --help' for what each does"],
  [
    'env --format yaml',
    "option '--format <format>' argument 'yaml' is invalid: Allowed choices are shell, json, github; run 'keyquake env --help' for what there is",
  ],
];

test.each(refusals)('keyquake %s', async (args, line) => {
  const result = await keyquake(args.split(' ').filter((arg) => arg !== ''));
  expect(result).toEqual({ status: 1, stdout: '', stderr: `keyquake: ${line}\n` });
});

test('KEYQUAKE_URL is held to the same rule as --url', async () => {
  const result = await keyquake(['reset'], { env: { KEYQUAKE_URL: 'nowhere' } });
  expect(result).toEqual({
    status: 1,
    stdout: '',
    stderr: "keyquake: 'nowhere' is not a URL; write it like http://127.0.0.1:4510\n",
  });
});

test('a platform named by KEYQUAKE_URL leaves no room for one of exec’s own', async () => {
  const env = { KEYQUAKE_URL: 'http://127.0.0.1:4510' };
  expect((await keyquake(['exec', '--seed', '1', '--', 'true'], { env })).stderr).toBe(
    "keyquake: --seed asks for a platform of exec's own, and KEYQUAKE_URL names http://127.0.0.1:4510; a platform that runs already keeps its options; leave out --seed, or unset KEYQUAKE_URL\n",
  );
});

test('KEYQUAKE_DEBUG adds the stack trace to the line', async () => {
  const { status, stderr } = await keyquake(['upp'], { env: { KEYQUAKE_DEBUG: '1' } });
  const [line, ...trace] = stderr.split('\n');
  expect([status, line]).toEqual([
    1,
    "keyquake: unknown command 'upp'; did you mean up?; run 'keyquake --help' for what there is",
  ]);
  expect(trace.join('\n')).toMatch(/\n {4}at /);
});

describe('help', () => {
  test('lists every command of the contract', async () => {
    const { status, stdout, stderr } = await keyquake(['--help']);
    expect([status, stderr]).toEqual([0, '']);
    for (const name of ['up', 'exec', 'env', 'impact', 'key', 'clock', 'reset', 'provider']) {
      expect(stdout).toMatch(new RegExp(`^ {2}${name} +\\S`, 'm'));
    }
  });

  test.each(commands.map(({ name }) => name))('%s --help has an example and succeeds', async (name) => {
    const { status, stdout, stderr } = await keyquake([name, '--help']);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(new RegExp(`Examples?:\n.*keyquake ${name} `));
    expect((await keyquake(['help', name])).stdout).toBe(stdout);
  });

  test.each([
    ...['disable', 'enable', 'rotate', 'delete', 'restore', 'purge', 'show'].map((name) => `key ${name}`),
    ...['show', 'advance', 'set'].map((name) => `clock ${name}`),
    'provider install',
  ])('%s --help has an example and succeeds', async (name) => {
    const { status, stdout, stderr } = await keyquake([...name.split(' '), '--help']);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(new RegExp(`Example:\n.*keyquake ${name}`));
  });

  test('does not offer what is not built', async () => {
    expect((await keyquake(['up', '--help'])).stdout).not.toContain('postgres');
  });
});
