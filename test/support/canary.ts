/** Finds a secret in anything that was written or sent, in the forms in which one gets out: clear and encoded. */

interface Form {
  readonly form: string;
  readonly bytes: Buffer;
}

/**
 * Base64 of the secret wherever it stands in a longer text: three alignments, without the digits at either end that its
 * neighbours decide about.
 */
function insideBase64(secret: Buffer, encoding: 'base64' | 'base64url'): readonly Form[] {
  return [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), secret, Buffer.alloc(3)]).toString(encoding);
    const from = Math.ceil((shift * 8) / 6);
    const to = Math.floor(((shift + secret.length) * 8) / 6);
    return { form: `${encoding} at ${shift}`, bytes: Buffer.from(text.slice(from, to)) };
  });
}

function formsOf(secret: Buffer): readonly Form[] {
  const text = secret.toString('utf8');
  const isText = Buffer.from(text).equals(secret);
  const hex = secret.toString('hex');
  return [
    { form: 'clear', bytes: secret },
    ...insideBase64(secret, 'base64'),
    ...insideBase64(secret, 'base64url'),
    { form: 'hex', bytes: Buffer.from(hex) },
    { form: 'HEX', bytes: Buffer.from(hex.toUpperCase()) },
    { form: 'percent', bytes: Buffer.from(hex.replace(/../g, (byte) => `%${byte}`)) },
    ...(isText
      ? [
          { form: 'URL', bytes: Buffer.from(encodeURIComponent(text)) },
          { form: 'form', bytes: Buffer.from(String(new URLSearchParams({ v: text })).slice(2)) },
          { form: 'JSON', bytes: Buffer.from(JSON.stringify(text).slice(1, -1)) },
          { form: 'HTML', bytes: Buffer.from(text.replace(/&/g, '&amp;').replace(/</g, '&lt;')) },
          { form: 'UTF-16', bytes: Buffer.from(text, 'utf16le') },
        ]
      : []),
  ];
}

/** A line for each secret that the place holds, with the form; secrets by name. */
export function leaksIn(
  place: string,
  content: Buffer | string,
  secrets: Readonly<Record<string, Buffer>>,
): readonly string[] {
  const haystack = Buffer.isBuffer(content) ? content : Buffer.from(content);
  return Object.entries(secrets).flatMap(([name, secret]) =>
    formsOf(secret)
      .filter(({ bytes }) => haystack.includes(bytes))
      .map(({ form }) => `${place} holds ${name} (${form})`),
  );
}
