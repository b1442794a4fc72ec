/**
 * Exact decimal numbers. Terraform computes with 512-bit precision and takes the decimal text of a number at its word,
 * so a number that JavaScript cannot print back exactly is kept as text.
 */
import type { TerraformNumber } from './values';

const decimalForm = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;

export class NumberFormatError extends Error {
  override readonly name = 'NumberFormatError';
}

/** A number that is neither exactly a JavaScript number nor whole. Its text is canonical: equal numbers, equal text. */
export class Decimal {
  constructor(readonly text: string) {}

  toString(): string {
    return this.text;
  }

  toJSON(): string {
    return this.text;
  }
}

interface Scientific {
  readonly negative: boolean;
  /** Without leading or trailing zeros; empty for zero. */
  readonly digits: string;
  /** The value is `0.digits × 10^exponent`. */
  readonly exponent: number;
}

function scientific(text: string): Scientific {
  const match = decimalForm.exec(text);
  const whole = match?.[2] ?? '';
  const fraction = match?.[3] ?? '';
  if (!match || whole + fraction === '') {
    throw new NumberFormatError(`'${text}' is not a decimal number; write it like 12, -0.5 or 1e6`);
  }
  const all = whole + fraction;
  const significant = all.replace(/^0+/, '');
  const digits = significant.replace(/0+$/, '');
  if (digits === '') return { negative: false, digits, exponent: 0 };
  const exponent = Number(match[4] ?? 0) + whole.length - (all.length - significant.length);
  return { negative: match[1] === '-', digits, exponent };
}

function same(a: Scientific, b: Scientific): boolean {
  return a.negative === b.negative && a.digits === b.digits && a.exponent === b.exponent;
}

/** Beyond this many digits a whole number stays in scientific form: writing `1e999999` out would serve nobody. */
const longestInteger = 1_000;

/** Reads decimal text exactly. Throws {@link NumberFormatError}. */
export function parseNumber(text: string): TerraformNumber {
  const value = scientific(text);
  const approximate = Number(text);
  if (Number.isFinite(approximate) && same(scientific(String(approximate)), value)) {
    // Adding 0 makes -0 the same as 0.
    if (!Number.isInteger(approximate) || Number.isSafeInteger(approximate)) return approximate + 0;
  }
  const sign = value.negative ? '-' : '';
  if (value.exponent >= value.digits.length && value.exponent <= longestInteger) {
    return BigInt(sign + value.digits.padEnd(value.exponent, '0'));
  }
  return new Decimal(`${sign}0.${value.digits}e${value.exponent}`);
}

/** The exact value of a binary floating-point number, which may have more digits than JavaScript prints. */
export function fromFloat(float: number): TerraformNumber {
  if (Number.isSafeInteger(float)) return float === 0 ? 0 : float;
  if (Number.isInteger(float)) return BigInt(float);
  let scale = 0;
  let scaled = float;
  while (!Number.isInteger(scaled) && scale < 1_074) {
    scaled *= 2;
    scale += 1;
  }
  if (!Number.isInteger(scaled)) throw new NumberFormatError(`${float} is not a finite number`);
  // scaled / 2^scale = scaled × 5^scale / 10^scale
  return parseNumber(`${BigInt(scaled) * 5n ** BigInt(scale)}e-${scale}`);
}

/** Decimal text that {@link parseNumber}, Terraform and JSON all read as the same number. */
export function numberText(value: TerraformNumber): string {
  return String(value);
}

export function isNumber(value: unknown): value is TerraformNumber {
  return typeof value === 'number' || typeof value === 'bigint' || value instanceof Decimal;
}

export function isWhole(value: TerraformNumber): boolean {
  return typeof value === 'bigint' || (typeof value === 'number' && Number.isInteger(value));
}

/** Negative, zero or positive as `a` is below, equal to or above `b`. */
export function compareNumbers(a: TerraformNumber, b: TerraformNumber): number {
  const left = scientific(numberText(a));
  const right = scientific(numberText(b));
  if (same(left, right)) return 0;
  const leftSign = signOf(left);
  const rightSign = signOf(right);
  if (leftSign !== rightSign) return leftSign - rightSign;
  const larger =
    left.exponent === right.exponent ? (left.digits > right.digits ? 1 : -1) : left.exponent - right.exponent;
  return larger * leftSign;
}

function signOf(value: Scientific): number {
  if (value.digits === '') return 0;
  return value.negative ? -1 : 1;
}
