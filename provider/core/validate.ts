/**
 * Checks of a configuration: rules of the facts, validators of the resource, attributes that are not emulated. What is
 * not known yet is never judged.
 *
 * Source: hashicorp/terraform-plugin-sdk v2, `helper/schema/schema.go` (validate); design.md 4, rule 4.
 */
import { hasUnknown } from './complete';
import { Diagnostics } from './diagnostics';
import { DurationFormatError, parseGoDuration } from './durations';
import { elementOf, isAbsent, memberOf } from './nested';
import { isNumber, numberText } from './numbers';
import { type AttributePath, pathName, pathText } from './path';
import { Relations } from './relations';
import type { Attribute, Block, NestedBlock, Nesting, Schema } from './schema';
import { validatorFor } from './validator-rules';
import type { Subject, Validator } from './validators';
import { DynamicValue, unknownValue, type Value, type ValueList, type ValueObject } from './values';

export interface ValidationRules {
  readonly schema: Schema;
  /** The resource's own, by attribute name. */
  readonly validators: Readonly<Record<string, Validator>>;
  /** Names of attributes and blocks. */
  readonly notEmulated: readonly string[];
  /** Whether the client keeps write-only values out of plan and state: Terraform 1.11 and later. */
  readonly writeOnlyAllowed: boolean;
  /** The SDK of the vendor's provider takes no null in a list. */
  readonly legacy: boolean;
}

/** Diagnostics of everything that the schema's rules find. */
export function validateConfig(rules: ValidationRules, config: ValueObject): Diagnostics {
  const diagnostics = new Diagnostics();
  const validation = new Validation(rules, config, diagnostics);
  validation.block(rules.schema.block, { value: config, path: [], name: '', inSet: undefined });
  return diagnostics;
}

interface Place {
  readonly value: Value;
  readonly path: AttributePath;
  /** The path as facts write it: `boot_volume.0.name`. */
  readonly name: string;
  /** The path of the set around it, whose elements have no path of their own. */
  readonly inSet: AttributePath | undefined;
}

class Validation {
  private readonly relations: Relations;
  private readonly byRule: ReadonlyMap<string, Validator>;

  constructor(
    private readonly rules: ValidationRules,
    config: ValueObject,
    private readonly diagnostics: Diagnostics,
  ) {
    this.relations = new Relations(rules.schema.block, config);
    this.byRule = new Map(rules.schema.validators.map((facts) => [facts.attribute, validatorFor(facts)]));
  }

  block(block: Block, place: Place): void {
    const at = (name: string): Place => ({
      ...place,
      value: memberOf(place.value, name),
      path: [...place.path, { attribute: name }],
      name: place.name === '' ? name : `${place.name}.${name}`,
    });
    for (const attribute of block.attributes.values()) this.attribute(attribute, at(attribute.name));
    for (const nested of block.blocks.values()) this.nestedBlock(nested, at(nested.name));
  }

  private attribute(attribute: Attribute, place: Place): void {
    if (!this.related(attribute, place, place.value === null)) return;
    if (place.value === null) return;
    if (!attribute.required && !attribute.optional) {
      this.unconfigurable(place);
      return;
    }
    if (place.value === unknownValue) return;
    this.emulated(place);
    if (attribute.writeOnly) this.writeOnly(place);
    this.items(attribute, place);
    if (attribute.nested) {
      this.elements(attribute.nested.nesting, attribute.nested.block, place);
      return;
    }
    this.values(attribute, place);
  }

  private nestedBlock(nested: NestedBlock, place: Place): void {
    if (!this.related(nested, place, isAbsent(place.value))) return;
    if (isAbsent(place.value) || place.value === unknownValue) return;
    this.emulated(place);
    if (place.path.length === 1 && nested.name === 'timeouts') this.timeouts(place);
    this.elements(nested.nesting, nested.block, place);
  }

  /** False when the attribute is in the wrong company, or missing: then its value is not looked at. */
  private related(subject: Attribute | NestedBlock, place: Place, absent: boolean): boolean {
    const { planning } = subject;
    const alternative = this.relations.alternatives(planning, place.name);
    const complaint =
      alternative ??
      (absent
        ? planning.required
          ? {
              summary: 'Missing required argument',
              detail: `The argument "${place.name}" is required, but no definition was found.`,
            }
          : undefined
        : this.relations.companions(planning, place.name));
    if (complaint) this.complain(place, complaint.summary, complaint.detail);
    return !complaint;
  }

  private elements(nesting: Nesting, block: Block, place: Place): void {
    const { value } = place;
    if (nesting === 'list' || nesting === 'set') {
      (value as ValueList).forEach((_, index) => {
        const inSet = nesting === 'set' ? (place.inSet ?? place.path) : place.inSet;
        this.element(block, {
          value: elementOf(value, index),
          path: [...place.path, { index }],
          name: `${place.name}.${index}`,
          inSet,
        });
      });
    } else if (nesting === 'map') {
      for (const key of Object.keys(value as ValueObject)) {
        const path = [...place.path, { key }];
        this.element(block, { ...place, value: memberOf(value, key), path, name: `${place.name}.${key}` });
      }
    } else {
      this.element(block, place);
    }
  }

  private element(block: Block, place: Place): void {
    if (place.value !== null && place.value !== unknownValue) this.block(block, place);
  }

  /** Only the provider fills it. */
  private unconfigurable(place: Place): void {
    this.complain(
      place,
      'Value for unconfigurable attribute',
      `Can't configure a value for "${place.name}": its value will be decided automatically based on the result of applying this configuration.`,
    );
  }

  private emulated(place: Place): void {
    const name = pathName(place.path);
    if (!this.rules.notEmulated.includes(name)) return;
    this.complain(
      place,
      'Attribute is not emulated',
      `"${name}" of ${this.rules.schema.typeName} has no effect here, so it is refused instead of being ignored. ` +
        'Leave it out for runs against the platform.',
    );
  }

  private writeOnly(place: Place): void {
    if (this.rules.writeOnlyAllowed) return;
    this.complain(
      place,
      'Write-only attribute is not possible here',
      `"${place.name}" must not be written to a state, which this version of Terraform would do; use Terraform 1.11 or later`,
    );
  }

  private items({ planning }: Attribute, place: Place): void {
    if (!Array.isArray(place.value) || hasUnknown(place.value)) return;
    const { length } = place.value as ValueList;
    const { minItems = 0, maxItems = 0 } = planning;
    if (maxItems > 0 && length > maxItems) {
      const detail = `"${place.name}" takes at most ${maxItems} items; there are ${length}`;
      this.complain(place, 'Too many list items', detail);
    }
    if (length < minItems) {
      const detail = `"${place.name}" needs at least ${minItems} items; there are ${length}`;
      this.complain(place, 'Not enough list items', detail);
    }
  }

  private values(attribute: Attribute, place: Place): void {
    const attributeName = pathName(place.path);
    const validators = [this.rules.validators[attributeName], this.byRule.get(attributeName)].filter(
      (each) => each !== undefined,
    );
    const inSet = place.inSet ?? (attribute.type[0] === 'set' ? place.path : undefined);
    for (const each of this.primitives({ ...place, inSet })) {
      const shown = attribute.sensitive || attribute.writeOnly ? 'a sensitive value' : show(each.value);
      const name = JSON.stringify(pathText(each.inSet ?? each.path));
      const subject: Subject = { name, key: each.name, shown };
      if (attribute.planning.type === 'int') this.whole(each, subject);
      for (const validator of validators) {
        const complaint = validator(each.value, subject);
        if (complaint) this.complain(each, complaint.summary, complaint.detail);
      }
    }
  }

  /** The value itself, or each element of a list, set or map of primitive values. */
  private primitives(place: Place): readonly Place[] {
    const { value } = place;
    if (Array.isArray(value)) {
      return (value as ValueList).flatMap((element, index) => {
        const path = [...place.path, { index }];
        if (element === null && this.rules.legacy) {
          this.complain(
            { ...place, path },
            'Null value found in list',
            `"${place.name}" takes no null elements`,
          );
        }
        return this.primitives({ ...place, value: element, path, name: `${place.name}.${index}` });
      });
    }
    if (value === null || value === unknownValue) return [];
    if (typeof value !== 'object' || isNumber(value) || value instanceof DynamicValue) return [place];
    return Object.entries(value).flatMap(([key, element]) =>
      this.primitives({
        ...place,
        value: element,
        path: [...place.path, { key }],
        name: `${place.name}.${key}`,
      }),
    );
  }

  private whole(place: Place, { name, shown }: Subject): void {
    if (!isNumber(place.value) || Number.isSafeInteger(place.value)) return;
    this.complain(
      place,
      `Attribute must be a whole number, got ${shown}`,
      `${name} must be a whole number within ±(2^53 - 1); got ${shown}`,
    );
  }

  private timeouts(place: Place): void {
    for (const [operation, text] of Object.entries(place.value as ValueObject)) {
      if (typeof text !== 'string') continue;
      try {
        parseGoDuration(text);
      } catch (error) {
        if (!(error instanceof DurationFormatError)) throw error;
        const path = [...place.path, { attribute: operation }];
        this.complain({ ...place, path }, 'Invalid timeout', error.message);
      }
    }
  }

  private complain(place: Place, summary: string, detail: string): void {
    this.diagnostics.error(summary, detail, place.inSet ?? place.path);
  }
}

function show(value: Value): string {
  return isNumber(value) ? numberText(value) : JSON.stringify(value);
}
