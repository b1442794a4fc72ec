/** Members of JSON that a source holds as text, some of it perhaps not known yet. */
import { type Json, member } from './json';
import { type Attribute, absent, type UnknownAttribute } from './resource';

/** Stands for an unknown piece inside the text; two characters that JSON of a configuration never holds. */
const mark = (index: number): string => `\uE000${index}\uE001`;

/**
 * The member of the object that the text is the JSON of. Unknown text is parsed around its unknown pieces when the
 * source shows them; otherwise the member is as unknown as the text.
 */
export function memberOfJsonText(text: Attribute, name: string): Attribute {
  if (text.kind === 'absent') return absent;
  if (text.kind === 'known') {
    const value = member(parsed(typeof text.value === 'string' ? text.value : ''), name);
    return value === undefined || value === null
      ? absent
      : { kind: 'known', value, sensitive: text.sensitive };
  }
  const { pieces } = text;
  if (!pieces) return text;
  const whole = pieces.map((piece, index) => (typeof piece === 'string' ? piece : mark(index))).join('');
  const object = parsed(whole);
  if (object === undefined) return text;
  const value = member(object, name);
  if (value === undefined || value === null) return absent;
  return typeof value === 'string' ? unmarked(value, pieces) : { kind: 'known', value, sensitive: false };
}

function unmarked(value: string, pieces: readonly (string | UnknownAttribute)[]): Attribute {
  const inside = pieces.filter(
    (piece, index): piece is UnknownAttribute => typeof piece !== 'string' && value.includes(mark(index)),
  );
  if (inside.length === 0) return { kind: 'known', value, sensitive: false };
  return {
    kind: 'unknown',
    origins: inside.flatMap(({ origins }) => origins),
    problems: inside.flatMap(({ problems }) => problems),
  };
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
