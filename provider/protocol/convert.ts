/** Between the messages of the protocol and the values of the core. */
import type { Instant } from '../../domain/time';
import type { Diagnostic } from '../core/diagnostics';
import { fromJson, parseExactJson } from '../core/json';
import { decodeValue, encodeValue } from '../core/msgpack';
import type { AttributePath } from '../core/path';
import type { PrivateData } from '../core/resource';
import type { CtyType } from '../core/types';
import type { Value, ValueObject } from '../core/values';
import type * as wire from './gen/tfplugin6';

const noBytes = Buffer.alloc(0);

/** Reads MessagePack or JSON, whichever the client sent. Throws `ValueTypeError`. */
export function decodeDynamic(type: CtyType, value: wire.DynamicValue | undefined): Value {
  if (!value) return null;
  if (value.msgpack.length > 0) return decodeValue(type, value.msgpack);
  return value.json.length > 0 ? fromJson(type, parseExactJson(value.json.toString())) : null;
}

/** A whole state or configuration: an object, or null. */
export function decodeObject(type: CtyType, value: wire.DynamicValue | undefined): ValueObject | null {
  return decodeDynamic(type, value) as ValueObject | null;
}

export function encodeDynamic(type: CtyType, value: Value): wire.DynamicValue {
  const bytes = encodeValue(type, value);
  return { msgpack: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), json: noBytes };
}

/** Values of the protocol's enum. */
const severities = { error: 1, warning: 2 } as const;

export function encodeDiagnostics(diagnostics: readonly Diagnostic[]): wire.Diagnostic[] {
  return diagnostics.map(({ severity, summary, detail, attribute }) => ({
    severity: severities[severity],
    summary,
    detail,
    attribute: attribute && encodePath(attribute),
  }));
}

export function encodePath(path: AttributePath): wire.AttributePath {
  return {
    steps: path.map((step) => {
      if ('attribute' in step) return { selector: { $case: 'attributeName', attributeName: step.attribute } };
      if ('key' in step) return { selector: { $case: 'elementKeyString', elementKeyString: step.key } };
      return { selector: { $case: 'elementKeyInt', elementKeyInt: step.index } };
    }),
  };
}

export function decodePrivate(bytes: Buffer | undefined): PrivateData | undefined {
  return bytes && bytes.length > 0 ? (JSON.parse(bytes.toString()) as PrivateData) : undefined;
}

export function encodePrivate(data: PrivateData | undefined): Buffer {
  return data ? Buffer.from(JSON.stringify(data)) : noBytes;
}

export function encodeTimestamp(instant: Instant | undefined): wire.Timestamp | undefined {
  if (instant === undefined) return undefined;
  const seconds = Math.floor(instant / 1_000);
  return { seconds, nanos: Math.round((instant - seconds * 1_000) * 1e6) };
}
