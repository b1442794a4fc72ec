/**
 * A resource as any Terraform source shows it: a synthesized stack, a plan or a state. Resource types are mapped to
 * nodes and links through this shape alone, which is why they need no knowledge of where a value came from.
 */
import type { Json } from './json';

/** Where a value that is not known yet comes from: an attribute of a resource, or the whole of it. */
export interface Origin {
  /** {@link SourceResource.id} */
  readonly resource: string;
  readonly attribute?: string | undefined;
}

/** A value that apply will decide. `problems` say, one clause each, why some of its origins cannot be followed. */
export interface UnknownAttribute {
  readonly kind: 'unknown';
  readonly origins: readonly Origin[];
  readonly problems: readonly string[];
  /** When it is text with unknown pieces in it: the pieces in order. */
  readonly pieces?: readonly (string | UnknownAttribute)[];
}

export interface KnownAttribute {
  readonly kind: 'known';
  /** Never null. */
  readonly value: Json;
  /** The source marks it sensitive: it may be compared, never shown. */
  readonly sensitive: boolean;
}

export type Attribute =
  /** Null, not configured, or left to the provider. */
  { readonly kind: 'absent' } | KnownAttribute | UnknownAttribute;

export const absent: Attribute = { kind: 'absent' };

/** What an attribute or block refers to, however deep inside. */
export interface Mentions {
  /** Known text, as far as the source does not mark it sensitive. */
  readonly texts: readonly string[];
  readonly origins: readonly Origin[];
  readonly problems: readonly string[];
}

/** Arguments and nested blocks of a resource, or of one nested block. */
export interface Body {
  /** `read('parameters', 'kms_key')`: the value at a path; list items are addressed by number. */
  read(...path: readonly string[]): Attribute;
  /** Nested blocks of that name, in the order of the source. */
  blocks(name: string): readonly Body[];
  /** Names of all attributes and blocks that have, or will have, a value. */
  names(): readonly string[];
  /** `name` is an attribute or block of this body. */
  mentions(name: string): Mentions;
}

export interface SourceResource extends Body {
  /** Unique in the source: the address, behind `stack/` when the source has several stacks. */
  readonly id: string;
  /** Terraform's address, `module.a["x"].ibm_kms_key.orders[0]`. */
  readonly address: string;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  /** Terraform's name of the resource, without instance key. */
  readonly name: string;
}

/** A known, showable string; undefined for anything else. */
export function showable(attribute: Attribute): string | undefined {
  return attribute.kind === 'known' && !attribute.sensitive && typeof attribute.value === 'string'
    ? attribute.value
    : undefined;
}

/** Whether it has a value: the providers read an empty string as none. */
export function isSet(attribute: Attribute): boolean {
  return attribute.kind === 'unknown' || (attribute.kind === 'known' && attribute.value !== '');
}
