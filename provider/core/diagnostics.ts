/**
 * Errors and warnings are values. What goes wrong in a resource becomes diagnostics with the path of the attribute it
 * is about; nothing is thrown through gRPC, which Terraform would report as a crash of the plugin.
 */
import type { AttributePath } from './path';

export interface Diagnostic {
  readonly severity: 'error' | 'warning';
  /** One line: what is wrong. */
  readonly summary: string;
  /** The value, the rule it breaks and the remedy. Never a secret. */
  readonly detail: string;
  /** The attribute it is about; absent when it is about the whole resource. */
  readonly attribute?: AttributePath;
}

/** Collects diagnostics during one request. */
export class Diagnostics {
  readonly #items: Diagnostic[] = [];

  error(summary: string, detail: string, attribute?: AttributePath): void {
    this.add({ severity: 'error', summary, detail, ...(attribute && { attribute }) });
  }

  warning(summary: string, detail: string, attribute?: AttributePath): void {
    this.add({ severity: 'warning', summary, detail, ...(attribute && { attribute }) });
  }

  add(...diagnostics: readonly Diagnostic[]): void {
    this.#items.push(...diagnostics);
  }

  get hasErrors(): boolean {
    return this.#items.some((item) => item.severity === 'error');
  }

  get items(): readonly Diagnostic[] {
    return this.#items;
  }
}

/** Thrown by a resource's functions to end the operation; reported as the diagnostics that it carries. */
export class DiagnosticError extends Error {
  override readonly name = 'DiagnosticError';
  readonly diagnostics: readonly Diagnostic[];

  constructor(...diagnostics: readonly Omit<Diagnostic, 'severity'>[]) {
    super(diagnostics.map((item) => `${item.summary}: ${item.detail}`).join('\n'));
    this.diagnostics = diagnostics.map((item) => ({ severity: 'error', ...item }));
  }
}

/** What an error thrown by a resource means to the user. `doing` names the operation: `create ibm_kms_key`. */
export function diagnosticsOf(thrown: unknown, doing: string): readonly Diagnostic[] {
  if (thrown instanceof DiagnosticError) return thrown.diagnostics;
  return [{ severity: 'error', summary: `Could not ${doing}`, detail: messageOf(thrown) }];
}

/** The message of whatever was thrown: not everything with a message is an `Error` of this realm. */
export function messageOf(thrown: unknown): string {
  if (typeof thrown === 'object' && thrown !== null && 'message' in thrown) return String(thrown.message);
  return String(thrown);
}
