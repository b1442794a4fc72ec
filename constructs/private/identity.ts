import { DefaultTokenResolver, StringConcat, TerraformStack, Token, Tokenization } from 'cdktf';
import type { IConstruct } from 'constructs';

const known = new WeakMap<IConstruct, Map<string, string>>();

/**
 * What tells one thing of an app from all others: its id, or, where only Terraform knows that, the expression for it and
 * the stack that the expression is of. CDKTF writes a new token each time that an attribute is asked for, so the tokens
 * themselves do not tell. A construct keeps its identity even if its address changes afterwards.
 */
export function identityOf(construct: IConstruct, id: string): string {
  if (!Token.isUnresolved(id)) return id;
  const own = known.get(construct) ?? new Map<string, string>();
  known.set(construct, own);
  const identity = own.get(id) ?? expressionOf(construct, id);
  own.set(id, identity);
  return identity;
}

function expressionOf(construct: IConstruct, id: string): string {
  const resolver = new OriginsOfTokens();
  const textIn = (scope: IConstruct): string =>
    String(Tokenization.resolve(id, { scope, resolver, preparing: false }));
  textIn(construct);
  const [stack = TerraformStack.of(construct), ...others] = resolver.stacks;
  // Read where it comes from: elsewhere it has another form once that stack has been synthesized.
  const paths = [stack, ...others].map(({ node }) => node.path).sort();
  return `${textIn(stack)} of ${paths.join(', ')}`;
}

/** Resolves tokens and notes the stacks whose elements they refer to. */
class OriginsOfTokens extends DefaultTokenResolver {
  readonly stacks = new Set<TerraformStack>();

  constructor() {
    super(new StringConcat());
  }

  override resolveToken(
    ...[token, context, postProcessor]: Parameters<DefaultTokenResolver['resolveToken']>
  ): unknown {
    const { originStack } = token as { readonly originStack?: TerraformStack };
    if (originStack !== undefined) this.stacks.add(originStack);
    return super.resolveToken(token, context, postProcessor);
  }
}
