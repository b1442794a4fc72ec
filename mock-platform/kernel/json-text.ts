/**
 * JSON text of files that people write. What is wrong is told by its place: the parser of the runtime quotes the text
 * around it, which may hold a secret.
 */

export class JsonTextError extends Error {
  override readonly name = 'JsonTextError';
  /** Both counted from 1. */
  constructor(
    readonly line: number,
    readonly column: number,
  ) {
    super(`it is not JSON from line ${line}, column ${column} on`);
  }
}

/** What the grammar (RFC 8259) lets stand next. */
type Wanted = 'value' | 'value or ]' | 'name' | 'name or }' | ':' | ', or end' | 'nothing';

const whitespace = /[ \t\n\r]*/y;
const lexemes =
  /[{}[\],:]|"(?:[^"\\\p{Cc}]|[\x7f-\x9f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/uy;

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

function afterValue(open: readonly string[]): Wanted {
  return open.length === 0 ? 'nothing' : ', or end';
}

function afterBracket(lexeme: string, wanted: Wanted, open: string[]): Wanted | undefined {
  if (lexeme === '{' || lexeme === '[') {
    if (!wanted.startsWith('value')) return undefined;
    open.push(lexeme === '{' ? '}' : ']');
    return lexeme === '{' ? 'name or }' : 'value or ]';
  }
  const mayEnd = wanted === ', or end' || wanted.endsWith(lexeme);
  return mayEnd && open.pop() === lexeme ? afterValue(open) : undefined;
}

/** What may stand after `lexeme`; undefined when it may not stand there itself. `open` holds the ends still to come. */
function next(lexeme: string, wanted: Wanted, open: string[]): Wanted | undefined {
  if ('{}[]'.includes(lexeme)) return afterBracket(lexeme, wanted, open);
  if (lexeme === ':') return wanted === ':' ? 'value' : undefined;
  if (lexeme === ',') return wanted === ', or end' ? (open.at(-1) === '}' ? 'name' : 'value') : undefined;
  if (wanted.startsWith('name')) return lexeme.startsWith('"') ? ':' : undefined;
  return wanted.startsWith('value') ? afterValue(open) : undefined;
}

/** Where the first lexeme begins that cannot stand where it stands; the text's length when it only ends too early. */
function errorOffset(text: string): number {
  const open: string[] = [];
  let wanted: Wanted = 'value';
  for (let at = 0; ; ) {
    at += matchAt(whitespace, text, at)?.length ?? 0;
    const lexeme = matchAt(lexemes, text, at);
    const following: Wanted | undefined = lexeme === undefined ? undefined : next(lexeme, wanted, open);
    if (lexeme === undefined || following === undefined) return at;
    wanted = following;
    at += lexeme.length;
  }
}

/** Throws {@link JsonTextError} for text that is not JSON. */
export function parseJsonText(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    const lines = text.slice(0, errorOffset(text)).split('\n');
    throw new JsonTextError(lines.length, (lines.at(-1)?.length ?? 0) + 1);
  }
}
