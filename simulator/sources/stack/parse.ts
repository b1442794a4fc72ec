/** Reading of templates and expressions. Throws {@link SyntaxProblem}; the message never quotes the text. */
import { type Expression, type ForExpression, SyntaxProblem, splatItem } from './syntax';

/** A string of a JSON configuration: text with `${…}` in it. */
export function parseTemplate(text: string): Expression {
  return new Reader(text).template(undefined);
}

/** Loosest first. */
const binaryOperators: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['==', '!='],
  ['<=', '>=', '<', '>'],
  ['+', '-'],
  ['*', '/', '%'],
];

const identifier = /[\p{ID_Start}_][\p{ID_Continue}-]*/uy;
const functionName = /[\p{ID_Start}_][\p{ID_Continue}-]*(?:::[\p{ID_Start}_][\p{ID_Continue}-]*)*(?=\s*\()/uy;
const number = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };

class Reader {
  private at = 0;

  constructor(private readonly text: string) {}

  /** Up to the closing quote, which is left unread, or to the end of the text when there is none. */
  template(quote: '"' | undefined): Expression {
    const parts: Expression[] = [];
    let literal = '';
    const flush = (): void => {
      if (literal !== '') parts.push({ form: 'literal', value: literal });
      literal = '';
    };
    while (this.at < this.text.length && this.text[this.at] !== quote) {
      if (this.skips('$${')) literal += '${';
      else if (this.skips('%%{')) literal += '%{';
      else if (this.skips('${')) {
        flush();
        parts.push(this.interpolation());
      } else if (this.text.startsWith('%{', this.at))
        throw new SyntaxProblem('it holds a template directive');
      else literal += quote === undefined ? this.character() : this.escapedCharacter();
    }
    flush();
    const [only] = parts;
    if (only === undefined) return { form: 'literal', value: '' };
    return parts.length === 1 ? only : { form: 'template', parts };
  }

  private interpolation(): Expression {
    this.skips('~');
    const inner = this.expression();
    this.space();
    this.skips('~');
    this.expect('}');
    return inner;
  }

  private character(): string {
    const character = this.text[this.at] ?? '';
    this.at += 1;
    return character;
  }

  private escapedCharacter(): string {
    const character = this.character();
    if (character !== '\\') return character;
    const escaped = this.character();
    const length = { u: 4, U: 8 }[escaped];
    if (length === undefined) {
      const plain = escapes[escaped];
      if (plain === undefined) throw new SyntaxProblem('it holds an unknown escape');
      return plain;
    }
    const code = this.text.slice(this.at, this.at + length);
    this.at += length;
    return String.fromCodePoint(Number.parseInt(code, 16));
  }

  expression(): Expression {
    const condition = this.binary(0);
    if (!this.symbol('?')) return condition;
    const yes = this.expression();
    this.expect(':');
    return { form: 'conditional', condition, yes, no: this.expression() };
  }

  private binary(level: number): Expression {
    const operators = binaryOperators[level];
    if (operators === undefined) return this.unary();
    let left = this.binary(level + 1);
    for (;;) {
      const operator = operators.find((one) => this.symbol(one));
      if (operator === undefined) return left;
      left = { form: 'binary', operator, left, right: this.binary(level + 1) };
    }
  }

  private unary(): Expression {
    const operator = ['!', '-'].find((one) => this.symbol(one));
    return operator === undefined ? this.traversal() : { form: 'unary', operator, of: this.unary() };
  }

  private traversal(): Expression {
    return this.steps(this.term());
  }

  /** Everything that may follow a term: `.name`, `.0`, `[key]`, `[*]`, `.*`. */
  private steps(start: Expression): Expression {
    let of = start;
    for (;;) {
      if (this.symbol('[*]') || this.symbol('.*')) {
        return { form: 'splat', of, each: this.steps({ form: 'name', name: splatItem }) };
      }
      if (this.symbol('[')) {
        of = { form: 'index', of, key: this.expression() };
        this.expect(']');
      } else if (this.symbol('.')) {
        const index = this.match(/\d+/y);
        of =
          index === undefined
            ? { form: 'member', of, name: this.name() }
            : { form: 'index', of, key: { form: 'literal', value: Number(index) } };
      } else return of;
    }
  }

  private term(): Expression {
    this.space();
    if (this.symbol('(')) {
      const inner = this.expression();
      this.expect(')');
      return inner;
    }
    if (this.symbol('[')) return this.list();
    if (this.symbol('{')) return this.object();
    if (this.symbol('"')) return this.quoted();
    const digits = this.match(number);
    if (digits !== undefined) return { form: 'literal', value: Number(digits) };
    const called = this.match(functionName);
    if (called !== undefined) return this.call(called);
    const name = this.name();
    if (name === 'true' || name === 'false') return { form: 'literal', value: name === 'true' };
    return name === 'null' ? { form: 'literal', value: null } : { form: 'name', name };
  }

  private quoted(): Expression {
    const template = this.template('"');
    this.expect('"');
    return template;
  }

  private call(name: string): Expression {
    this.expect('(');
    const args: Expression[] = [];
    while (!this.symbol(')')) {
      args.push(this.expression());
      this.symbol('...');
      if (!this.symbol(',')) {
        this.expect(')');
        break;
      }
    }
    return { form: 'call', name, args };
  }

  private list(): Expression {
    if (this.keyword('for')) return this.forExpression(']');
    const items: Expression[] = [];
    while (!this.symbol(']')) {
      items.push(this.expression());
      if (!this.symbol(',')) {
        this.expect(']');
        break;
      }
    }
    return { form: 'list', items };
  }

  private object(): Expression {
    if (this.keyword('for')) return this.forExpression('}');
    const members: [Expression, Expression][] = [];
    while (!this.symbol('}')) {
      const key = this.expression();
      if (!this.symbol('=')) this.expect(':');
      members.push([key.form === 'name' ? { form: 'literal', value: key.name } : key, this.expression()]);
      this.symbol(',');
    }
    return { form: 'object', members };
  }

  private forExpression(end: ']' | '}'): ForExpression {
    const first = this.name();
    const second = this.symbol(',') ? this.name() : undefined;
    if (!this.keyword('in')) throw new SyntaxProblem('a for expression has no in');
    const of = this.expression();
    this.expect(':');
    const head = this.expression();
    const result = this.symbol('=>') ? this.expression() : undefined;
    const grouped = this.symbol('...');
    const condition = this.keyword('if') ? this.expression() : undefined;
    this.expect(end);
    return {
      form: 'for',
      key: second === undefined ? undefined : first,
      value: second ?? first,
      of,
      resultKey: result && head,
      result: result ?? head,
      condition,
      grouped,
    };
  }

  private name(): string {
    this.space();
    const name = this.match(identifier);
    if (name === undefined) throw new SyntaxProblem('it is not understood');
    return name;
  }

  private keyword(word: string): boolean {
    this.space();
    const follows = /[\p{ID_Continue}-]/u.test(this.text[this.at + word.length] ?? '');
    return !follows && this.skips(word);
  }

  /** Skips a symbol after white space; `=` is not the beginning of `==` or `=>`, nor `!` of `!=`. */
  private symbol(symbol: string): boolean {
    this.space();
    const next = this.text[this.at + symbol.length] ?? '';
    if ((symbol === '=' && /[=>]/.test(next)) || (symbol === '!' && next === '=')) return false;
    if (symbol === '.' && next === '.') return false;
    return this.skips(symbol);
  }

  private expect(symbol: string): void {
    this.space();
    if (!this.skips(symbol)) throw new SyntaxProblem('it is not understood');
  }

  private skips(text: string): boolean {
    if (!this.text.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }

  private space(): void {
    this.match(/(?:\s|#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y);
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const [found] = pattern.exec(this.text) ?? [];
    if (found === undefined) return undefined;
    this.at += found.length;
    return found;
  }
}
