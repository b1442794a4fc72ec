/**
 * Refusals. A service throws a {@link ServiceError} made by its own `errors.ts` catalogue; one place turns it into the
 * vendor's error body through the service's {@link ErrorDialect}.
 */
import type { JsonSchema } from './operation';

export interface Problem {
  /** HTTP status. */
  readonly status: number;
  /** The vendor's machine-readable code. */
  readonly code: string;
  /** The vendor's words, as its clients show them. */
  readonly message: string;
  readonly target?: { readonly type: string; readonly name: string; readonly value?: string };
  /** In plain words: what really stands in the way. Shown beside the vendor's message, never instead of it. */
  readonly cause?: string;
  /** In plain words: what to do about it. */
  readonly remedy?: string;
  /** The role that would have been enough, `Manager`; for the audit event, whatever the vendor's body says of it. */
  readonly missingRole?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Further members of the vendor's error body. */
  readonly details?: Readonly<Record<string, unknown>>;
}

export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  constructor(readonly problem: Problem) {
    super(problem.message);
  }
}

/** What is wrong with a request before any rule of the service is asked. */
export type RequestFault =
  | { readonly kind: 'body-malformed'; readonly detail: string }
  | { readonly kind: 'body-missing' }
  | { readonly kind: 'body-too-large'; readonly limit: number }
  | { readonly kind: 'body-invalid'; readonly violations: readonly Violation[] }
  | { readonly kind: 'parameter-invalid'; readonly violations: readonly Violation[] }
  | { readonly kind: 'header-invalid'; readonly violations: readonly Violation[] }
  | { readonly kind: 'not-emulated'; readonly operation: string }
  | { readonly kind: 'unauthenticated'; readonly reason: 'missing' | 'malformed' | 'invalid' | 'expired' }
  | { readonly kind: 'forbidden'; readonly role: string; readonly action: string }
  | { readonly kind: 'conflict' }
  | { readonly kind: 'internal' };

export interface Violation {
  /** Dotted path of the field, `volume.profile.name`; empty for the body as a whole. */
  readonly path: string;
  /** The broken rule in plain words: `must be a string`, `is not a known field`. */
  readonly rule: string;
}

export interface ErrorContext {
  readonly requestId: string;
  /** The vendor's operation id, where one was matched. */
  readonly operation: string | undefined;
}

/** How one vendor API speaks of errors and correlation. */
export interface ErrorDialect {
  /** Schema of the bodies that {@link render} answers. */
  readonly schema: JsonSchema;
  /** Request headers that carry the caller's correlation id, in order of preference; lower case. */
  readonly correlationHeaders: readonly string[];
  /** Response header that carries it back. */
  readonly responseHeader: string;
  problemOf(fault: RequestFault): Problem;
  /** The vendor's error body; the kernel adds {@link explanation} to it. */
  render(problem: Problem, context: ErrorContext): object;
}

/** The plain cause and remedy, which every error body carries: one extra member that vendor clients ignore. */
export function explanation(problem: Problem): { keyquake?: { cause?: string; remedy?: string } } {
  const { cause, remedy } = problem;
  if (cause === undefined && remedy === undefined) return {};
  return {
    keyquake: { ...(cause === undefined ? {} : { cause }), ...(remedy === undefined ? {} : { remedy }) },
  };
}
