/**
 * Validators of single values, for facts and for resources. A validator sees known, non-null values only; on a list, set
 * or map attribute it sees each element.
 */
import type { Value } from './values';

/** What is wrong with the value, or undefined. `name` is the attribute's path as the user writes it. */
export type Validator = (value: Value, name: string) => string | undefined;
