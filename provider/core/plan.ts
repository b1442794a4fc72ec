/**
 * The rules of planning, in one place: what a resource will look like, from its prior state and its configuration.
 *
 * Sources: terraform-plugin-protocol.md 4; for types with `legacyTypeSystem` the SDK of the vendor's provider
 * (hashicorp/terraform-plugin-sdk v2, `helper/schema/schema.go`, `helper/schema/grpc_provider.go`):
 *
 * | a value that the configuration leaves out | is planned as |
 * |---|---|
 * | attribute with a default | the default |
 * | computed, object is new | unknown |
 * | computed, object exists | its prior value |
 * | computed with `unknownOnUpdate`, and something changes | unknown |
 * | computed, without a prior value, something changes, not legacy | unknown |
 * | optional only | null |
 * | optional text of an element of a set, legacy | the empty text |
 * | optional and computed block, legacy | unknown when the object is new, else its prior value |
 * | any other block | no block |
 */
import { complete } from './complete';
import { sameValue, valueKey } from './equality';
import { fromJson } from './json';
import { elementOf, isAbsent, mapNested, memberOf } from './nested';
import { type AttributePath, pathName } from './path';
import type { DiffSuppressRequest, Resource } from './resource';
import type { Attribute, Block, NestedBlock, Nesting, Schema } from './schema';
import { blockType, nestedType } from './schema';
import { isBlank, sdkEquivalent, sdkUnchanged } from './sdk-equivalence';
import type { Configured } from './state';
import { unknownValue, type Value, type ValueList, type ValueObject } from './values';

export interface PlanRules extends Pick<Resource<ValueObject, unknown>, 'diffSuppress' | 'stateFunc'> {
  readonly schema: Schema;
  readonly legacy: boolean;
}

export interface PlanInput {
  /** Null when the resource is to be created. */
  readonly prior: ValueObject | null;
  /** The configuration with prior values in computed places, as Terraform merges them. */
  readonly proposed: ValueObject;
  readonly config: ValueObject;
}

/** The planned state, before the resource's own `modifyPlan`. */
export function planState(rules: PlanRules, input: PlanInput): ValueObject {
  const planner = new Planner(rules, input);
  const planned = complete(rules.schema.block, planner.block(rules.schema.block, topLevel(input)));
  return rules.legacy && input.prior ? sdkSettled(rules.schema, input.prior, planned) : planned;
}

/**
 * Makes computed attributes unknown that this update may set, once it is clear that there is one. To be called on the plan
 * that `modifyPlan` has seen; what it has decided stays.
 */
export function withUnknownsOnUpdate(rules: PlanRules, input: PlanInput, planned: ValueObject): ValueObject {
  const { schema, legacy } = rules;
  const { prior, config } = input;
  if (!prior || sameValue(schema.type, prior, planned)) return planned;
  const open = [...schema.block.attributes.values()].filter(({ name, type, computed, planning }) => {
    if (!computed || memberOf(config, name) !== null) return false;
    if (!sameValue(type, memberOf(prior, name), memberOf(planned, name))) return false;
    return planning.unknownOnUpdate || (!legacy && memberOf(prior, name) === null);
  });
  return { ...planned, ...Object.fromEntries(open.map(({ name }) => [name, unknownValue])) };
}

/**
 * The SDK reports "no change" when nothing but zero values or the `timeouts` block differs, and then the prior state
 * stays as it is.
 */
function sdkSettled(schema: Schema, prior: ValueObject, planned: ValueObject): ValueObject {
  const timeouts = prior.timeouts ?? null;
  const compared: ValueObject = 'timeouts' in planned ? { ...planned, timeouts } : planned;
  return sdkEquivalent(schema.type, prior, compared) ? prior : planned;
}

/** One place in a resource: what was there, what Terraform proposes, what the configuration says. */
interface Place {
  /** Null when the object around it is new. */
  readonly prior: Value;
  readonly proposed: Value;
  readonly config: Value;
  /** The object around it does not exist yet. */
  readonly fresh: boolean;
  /** Inside of a set, whose elements have no identity: hooks are not asked. */
  readonly inSet: boolean;
  readonly path: AttributePath;
}

function topLevel({ prior, proposed, config }: PlanInput): Place {
  return { prior, proposed, config, fresh: prior === null, inSet: false, path: [] };
}

class Planner {
  constructor(
    readonly rules: PlanRules,
    readonly input: PlanInput,
  ) {}

  block(block: Block, place: Place): ValueObject {
    const at = (name: string): Place => ({
      ...place,
      prior: memberOf(place.prior, name),
      proposed: memberOf(place.proposed, name),
      config: memberOf(place.config, name),
      path: [...place.path, { attribute: name }],
    });
    return Object.fromEntries([
      ...[...block.attributes.values()].map(
        (each) => [each.name, this.attribute(each, at(each.name))] as const,
      ),
      ...[...block.blocks.values()].map(
        (each) => [each.name, this.nestedBlock(each, at(each.name))] as const,
      ),
    ]);
  }

  attribute(attribute: Attribute, place: Place): Value {
    if (attribute.writeOnly) return null;
    const wanted = this.wanted(attribute, place);
    if (attribute.computed && this.leftOut(wanted, place)) return place.fresh ? unknownValue : place.prior;
    if (attribute.nested && wanted !== null) {
      return this.nested(attribute.nested.nesting, attribute.nested.block, { ...place, proposed: wanted });
    }
    if (!place.fresh && this.unchanged(attribute, place.prior, wanted)) return place.prior;
    return this.suppressed({ ...place, proposed: wanted }) ? place.prior : wanted;
  }

  /** The default where the configuration says nothing; the configured value in the form in which it is stored. */
  private wanted(attribute: Attribute, place: Place): Value {
    const { default: byDefault } = attribute.planning;
    if (place.config === null && byDefault !== undefined && byDefault !== null) {
      return fromJson(attribute.type, byDefault, place.path);
    }
    const isBlankText =
      this.rules.legacy && place.inSet && attribute.type === 'string' && !attribute.computed;
    if (isBlankText && place.proposed === null) return '';
    const stored = this.rules.stateFunc?.[pathName(place.path)];
    const known = place.proposed !== null && place.proposed !== unknownValue;
    return stored && known ? stored(place.proposed) : place.proposed;
  }

  /** The SDK takes `""` for "not set" where a value can be computed, and an empty collection too in a new object. */
  private leftOut(wanted: Value, place: Place): boolean {
    if (wanted === null) return true;
    return this.rules.legacy && (wanted === '' || (place.fresh && isBlank(wanted)));
  }

  private unchanged(attribute: Attribute, prior: Value, wanted: Value): boolean {
    return this.rules.legacy
      ? sdkUnchanged(attribute.type, prior, wanted)
      : sameValue(attribute.type, prior, wanted);
  }

  private suppressed(place: Place): boolean {
    const { prior: state, config } = this.input;
    const hook = this.rules.diffSuppress?.[pathName(place.path)];
    if (!hook || !state || place.inSet) return false;
    const request: DiffSuppressRequest<ValueObject> = {
      path: place.path,
      prior: place.prior,
      planned: place.proposed,
      state,
      config: config as Configured<ValueObject>,
    };
    return hook(request);
  }

  private nestedBlock(nested: NestedBlock, place: Place): Value {
    if (this.rules.legacy && nested.computed && isAbsent(place.proposed)) {
      return place.fresh ? unknownValue : place.prior;
    }
    const planned = this.nested(nested.nesting, nested.block, place);
    const type = nestedType(nested.nesting, nested.block);
    const differs = !place.fresh && !sameValue(type, place.prior, planned);
    return differs && this.suppressed({ ...place, proposed: planned }) ? place.prior : planned;
  }

  private nested(nesting: Nesting, block: Block, place: Place): Value {
    if (place.proposed === unknownValue) return unknownValue;
    if (nesting === 'set') return this.set(block, place);
    if (nesting === 'list') {
      const elements = (place.proposed ?? []) as ValueList;
      return elements.map((proposed, index) =>
        this.element(block, {
          ...place,
          proposed,
          prior: elementOf(place.prior, index),
          config: elementOf(place.config, index),
          path: [...place.path, { index }],
        }),
      );
    }
    if (nesting === 'map') {
      return Object.fromEntries(
        Object.entries((place.proposed ?? {}) as ValueObject).map(([key, proposed]) => [
          key,
          this.element(block, {
            ...place,
            proposed,
            prior: memberOf(place.prior, key),
            config: memberOf(place.config, key),
            path: [...place.path, { key }],
          }),
        ]),
      );
    }
    return this.element(block, place);
  }

  private element(block: Block, place: Place): Value {
    if (place.proposed === null || place.proposed === unknownValue) return place.proposed;
    return this.block(block, { ...place, fresh: place.prior === null });
  }

  /** An element that would not change an element of the prior set is that element; all others are new. */
  private set(block: Block, place: Place): Value {
    const type = blockType(block);
    const before = Array.isArray(place.prior) ? (place.prior as ValueList) : [];
    const remaining = new Map<string, Value>(before.map((prior) => [valueKey(type, prior), prior]));
    const take = (key: string, prior: Value): Value => {
      remaining.delete(key);
      return prior;
    };
    return mapNested('set', place.proposed ?? [], (proposed) => {
      const key = valueKey(type, proposed);
      if (remaining.has(key)) return take(key, proposed);
      const plan = (prior: Value): Value =>
        this.element(block, { ...place, prior, proposed, config: proposed, inSet: true });
      const match = [...remaining].find(([, prior]) => sameValue(type, plan(prior), prior));
      return match ? take(...match) : plan(null);
    });
  }
}
