/** Expressions of the Terraform language, as a synthesized stack holds them in `${…}`. */
export type Expression =
  | { readonly form: 'literal'; readonly value: string | number | boolean | null }
  /** Text with expressions in it. */
  | { readonly form: 'template'; readonly parts: readonly Expression[] }
  | { readonly form: 'name'; readonly name: string }
  | { readonly form: 'member'; readonly of: Expression; readonly name: string }
  | { readonly form: 'index'; readonly of: Expression; readonly key: Expression }
  /** `of[*].a.b`: `each` is the expression applied to every item, which it calls by {@link splatItem}. */
  | { readonly form: 'splat'; readonly of: Expression; readonly each: Expression }
  | { readonly form: 'call'; readonly name: string; readonly args: readonly Expression[] }
  | {
      readonly form: 'conditional';
      readonly condition: Expression;
      readonly yes: Expression;
      readonly no: Expression;
    }
  | { readonly form: 'unary'; readonly operator: string; readonly of: Expression }
  | {
      readonly form: 'binary';
      readonly operator: string;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly form: 'list'; readonly items: readonly Expression[] }
  | { readonly form: 'object'; readonly members: readonly (readonly [Expression, Expression])[] }
  | ForExpression;

export interface ForExpression {
  readonly form: 'for';
  readonly key?: string | undefined;
  readonly value: string;
  readonly of: Expression;
  /** Undefined for a list. */
  readonly resultKey?: Expression | undefined;
  readonly result: Expression;
  readonly condition?: Expression | undefined;
  readonly grouped: boolean;
}

/** No name of the language: it cannot clash. */
export const splatItem = '*';

/** The text is no expression of the language, or one of a kind that is not read (directives, here-documents). */
export class SyntaxProblem extends Error {
  override readonly name = 'SyntaxProblem';
}
