/**
 * Reads request bodies. The content type is not asked: Key Protect's Go client sends none
 * (ibm-control-plane.md 1.6), and sends the literal `null` where it means "no body".
 */
import type { Request } from 'express';
import { type ErrorDialect, type RequestFault, ServiceError } from '../errors';
import type { Operation } from '../operation';
import type { Validator } from '../validation';

export const bodyLimit = 4 * 1024 * 1024;

/** The client hung up in the middle of its request: there is nobody left to answer. */
export class ClientGoneError extends Error {
  override readonly name = 'ClientGoneError';
}

function fail(dialect: ErrorDialect, fault: RequestFault): never {
  throw new ServiceError(dialect.problemOf(fault));
}

/**
 * Reads the raw bytes; a body over {@link bodyLimit} is refused before it is kept. Throws {@link ClientGoneError} when
 * the connection ends before the body does.
 */
export async function readBytes(request: Request, dialect: ErrorDialect): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length <= bodyLimit) chunks.push(chunk);
    }
  } catch (error) {
    if (request.complete) throw error;
    throw new ClientGoneError('the client hung up before its body was read', { cause: error });
  }
  if (length > bodyLimit) fail(dialect, { kind: 'body-too-large', limit: bodyLimit });
  return Buffer.concat(chunks);
}

/** The body as the operation wants it, validated; `undefined` where it takes none or none came. */
export function readBody(
  operation: Operation,
  bytes: Buffer,
  dialect: ErrorDialect,
  validator: Validator,
): unknown {
  const { body: rule } = operation;
  if (rule.kind === 'none') return undefined;
  const value = rule.kind === 'form' ? parseForm(bytes) : parseJson(bytes, dialect);
  if (value === undefined) {
    if (rule.kind === 'json' && !rule.required) return undefined;
    fail(dialect, { kind: 'body-missing' });
  }
  const violations = validator.check(rule.schema, value);
  if (violations.length > 0) fail(dialect, { kind: 'body-invalid', violations });
  return value;
}

function parseForm(bytes: Buffer): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(bytes.toString('utf8')));
}

function parseJson(bytes: Buffer, dialect: ErrorDialect): unknown {
  const text = bytes.toString('utf8').trim();
  if (text === '' || text === 'null') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // The parser's own message quotes the text, which may hold a secret.
    return fail(dialect, { kind: 'body-malformed', detail: 'the body is not valid JSON' });
  }
}
