/**
 * The floating-point types of model files, little-endian: F32, F16 and BF16.
 */
import { floatToBfloat, floatToHalf, halves } from './half.ts';

export type FloatType = 'F32' | 'F16' | 'BF16';

/** Bytes of a number of each type. */
export const floatBytes: Readonly<Record<FloatType, number>> = { F32: 4, F16: 2, BF16: 2 };

/** The numbers in bytes that hold nothing else. */
export function decodeFloats(type: FloatType, bytes: Uint8Array): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const floats = new Float32Array(bytes.length / floatBytes[type]);
  if (type === 'F32') for (let i = 0; i < floats.length; i++) floats[i] = view.getFloat32(4 * i, true);
  else if (type === 'F16') {
    const values = halves();
    for (let i = 0; i < floats.length; i++) floats[i] = values[view.getUint16(2 * i, true)]!;
  } else {
    const words = new Uint32Array(floats.buffer);
    for (let i = 0; i < words.length; i++) words[i] = view.getUint16(2 * i, true) << 16;
  }
  return floats;
}

/** The bytes of numbers, each rounded to the nearest that the type has. */
export function encodeFloats(type: FloatType, floats: Float32Array): Uint8Array {
  const bytes = new Uint8Array(floats.length * floatBytes[type]);
  const view = new DataView(bytes.buffer);
  if (type === 'F32') for (const [i, float] of floats.entries()) view.setFloat32(4 * i, float, true);
  else {
    const convert = type === 'F16' ? floatToHalf : floatToBfloat;
    for (const [i, float] of floats.entries()) view.setUint16(2 * i, convert(float), true);
  }
  return bytes;
}
