import { decodeFloats } from './packed/floats.ts';
import { decodeHfBitnet } from './packed/hf-bitnet.ts';
import { decodeI2s, i2sBlock } from './packed/i2s.ts';
import { decodeOneBit } from './packed/onebit.ts';
import { tqBlock } from './packed/tq-block.ts';
import { decodeTq1, tq1Bytes } from './packed/tq1.ts';
import { decodeTq2, tq2Bytes } from './packed/tq2.ts';
import { type Packing, packingOf } from './packing.ts';
import { elementsOf, type ModelFile, type TensorEntry } from './tensor.ts';
import { decodedBytes, readFloats } from './tensor-data.ts';

/** Numbers of a tensor: all of them, or some from all parts of it. Those of packed weights are trits, without their scales. */
export interface Sample {
  readonly numbers: Int8Array | Float32Array;
  readonly isWhole: boolean;
}

/** A tensor whose parts can be read: so many weights stand in so many bytes. */
interface Unit {
  readonly weights: number;
  readonly bytes: number;
  readonly decode: (bytes: Uint8Array) => Int8Array | Float32Array;
}

/** What a sample has, where the tensor has more: runs of neighbours from all over the tensor. */
const mostWeights = 2 ** 20;
const runs = 64;

/** The scale of I2_S, which stands behind the weights. */
const i2sTail = new Uint8Array(32);

/**
 * Numbers of a tensor.
 *
 * @param most how many at most; `Infinity` for all
 * @throws Diagnostic TCT-5206 a type that is not read; TCT-5207 damaged; TCT-5002
 */
export function sampleOf(file: ModelFile, tensor: TensorEntry, most: number = mostWeights): Sample {
  const packing = packingOf(file, tensor);
  const unit = unitOf(tensor.type, packing);
  const weights = weightsOf(tensor, packing);
  if (unit === undefined) return { numbers: readFloats(file, tensor), isWhole: true };
  const read = (first: number, count: number): Int8Array | Float32Array =>
    decodedBytes(file, tensor, first * unit.bytes, count * unit.bytes, unit.decode);
  const units = weights / unit.weights;
  if (weights <= most) return { numbers: read(0, units), isWhole: true };
  const each = Math.max(1, Math.floor(most / runs / unit.weights));
  const parts = Array.from({ length: runs }, (_, i) =>
    read(Math.floor((i * (units - each)) / (runs - 1)), each),
  );
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const numbers = parts[0] instanceof Int8Array ? new Int8Array(length) : new Float32Array(length);
  let at = 0;
  for (const part of parts) {
    numbers.set(part, at);
    at += part.length;
  }
  return { numbers, isWhole: false };
}

/** How many weights a tensor has: packed ones are more than its elements. */
export function weightsOf(tensor: TensorEntry, packing: Packing): number {
  const perElement = packing === 'hf-bitnet' ? 4 : packing === 'onebit' ? 8 : 1;
  return elementsOf(tensor.shape) * perElement;
}

function unitOf(type: string, packing: Packing): Unit | undefined {
  if (packing === 'hf-bitnet') return { weights: 4, bytes: 1, decode: decodeHfBitnet };
  if (packing === 'onebit') return { weights: 8, bytes: 1, decode: decodeOneBit };
  switch (type) {
    case 'TQ1_0':
      return { weights: tqBlock, bytes: tq1Bytes, decode: bytes => decodeTq1(bytes).trits };
    case 'TQ2_0':
      return { weights: tqBlock, bytes: tq2Bytes, decode: bytes => decodeTq2(bytes).trits };
    case 'I2_S':
      return {
        weights: i2sBlock,
        bytes: i2sBlock / 4,
        decode: bytes => decodeI2s(Buffer.concat([bytes, i2sTail])).trits,
      };
    case 'F32':
      return { weights: 1, bytes: 4, decode: bytes => decodeFloats('F32', bytes) };
    case 'F16':
    case 'BF16':
      return { weights: 1, bytes: 2, decode: bytes => decodeFloats(type, bytes) };
    default:
      return undefined;
  }
}
