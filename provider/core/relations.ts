/**
 * Rules between attributes of one configuration: which exclude, need or stand in for each other. Unknown values are
 * given the benefit of the doubt, the configuration is checked again when they are known.
 *
 * Source: hashicorp/terraform-plugin-sdk v2, `helper/schema/schema.go` (validate).
 */
import type { Complaint } from './complaint';
import type { AttributeFacts } from './facts';
import { elementOf, isAbsent, memberOf } from './nested';
import type { Block } from './schema';
import { unknownValue, type Value, type ValueObject } from './values';

type Presence = 'set' | 'absent' | 'unknown';

/** The rules of one attribute or block, of which `name` is the path as in the facts: `boot_volume.0.snapshot`. */
export class Relations {
  constructor(
    readonly block: Block,
    readonly config: ValueObject,
  ) {}

  /** Checked whether or not the attribute itself is set. */
  alternatives(facts: AttributeFacts, name: string): Complaint | undefined {
    return this.exactlyOneOf(facts, name) ?? this.atLeastOneOf(facts, name);
  }

  /** Checked when the attribute is set. */
  companions(facts: AttributeFacts, name: string): Complaint | undefined {
    return this.requiredWith(facts, name) ?? this.conflictsWith(facts, name);
  }

  private exactlyOneOf(facts: AttributeFacts, name: string): Complaint | undefined {
    if (!facts.exactlyOneOf) return undefined;
    const names = group(facts.exactlyOneOf, name);
    const set = names.filter((each) => this.presence(each) === 'set');
    const unknown = names.some((each) => this.presence(each) === 'unknown');
    if (set.length === 0 && !unknown) {
      return {
        summary: 'Invalid combination of arguments',
        detail: `"${name}": one of ${list(names)} must be specified`,
      };
    }
    if (set.length < 2) return undefined;
    return {
      summary: 'Invalid combination of arguments',
      detail: `"${name}": only one of ${list(names)} can be specified, but ${list(set)} were specified.`,
    };
  }

  private atLeastOneOf(facts: AttributeFacts, name: string): Complaint | undefined {
    if (!facts.atLeastOneOf) return undefined;
    const names = group(facts.atLeastOneOf, name);
    if (names.some((each) => this.presence(each) !== 'absent')) return undefined;
    return {
      summary: 'Missing required argument',
      detail: `"${name}": one of ${list(names)} must be specified`,
    };
  }

  private requiredWith(facts: AttributeFacts, name: string): Complaint | undefined {
    if (!facts.requiredWith) return undefined;
    const names = group(facts.requiredWith, name);
    const missing = names.filter((each) => this.presence(each) === 'absent');
    if (missing.length === 0) return undefined;
    return {
      summary: 'Missing required argument',
      detail: `"${name}": all of ${list(names)} must be specified; ${list(missing)} is missing`,
    };
  }

  private conflictsWith(facts: AttributeFacts, name: string): Complaint | undefined {
    const other = facts.conflictsWith?.find((each) => this.presence(each) === 'set');
    if (other === undefined || this.presence(name) === 'unknown') return undefined;
    return { summary: 'Conflicting configuration arguments', detail: `"${name}": conflicts with ${other}` };
  }

  private presence(name: string): Presence {
    const { value, isBlock } = this.find(name);
    if (value === unknownValue) return 'unknown';
    return (isBlock ? isAbsent(value) : value === null) ? 'absent' : 'set';
  }

  private find(name: string): { readonly value: Value; readonly isBlock: boolean } {
    let value: Value = this.config;
    let block: Block | undefined = this.block;
    let isBlock = false;
    for (const step of name.split('.')) {
      if (/^\d+$/.test(step)) {
        value = elementOf(value, Number(step));
        isBlock = false;
      } else {
        const nested: { readonly block: Block } | undefined =
          block?.blocks.get(step) ?? block?.attributes.get(step)?.nested;
        isBlock = block?.blocks.has(step) ?? false;
        value = memberOf(value, step);
        block = nested?.block;
      }
    }
    return { value, isBlock };
  }
}

function group(others: readonly string[], name: string): readonly string[] {
  return [...new Set([...others, name])].sort();
}

function list(names: readonly string[]): string {
  return `\`${names.join(',')}\``;
}
