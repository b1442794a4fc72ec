import { parseDuration, parseInstant } from '../../../domain/time';
import {
  isAction,
  QuestionError,
  type Report,
  render,
  SelectionError,
  SourceError,
  selectTargets,
  simulate,
  type World,
  worldFromText,
} from '../../../simulator';
import { defineDataSource } from '../../core/data-source';
import { DiagnosticError } from '../../core/diagnostics';
import { attributePath } from '../../core/path';
import { exchange } from '../../ibm/client/http';
import type { KeyquakeClient } from '../client';
import facts from '../schema/data-sources/keyquake_impact.json';

/** What an action on a key would take down, asked of the running platform. */
export interface ImpactData {
  readonly id: string | null;
  readonly key: string;
  readonly action: string;
  readonly at: string | null;
  readonly verdict: string | null;
  readonly findings: readonly Readonly<Record<string, string>>[] | null;
  readonly unmapped: readonly { readonly address: string; readonly reason: string }[] | null;
  readonly report_json: string | null;
}

function refuse(summary: string, detail: string, attribute?: keyof ImpactData): DiagnosticError {
  return new DiagnosticError({
    summary,
    detail,
    ...(attribute ? { attribute: attributePath(attribute) } : {}),
  });
}

async function observe({ platformUrl }: KeyquakeClient, signal: AbortSignal): Promise<World> {
  if (platformUrl === undefined) {
    throw refuse(
      'No platform to ask',
      "keyquake_impact reads a running platform: set url in the provider block, or KEYQUAKE_URL. For a plan or a state use 'keyquake impact'.",
    );
  }
  const { body } = await exchange({ method: 'GET', url: `${platformUrl}/_keyquake/graph`, signal });
  const origin = `${platformUrl}/_keyquake/graph`;
  return worldFromText(JSON.stringify(body), origin, parseInstant((body as World).at));
}

/** `at` is counted from the platform's own time. */
function moment(world: World, at: string | null): number | undefined {
  if (!at) return undefined;
  try {
    return parseInstant(world.at) + parseDuration(at);
  } catch (error) {
    throw refuse('Not a duration', error instanceof Error ? error.message : String(error), 'at');
  }
}

function ask(world: World, { key, action, at }: ImpactData): Report {
  if (!isAction(action)) throw refuse('Unknown action', `'${action}' is no action on a key.`, 'action');
  try {
    const targets = selectTargets(world, key, action);
    return simulate(world, { action, targets, at: moment(world, at) });
  } catch (error) {
    if (error instanceof SelectionError) throw refuse('No such key', error.message, 'key');
    if (error instanceof QuestionError)
      throw refuse('Not a question for this world', error.message, 'action');
    throw error;
  }
}

export const impact = defineDataSource<ImpactData, KeyquakeClient>({
  facts,
  async read({ client, config, signal }) {
    try {
      const report = ask(await observe(client, signal), config);
      return {
        state: {
          id: `${config.action}:${report.targets.map(({ crn, id }) => crn ?? id).join(',')}`,
          verdict: report.verdict,
          findings: report.findings.map(({ address, kind, name, before, after, severity, rule, source }) => ({
            address,
            kind,
            name,
            before,
            after,
            severity,
            rule,
            source,
          })),
          unmapped: report.unmapped,
          report_json: render(report, 'json'),
        },
      };
    } catch (error) {
      if (error instanceof SourceError) throw refuse('The platform answered no world', error.message);
      throw error;
    }
  },
});
