/**
 * Floating-point numbers of 16 bits. F16 is IEEE 754 binary16: a sign, 5 bits of exponent with bias 15, 10 bits of fraction.
 * BF16 is the upper half of a float32. Rounding is to the nearest, and to even where two are as near.
 */

const word = new DataView(new ArrayBuffer(4));
let table: Float32Array | undefined;

/** The numbers of all F16, by their bits. */
export function halves(): Float32Array {
  table ??= Float32Array.from({ length: 65_536 }, (_, bits) => valueOfHalf(bits));
  return table;
}

/** The number of an F16. */
export function halfToFloat(bits: number): number {
  return halves()[bits]!;
}

function valueOfHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1024 + fraction) * 2 ** (exponent - 25);
}

/** The nearest F16 to a number; beyond 65,519 it is infinite. */
export function floatToHalf(value: number): number {
  if (Number.isNaN(value)) return 0x7e00;
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const size = Math.abs(value);
  if (size >= 65_520) return sign | 0x7c00;
  // The exponent of the result decides what its last bit is worth; below 2^-14 that is 2^-24 throughout.
  const exponent = Math.max(-14, exponentOf(size));
  const units = roundToEven(size / 2 ** (exponent - 10));
  // A fraction that rounds up to the next power of two carries into the exponent by itself.
  return sign | (((exponent + 14) << 10) + units);
}

/** The nearest BF16 to a float32. */
export function floatToBfloat(value: number): number {
  if (Number.isNaN(value)) return 0x7fc0;
  word.setFloat32(0, value);
  const bits = word.getUint32(0);
  return Math.floor((bits + 0x7fff + ((bits >>> 16) & 1)) / 65_536);
}

/** The exponent e of a number from 0 up: 2^e <= size < 2^(e+1); far below for 0. */
function exponentOf(size: number): number {
  word.setFloat32(0, Math.fround(size));
  const exponent = ((word.getUint32(0) >>> 23) & 255) - 127;
  // Rounding to float32 may have reached the next power of two.
  return 2 ** exponent > size ? exponent - 1 : exponent;
}

function roundToEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
}
