import { tensorNotRead } from './file-diagnostics.ts';
import { type Dtype, decodeElements, dtypeBytes, dtypes } from './npy-dtype.ts';
import { decodeFloats } from './packed/floats.ts';
import { decodeHfBitnet } from './packed/hf-bitnet.ts';
import { decodeI2s, i2sBlock } from './packed/i2s.ts';
import { decodeOneBit } from './packed/onebit.ts';
import type { ScaledTrits } from './packed/scaled-trits.ts';
import { tqBlock } from './packed/tq-block.ts';
import { decodeTq1, tq1Bytes } from './packed/tq1.ts';
import { decodeTq2, tq2Bytes } from './packed/tq2.ts';
import { type Packing, packingOf } from './packing.ts';
import { elementsOf, type ModelFile, type TensorEntry } from './tensor.ts';
import { decodedBytes } from './tensor-data.ts';

/** Numbers of a tensor, in parts: all of them, or some from all over it. Those of packed weights are trits, without their scales. */
export interface Sample {
  readonly isWhole: boolean;
  /** How many numbers the parts have together. */
  readonly count: number;
  /** They are read one after the other. @throws Diagnostic TCT-5207 where one is damaged; TCT-5002 */
  readonly parts: Iterable<SampledPart>;
}

/** Neighbours in a tensor. */
export interface SampledPart {
  readonly numbers: Int8Array | Float32Array;
  /** Of formats that have a scale for each block of weights. */
  readonly scales?: Float32Array;
  readonly weightsPerScale?: number;
}

/** A tensor whose parts can be read: so many weights stand in so many bytes. */
interface Unit {
  readonly weights: number;
  readonly bytes: number;
  readonly decode: (bytes: Uint8Array) => SampledPart;
}

/** Runs of neighbours of which a sample is made. */
const runs = 64;
/** Numbers of a part at most. */
const mostInPart = 2 ** 20;

/** The scale of I2_S, which stands behind the weights. */
const i2sTail = new Uint8Array(32);

/**
 * Numbers of a tensor. However large it is, no more than a million of them are in memory at a time.
 *
 * @param most how many at most; `Infinity` for all
 * @throws Diagnostic TCT-5206 a type that is not read
 */
export function sampleOf(file: ModelFile, tensor: TensorEntry, most: number): Sample {
  const packing = packingOf(file, tensor);
  const unit = unitOf(tensor.type, packing);
  if (unit === undefined)
    throw tensorNotRead(
      file.source.name,
      tensor.name,
      tensor.type,
      tensor.refusal ?? 'its layout is not known',
    );
  const weights = weightsOf(tensor, packing);
  const units = weights / unit.weights;
  const isWhole = weights <= most;
  const each = isWhole
    ? Math.floor(mostInPart / unit.weights)
    : Math.max(1, Math.floor(most / runs / unit.weights));
  const starts = isWhole
    ? Array.from({ length: Math.ceil(units / each) }, (_, i) => i * each)
    : Array.from({ length: runs }, (_, i) => Math.floor((i * (units - each)) / (runs - 1)));
  return {
    isWhole,
    count: isWhole ? weights : runs * each * unit.weights,
    parts: parts(file, tensor, unit, starts, each, units),
  };
}

function* parts(
  file: ModelFile,
  tensor: TensorEntry,
  { bytes, decode }: Unit,
  starts: readonly number[],
  each: number,
  units: number,
): Generator<SampledPart> {
  for (const start of starts) {
    const count = Math.min(each, units - start);
    yield decodedBytes(file, tensor, start * bytes, count * bytes, decode);
  }
}

/** How many weights a tensor has: packed ones are more than its elements. */
export function weightsOf(tensor: TensorEntry, packing: Packing): number {
  const perElement = packing === 'hf-bitnet' ? 4 : packing === 'onebit' ? 8 : 1;
  return elementsOf(tensor.shape) * perElement;
}

function unitOf(type: string, packing: Packing): Unit | undefined {
  if (packing === 'hf-bitnet')
    return { weights: 4, bytes: 1, decode: bytes => ({ numbers: decodeHfBitnet(bytes) }) };
  if (packing === 'onebit')
    return { weights: 8, bytes: 1, decode: bytes => ({ numbers: decodeOneBit(bytes) }) };
  switch (type) {
    case 'TQ1_0':
      return { weights: tqBlock, bytes: tq1Bytes, decode: bytes => ofBlocks(decodeTq1(bytes)) };
    case 'TQ2_0':
      return { weights: tqBlock, bytes: tq2Bytes, decode: bytes => ofBlocks(decodeTq2(bytes)) };
    case 'I2_S':
      return {
        weights: i2sBlock,
        bytes: i2sBlock / 4,
        decode: bytes => ({ numbers: decodeI2s(Buffer.concat([bytes, i2sTail])).trits }),
      };
    case 'F32':
      return { weights: 1, bytes: 4, decode: bytes => ({ numbers: decodeFloats('F32', bytes) }) };
    case 'F16':
    case 'BF16':
      return { weights: 1, bytes: 2, decode: bytes => ({ numbers: decodeFloats(type, bytes) }) };
    case 'I8':
      return numbersOf('int8');
    case 'U8':
      return numbersOf('uint8');
    default:
      return dtypes.includes(type as Dtype) ? numbersOf(type as Dtype) : undefined;
  }
}

/** Numbers one after the other, as .npy has them. */
function numbersOf(dtype: Dtype): Unit {
  const size = dtypeBytes(dtype);
  return {
    weights: 1,
    bytes: size,
    decode(bytes) {
      const elements = decodeElements(dtype, bytes, bytes.length / size);
      return { numbers: Float32Array.from<number | bigint>(elements, Number) };
    },
  };
}

function ofBlocks({ trits, scales, weightsPerScale }: ScaledTrits): SampledPart {
  return { numbers: trits, scales, weightsPerScale };
}
