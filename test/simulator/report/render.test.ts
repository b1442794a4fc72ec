import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import type { World } from '../../../domain/world';
import {
  actions,
  isReportFormat,
  type Report,
  render,
  reportFormats,
  reportSchema,
  type Severity,
  severities,
  simulate,
  verdictReaches,
} from '../../../simulator';
import { authorization, rootKey, volume, workload } from '../worlds';

const world: World = {
  ...workload(),
  unmapped: [
    {
      address: 'ibm_cos_bucket.b',
      reason: 'there is no rule for ibm_cos_bucket yet, and it depends on key (through key_protect)',
    },
  ],
};

const disabled = simulate(world, { action: 'disable', targets: ['key'] });
const refused = simulate(world, { action: 'delete', targets: ['key'] });

describe('the table', () => {
  it('says what stops now, what later, how it is undone and what is not known', () => {
    expect(render(disabled, 'table')).toBe(`\
disable of key (orders): breaks
0 lost, 2 break now, 2 latent, 0 safe, 1 unmapped; at 2026-01-01T00:00:00Z
active → suspended

SEVERITY  DEPENDANT                        STATUS         LOSES                 UNDO
breaks    secret (db-password)             active →       secret.read,          enable the key
          used by billing-service,         sealed         secret.read-
          reports                                         metadata,
                                                          secret.update-
                                                          metadata, 5 more
breaks    sm (secrets)                     active →       secret.list,          enable the key
                                           sealed         secret.create,
                                                          secret.read, 7 more
latent    attached (boot data)             available      snapshot,             enable the key
[1]                                                       instance.start
latent    volume (data)                    available      attach, snapshot      enable the key
[1]

[1] the documents differ: the volume stays available while its key is disabled; or the volume
    becomes unusable with the reason encryption_key_disabled (ibm-vpc.md 4.8 item 1 (table A is
    used: the volume API has no such reason code))

unmapped: no finding speaks about these
  ibm_cos_bucket.b: there is no rule for ibm_cos_bucket yet, and it depends on key (through
    key_protect)
`);
  });

  it('says why an action is refused and what to do', () => {
    expect(render(refused, 'table').split('\n\n').slice(0, 2).join('\n\n')).toBe(`\
delete of key (orders): safe
0 lost, 0 break now, 0 latent, 4 safe, 1 unmapped; at 2026-01-01T00:00:00Z
refused: the key protects 3 registered resources

key: delete the protected resources first, or force the deletion and lose what the key protects
  because of attached
  because of sm
  because of volume`);
  });

  it('says when an action is done and when it is looked at', () => {
    const later = simulate(workload({ imported: true }), {
      action: 'force-delete',
      targets: ['key'],
      at: Date.parse('2026-01-11T00:00:00Z'),
    });
    const lines = render(later, 'table').split('\n');
    expect(lines[1]).toBe(
      '0 lost, 4 break now, 0 latent, 0 safe, 0 unmapped; done at 2026-01-01T00:00:00Z, seen at',
    );
    expect(lines[2]).toBe('2026-01-11T00:00:00Z');
    expect(render(later, 'table')).toContain('restore the key\n');
    expect(render(later, 'table')).toContain('2026-01-31T00:00:00Z');
  });

  it('names each of several targets', () => {
    const two = simulate(
      { ...world, nodes: [...world.nodes, rootKey({ id: 'idle', name: 'idle' })] },
      { action: 'disable', targets: ['key', 'idle'] },
    );
    expect(render(two, 'table').split('\n').slice(0, 4)).toEqual([
      'disable of 2 root keys: breaks',
      '0 lost, 2 break now, 2 latent, 0 safe, 1 unmapped; at 2026-01-01T00:00:00Z',
      'idle: active → suspended',
      'key (orders): active → suspended',
    ]);
  });

  it('says so when nothing depends on the target', () => {
    const alone: World = { ...world, nodes: [rootKey()], edges: [], unmapped: [] };
    expect(render(simulate(alone, { action: 'disable', targets: ['key'] }), 'table')).toBe(`\
disable of key (orders): safe
0 lost, 0 break now, 0 latent, 0 safe, 0 unmapped; at 2026-01-01T00:00:00Z
active → suspended

nothing depends on it
`);
  });

  it('holds escape sequences only when colour is asked for', () => {
    expect(render(disabled, 'table')).not.toContain('\u001b');
    const colored = render(disabled, 'table', { color: true });
    expect(colored).toContain('\u001b[31mbreaks\u001b[0m    secret (db-password)');
    expect(
      colored
        .split('\u001b[')
        .map((part, index) => (index === 0 ? part : part.slice(part.indexOf('m') + 1)))
        .join(''),
    ).toBe(render(disabled, 'table'));
  });
});

describe('the Markdown', () => {
  it('is a comment with what matters first and the rest folded', () => {
    expect(render(disabled, 'markdown')).toBe(`\
### Keyquake: disable of \`key\`: **breaks**

0 lost, 2 break now, 2 latent, 0 safe, 1 unmapped. At 2026-01-01T00:00:00Z.

- \`key\` (orders): active → suspended

| severity | dependant | status | loses | undo |
| --- | --- | --- | --- | --- |
| breaks | \`secret\`<br>db-password<br>used by \`billing-service\`, \`reports\` | active → sealed | secret.read, secret.read-metadata, secret.update-metadata, 5 more | enable the key |
| breaks | \`sm\`<br>secrets | active → sealed | secret.list, secret.create, secret.read, 7 more | enable the key |
| latent \\[1\\] | \`attached\`<br>boot data | available | snapshot, instance.start | enable the key |
| latent \\[1\\] | \`volume\`<br>data | available | attach, snapshot | enable the key |

<details>
<summary>1 unmapped: no finding speaks about it</summary>

- \`ibm_cos_bucket.b\`: there is no rule for ibm\\_cos\\_bucket yet, and it depends on key \\(through key\\_protect\\)

</details>

\\[1\\] The documents differ: the volume stays available while its key is disabled; or the volume becomes unusable with the reason encryption\\_key\\_disabled (ibm-vpc.md 4.8 item 1 \\(table A is used: the volume API has no such reason code\\)).
`);
  });

  it('gives the remedy of a refusal and folds what is safe', () => {
    const text = render(refused, 'markdown');
    expect(text).toContain(
      '- `key` (orders): refused: the key protects 3 registered resources. Because of `attached`, `sm`, `volume`. Remedy: delete the protected resources first, or force the deletion and lose what the key protects.\n',
    );
    expect(text).toContain('<details>\n<summary>4 dependants are safe</summary>\n\n| severity');
  });
});

describe('text of the source', () => {
  const hostile = 'x\u001b[2J\r\n| `a` | [b](http://c) <img src=d>\u202e*e* @f';
  const report = simulate(
    { ...world, nodes: world.nodes.map((node) => (node.id === 'volume' ? volume({ name: hostile }) : node)) },
    { action: 'disable', targets: ['key'] },
  );

  it('cannot control a terminal', () => {
    const table = render(report, 'table');
    expect(table).toContain('volume (x�[2J | `a` |');
    for (const character of ['\u001b', '\u202e', '\r']) expect(table).not.toContain(character);
  });

  it('cannot format, link or break the table of a comment', () => {
    const line = render(report, 'markdown')
      .split('\n')
      .find((one) => one.includes('`volume`'));
    expect(line).toBe(
      '| latent \\[1\\] | `volume`<br>x�\\[2J \\| \\`a\\` \\| \\[b\\]\\(http://c\\) &lt;img src=d&gt;�\\*e\\* \\@f | available | attach, snapshot | enable the key |',
    );
  });

  it('cannot leave a code span', () => {
    const named = authorization({ id: 'a`|`b\nc', name: 'n' });
    const other = simulate(
      { ...world, nodes: [...world.nodes, named] },
      { action: 'revoke-authorization', targets: [named.id] },
    );
    expect(render(other, 'markdown').split('\n')[0]).toBe(
      '### Keyquake: revoke-authorization of `aˋ¦ˋb c`: **safe**',
    );
  });
});

describe('the JSON', () => {
  const ajv = addFormats(new Ajv({ allErrors: true, allowUnionTypes: true }));

  it('is the report, and fits the published schema', () => {
    for (const report of [disabled, refused]) {
      const parsed: unknown = JSON.parse(render(report, 'json'));
      expect(parsed).toEqual(report);
      expect(ajv.validate(reportSchema, parsed)).toBe(true);
    }
  });

  it('has a schema that lets nothing else through', () => {
    const wrong: readonly Partial<Record<keyof Report | 'extra', unknown>>[] = [
      { ...disabled, extra: 1 },
      { ...disabled, verdict: 'fine' },
      { ...disabled, at: 'today' },
      { ...disabled, findings: [{ ...disabled.findings[0], severity: undefined }] },
      { ...disabled, counts: { lost: -1 } },
    ];
    for (const report of wrong)
      expect(ajv.validate(reportSchema, JSON.parse(JSON.stringify(report)))).toBe(false);
  });

  it('has a schema that knows every action and severity', () => {
    expect(reportSchema.properties.action.enum).toEqual([...actions]);
    expect(reportSchema.definitions.severity.enum).toEqual([...severities]);
  });
});

describe('formats', () => {
  it('are table, json and markdown', () => {
    expect(reportFormats).toEqual(['table', 'json', 'markdown']);
    expect(isReportFormat('markdown')).toBe(true);
    expect(isReportFormat('toString')).toBe(false);
  });
});

describe('a threshold', () => {
  it.each<[Severity, readonly Severity[]]>([
    ['lost', ['lost', 'breaks', 'latent', 'safe']],
    ['breaks', ['breaks', 'latent', 'safe']],
    ['latent', ['latent', 'safe']],
    ['safe', ['safe']],
  ])('a verdict of %s reaches %j', (verdict, reached) => {
    expect(severities.filter((threshold) => verdictReaches({ verdict }, threshold))).toEqual(reached);
  });
});
