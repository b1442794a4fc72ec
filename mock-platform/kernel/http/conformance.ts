/**
 * Whether what is sent is what the schemas say, with the option `verifyResponses`: a wrong mock becomes an internal
 * error instead of a quiet lie.
 */
import type { Violation } from '../errors';
import type { Answer, Input, JsonSchema, Operation } from '../operation';
import { Validator } from '../validation';

/** Names the operation, and path and rule of what is wrong with its answer; never a value. */
export class NonconformingAnswerError extends Error {
  override readonly name = 'NonconformingAnswerError';
  constructor(what: string, violations: readonly Violation[]) {
    const rules = violations.map(({ path, rule }) => `${path === '' ? 'the body' : path} ${rule}`);
    super(`${what}: ${rules.join('; ')}`);
  }
}

let validator: Validator | undefined;

/** One for the process, so that a schema is compiled once however many platforms there are; made when first needed. */
function strict(): Validator {
  validator ??= new Validator({ lenient: false });
  return validator;
}

/** Throws {@link NonconformingAnswerError} for an answer that its operation does not declare. */
export function verifyAnswer(operation: Operation, input: Input<unknown>, answer: Answer): void {
  const broken = violationsOf(operation, input, answer);
  if (broken.length > 0) throw new NonconformingAnswerError(`the answer of ${operation.operation}`, broken);
}

function violationsOf({ response }: Operation, input: Input<unknown>, answer: Answer): Violation[] {
  const { status, body } = answer;
  if (body === undefined) {
    return response === undefined || mayBeEmpty(status, input) ? [] : [{ path: '', rule: 'is required' }];
  }
  if (status === 204) return [{ path: '', rule: 'is not permitted with status 204' }];
  if (response === undefined)
    return [{ path: '', rule: 'has no schema: the operation declares no response' }];
  return check(response, body);
}

/** With 204, or where the caller prefers a minimal answer (RFC 7240). */
function mayBeEmpty(status: number, { headers }: Input<unknown>): boolean {
  return status === 204 || /\breturn=minimal\b/.test(headers['prefer'] ?? '');
}

/** Throws {@link NonconformingAnswerError} for an error body that its dialect does not declare. */
export function verifyRefusal(name: string, schema: JsonSchema, body: object): void {
  const broken = check(schema, body);
  if (broken.length > 0) throw new NonconformingAnswerError(`the error body of ${name}`, broken);
}

/** Looks at the body as it goes over the wire: members that are undefined are not there. */
function check(schema: JsonSchema, body: unknown): Violation[] {
  return strict().check(schema, JSON.parse(JSON.stringify(body)));
}
