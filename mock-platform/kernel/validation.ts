/** Request validation by JSON Schema (Ajv): strict by default, lenient drops only the refusal of unknown fields. */
import Ajv2020, { type ErrorObject, type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import type { Violation } from './errors';
import type { JsonSchema } from './operation';

function dottedPath(error: ErrorObject): string {
  const path = error.instancePath.split('/').slice(1).join('.');
  const child =
    error.keyword === 'additionalProperties'
      ? String(error.params['additionalProperty'])
      : error.keyword === 'unevaluatedProperties'
        ? String(error.params['unevaluatedProperty'])
        : error.keyword === 'required'
          ? String(error.params['missingProperty'])
          : undefined;
  if (child === undefined) return path;
  return path === '' ? child : `${path}.${child}`;
}

/** The broken rule in plain words. Never the value: it may be a secret. */
function ruleOf(error: ErrorObject): string {
  switch (error.keyword) {
    case 'additionalProperties':
    case 'unevaluatedProperties':
      return 'is not a known field';
    case 'required':
      return 'is required';
    case 'enum':
      return `must be one of ${(error.params['allowedValues'] as unknown[]).join(', ')}`;
    case 'const':
      return `must be ${JSON.stringify(error.params['allowedValue'])}`;
    default:
      return error.message ?? 'is not valid';
  }
}

const unknownFieldRules = new Set(['additionalProperties', 'unevaluatedProperties']);
/** Keywords that only sum up what their branches say. */
const summaries = new Set(['anyOf', 'oneOf', 'if']);

export class Validator {
  private readonly ajv: Ajv2020;
  private readonly compiled = new Map<JsonSchema, ValidateFunction>();

  constructor(private readonly settings: { readonly lenient: boolean }) {
    this.ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true });
    addFormats(this.ajv);
  }

  /** Violations of `schema` in `value`; none when it is valid. */
  check(schema: JsonSchema, value: unknown): Violation[] {
    const validate = this.compile(schema);
    if (validate(value)) return [];
    const errors = (validate.errors ?? []).filter(
      (error) => !(this.settings.lenient && unknownFieldRules.has(error.keyword)),
    );
    const telling = errors.filter((error) => !summaries.has(error.keyword));
    return (telling.length > 0 ? telling : errors).map((error) => ({
      path: dottedPath(error),
      rule: ruleOf(error),
    }));
  }

  private compile(schema: JsonSchema): ValidateFunction {
    let validate = this.compiled.get(schema);
    if (!validate) {
      validate = this.ajv.compile(schema);
      this.compiled.set(schema, validate);
    }
    return validate;
  }
}
