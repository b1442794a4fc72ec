/**
 * Schemas as data. `wire` is what Terraform sees (the JSON that `terraform providers schema -json` prints); `planning`
 * adds what the protocol does not carry. The vendor's facts come in this form, hand-written schemas are written in it.
 *
 * Everything that a JSON import widens (`"string"` becomes `string`) is typed widely here and checked by
 * {@link fromFacts} in `schema.ts`.
 */

export interface TypeFacts {
  /** Terraform type name, `ibm_kms_key`. */
  readonly type: string;
  readonly wire: WireSchema;
  readonly planning?: PlanningFacts;
}

/** The provider's own configuration block. */
export interface ProviderFacts {
  readonly wire: WireSchema;
  readonly planning?: { readonly [attribute: string]: AttributeFacts };
}

export interface WireSchema {
  readonly version: number;
  readonly block: WireBlock;
}

export interface WireBlock {
  readonly attributes?: { readonly [name: string]: WireAttribute };
  readonly block_types?: { readonly [name: string]: WireNestedBlock };
  readonly description?: string;
  readonly deprecated?: boolean;
}

export interface WireAttribute {
  /** A `CtyType`; absent when `nested_type` says it. */
  readonly type?: unknown;
  readonly nested_type?: WireNestedType;
  readonly description?: string;
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
  readonly sensitive?: boolean;
  readonly deprecated?: boolean;
  readonly write_only?: boolean;
}

export interface WireNestedType {
  readonly attributes: { readonly [name: string]: WireAttribute };
  /** `single`, `list`, `set` or `map`. */
  readonly nesting_mode: string;
}

export interface WireNestedBlock {
  /** `single`, `list`, `set`, `map` or `group`. */
  readonly nesting_mode: string;
  readonly block: WireBlock;
  readonly min_items?: number;
  readonly max_items?: number;
}

export interface PlanningFacts {
  readonly attributes?: { readonly [name: string]: AttributeFacts };
  readonly importable?: boolean;
  /** Go durations, `10m0s`, by operation: the defaults of the `timeouts` block. */
  readonly timeouts?: { readonly [operation: string]: string };
  readonly validators?: readonly ValidatorFacts[];
  /** The vendor computes parts of the plan in code: the resource needs `modifyPlan`. */
  readonly customizeDiff?: boolean;
  readonly noCreate?: boolean;
  readonly noUpdate?: boolean;
}

/** What planning and validation know of one attribute or nested block. */
export interface AttributeFacts {
  /** `string`, `int`, `float`, `bool`, `list`, `set` or `map`. `int` values are whole numbers within 2^53. */
  readonly type?: string;
  readonly elem?: unknown;
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
  readonly sensitive?: boolean;
  readonly deprecated?: boolean;
  readonly default?: unknown;
  /** A change of it replaces the resource. */
  readonly forceNew?: boolean;
  /** A computed attribute that every update sets anew, so that its planned value is unknown. */
  readonly unknownOnUpdate?: boolean;
  /** The vendor suppresses differences in code: the resource needs an entry in `diffSuppress`. */
  readonly diffSuppress?: boolean;
  /** The vendor rewrites the configured value in code: the resource needs an entry in `stateFunc`. */
  readonly stateFunc?: boolean;
  /** The vendor validates it: by a rule in `validators`, or the resource needs an entry in its own `validators`. */
  readonly validated?: boolean;
  readonly minItems?: number;
  readonly maxItems?: number;
  /** Paths like `boot_volume.0.snapshot`, from the top of the resource. */
  readonly conflictsWith?: readonly string[];
  readonly exactlyOneOf?: readonly string[];
  readonly atLeastOneOf?: readonly string[];
  readonly requiredWith?: readonly string[];
  readonly block?: { readonly [name: string]: AttributeFacts };
}

export interface ValidatorFacts {
  /** Name of an attribute, with dots through blocks: `allowed_use.api_version`. */
  readonly attribute: string;
  readonly rule: string;
  readonly regexp?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  /** Decimal text. */
  readonly minValue?: string;
  readonly maxValue?: string;
  /** Separated by commas. */
  readonly allowedValues?: string;
}
