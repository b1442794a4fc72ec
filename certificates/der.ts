/** As much of ASN.1's distinguished encoding as a certificate needs (ITU-T X.690). */

export type Der = Uint8Array;

const tags = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  objectIdentifier: 0x06,
  utf8String: 0x0c,
  utcTime: 0x17,
  sequence: 0x30,
  set: 0x31,
} as const;

/** A value with its tag and length. `tag` beyond the universal ones: `0x80 | n` for [n], `0xa0 | n` for [n] with parts. */
export function tagged(tag: number, ...parts: readonly Der[]): Der {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag, ...lengthOctets(content.length)]), content]);
}

function lengthOctets(length: number): readonly number[] {
  if (length < 0x80) return [length];
  const octets: number[] = [];
  for (let rest = length; rest > 0; rest >>= 8) octets.unshift(rest & 0xff);
  return [0x80 | octets.length, ...octets];
}

export function sequence(...parts: readonly Der[]): Der {
  return tagged(tags.sequence, ...parts);
}

export function set(...parts: readonly Der[]): Der {
  return tagged(tags.set, ...parts);
}

/** A whole number, not negative, from its big-endian octets. */
export function integer(octets: Uint8Array): Der {
  const significant = octets.subarray(
    Math.max(
      0,
      octets.findIndex((octet) => octet !== 0),
    ),
  );
  const [first = 0] = significant;
  return tagged(tags.integer, Buffer.from(first & 0x80 ? [0] : []), significant);
}

export function bool(value: boolean): Der {
  return tagged(tags.boolean, Buffer.from([value ? 0xff : 0]));
}

export function utf8(text: string): Der {
  return tagged(tags.utf8String, Buffer.from(text));
}

export function octets(content: Der): Der {
  return tagged(tags.octetString, content);
}

/** `unused` bits at the end of the last octet do not count. */
export function bits(content: Uint8Array, unused = 0): Der {
  return tagged(tags.bitString, Buffer.from([unused]), content);
}

/** An object identifier from its dotted form, `2.5.29.17`. */
export function oid(dotted: string): Der {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return tagged(tags.objectIdentifier, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

function base128(arc: number): readonly number[] {
  const octets = [arc & 0x7f];
  for (let rest = arc >> 7; rest > 0; rest >>= 7) octets.unshift(0x80 | (rest & 0x7f));
  return octets;
}

/** A point in time before 2050, to the second, from RFC 3339 text in UTC. */
export function utcTime(rfc3339: string): Der {
  return tagged(tags.utcTime, Buffer.from(`${rfc3339.replace(/\D/g, '').slice(2, 14)}Z`));
}
