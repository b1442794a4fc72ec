/** Parameters of a service instance: text in a configuration, JSON in a request (ibm-control-plane.md 3.1). */
import { invalidValue } from '../../core/complaint';
import type { Validator } from '../../core/validators';
import type { Value } from '../../core/values';

export interface ConfiguredParameters {
  readonly parameters: Readonly<Record<string, string>> | null;
  readonly parameters_json: string | null;
  readonly service_endpoints: string | null;
}

/** `"true"` becomes a boolean, `"[a,b]"` a list of texts, the rest stays text. */
function parameterOf(text: string): unknown {
  if (text === 'true' || text === 'false') return text === 'true';
  if (!text.startsWith('[') || !text.endsWith(']')) return text;
  const inner = text.slice(1, -1);
  return inner === '' ? [] : inner.split(',').map((item) => item.replace(/^"+|"+$/g, ''));
}

/** A member of `parameters_json` or `parameters` goes before `service_endpoints`. */
export function parametersOf(plan: ConfiguredParameters): Readonly<Record<string, unknown>> {
  const { parameters, parameters_json: json, service_endpoints: endpoints } = plan;
  const given = json
    ? (JSON.parse(json) as Record<string, unknown>)
    : Object.fromEntries(Object.entries(parameters ?? {}).map(([name, value]) => [name, parameterOf(value)]));
  return { ...(endpoints ? { 'service-endpoints': endpoints } : {}), ...given };
}

/** JSON as Go writes it: members in the order of their names, `<`, `>` and `&` escaped. */
export function goJson(value: unknown): string {
  const escapes: Readonly<Record<string, string>> = { '<': '\\u003c', '>': '\\u003e', '&': '\\u0026' };
  return JSON.stringify(sorted(value)).replace(/[<>&]/g, (sign) => escapes[sign] ?? sign);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(members.map(([name, member]) => [name, sorted(member)]));
}

/** The form in which `parameters_json` is planned and stored. What is no JSON is left to {@link isJsonObject}. */
export function normalizedJson(value: Value): Value {
  if (typeof value !== 'string' || value === '') return value;
  const parsed = parsedJson(value);
  return parsed === undefined ? value : goJson(parsed);
}

export const isJsonObject: Validator = (value, { name }) => {
  const parsed = value === '' ? {} : parsedJson(String(value));
  const isObject = typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed);
  return isObject
    ? undefined
    : invalidValue(`${name} must be a JSON object such as {"allowed_network":"private-only"}`);
};

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
