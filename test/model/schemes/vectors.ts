import { readFileSync } from 'node:fs';
import type { FloatMatrix } from '../../../model/schemes/index.ts';

/** An array as make-vectors.py writes it. */
interface Plain {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly base64: string;
}

type Named = Readonly<Record<string, Plain>>;

/** A layer, and what PyTorch and transformers made of it under each scheme. */
export interface VectorCase {
  readonly kind: string;
  readonly weights: Plain;
  readonly inputs: Plain;
  readonly b158: Named;
  readonly bitnet: Named;
  readonly onebit: Named;
}

const file = new URL('vectors.json', import.meta.url);
export const vectors: { readonly madeWith: Record<string, string>; readonly cases: readonly VectorCase[] } =
  JSON.parse(readFileSync(file, 'utf8'));

const types = {
  float32: Float32Array,
  float64: Float64Array,
  int8: Int8Array,
  uint8: Uint8Array,
} as const;

/** The numbers of an array. */
export function numbersOf(plain: Plain | undefined): number[] {
  const { dtype, base64 } = plain!;
  const { buffer } = Uint8Array.from(Buffer.from(base64, 'base64'));
  if (dtype === 'int64') return Array.from(new BigInt64Array(buffer), Number);
  return Array.from(new types[dtype as keyof typeof types](buffer));
}

export function matrixOf(plain: Plain): FloatMatrix {
  const [rows = 0, columns = 0] = plain.shape;
  return { rows, columns, data: Float32Array.from(numbersOf(plain)) };
}

/** How many roundings of float32 two numbers are apart. */
export function roundingsApart(a: number, b: number): number {
  if (a === b) return 0;
  const exponent = Math.floor(Math.log2(Math.max(Math.abs(a), Math.abs(b))));
  return Math.abs(a - b) / 2 ** (exponent - 23);
}
