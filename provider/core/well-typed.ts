/** The last check of what a resource returned: a mistake in a mapping must not lose the object it is about. */
import { hasUnknown } from './complete';
import type { Diagnostics } from './diagnostics';
import { encodeValue, ValueTypeError } from './msgpack';
import type { Schema } from './schema';
import type { Value, ValueObject } from './values';

/** What was returned, without members that are of a wrong type, unknown or not in the schema: each is an error. */
export function wellTyped(schema: Schema, returned: object, diagnostics: Diagnostics): ValueObject {
  const kept = Object.entries(returned).filter(([name, value]) => {
    const complaint = value === undefined ? undefined : mistake(schema, name, value);
    if (complaint === undefined) return value !== undefined;
    const detail = `${schema.typeName}: ${complaint}. This is a mistake in the provider.`;
    diagnostics.error('Provider returned a wrong value', detail, [{ attribute: name }]);
    return false;
  });
  return Object.fromEntries(kept);
}

function mistake(schema: Schema, name: string, value: Value): string | undefined {
  const type = schema.type[1][name];
  if (type === undefined) return `${name} is not in the schema`;
  if (hasUnknown(value)) return `${name} is not known`;
  try {
    encodeValue(['object', { [name]: type }], { [name]: value });
    return undefined;
  } catch (error) {
    if (error instanceof ValueTypeError) return error.message;
    throw error;
  }
}
