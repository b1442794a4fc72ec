/**
 * A source that cannot be read. One line: what, value, rule, remedy. It never quotes the content of the source, which
 * may hold secrets.
 */
export class SourceError extends Error {
  override readonly name = 'SourceError';
}
