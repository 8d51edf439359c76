/*
 * IEEE binary16 in double precision, where products and sums of two such numbers are exact. Subnormals are zeros of
 * their sign, and every NaN is 7e00.
 */

/** The number that 16 bits stand for. */
export function halfToNumber(bits: number): number {
  const sign = bits >> 15 === 0 ? 1 : -1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return exponent === 0 ? sign * 0 : sign * (1024 + fraction) * 2 ** (exponent - 25);
}

/** A number rounded to nearest, ties to even. */
export function halfOf(value: number): number {
  if (Number.isNaN(value)) return 0x7e00;
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  if (value === 0) return sign;
  let scaled = Math.abs(value);
  if (scaled === Number.POSITIVE_INFINITY) return sign | 0x7c00;
  let exponent = 25;
  for (; scaled >= 2048; exponent++) scaled /= 2;
  for (; scaled < 1024; exponent--) scaled *= 2;
  const below = Math.floor(scaled);
  const rest = scaled - below;
  const significand = below + Number(rest > 0.5 || (rest === 0.5 && below % 2 === 1));
  // A significand of 2048 adds one to the exponent.
  const bits = (exponent << 10) + significand - 1024;
  if (bits < 1 << 10) return sign;
  return sign | Math.min(bits, 0x7c00);
}

/** One multiply-add, rounded twice. */
export function halfMultiplyAdd(x: number, w: number, c: number): number {
  const product = halfOf(halfToNumber(x) * halfToNumber(w));
  return halfOf(halfToNumber(product) + halfToNumber(c));
}
