/**
 * The numbers of a tensor. Only its own bytes are read; what comes out takes 4 bytes for each float, 1 for each trit.
 */
import { companionWrong, tensorDamaged, tensorNotRead, tensorNotThere } from './file-diagnostics.ts';
import { decodeNpy } from './npy.ts';
import { decodeFloats, type FloatType } from './packed/floats.ts';
import { decodeHfBitnet, hfScale, type LinearClass } from './packed/hf-bitnet.ts';
import { decodeI2s } from './packed/i2s.ts';
import { decodeOneBit } from './packed/onebit.ts';
import { PackedError } from './packed/packed-error.ts';
import type { ScaledTrits } from './packed/scaled-trits.ts';
import { decodeTq1 } from './packed/tq1.ts';
import { decodeTq2 } from './packed/tq2.ts';
import { inputFactorName, scaleName } from './packing.ts';
import { elementsOf, findTensor, type ModelFile, type TensorEntry } from './tensor.ts';

/** Ternary weights as a matrix: `rows` is the product of all axes but the last one, `columns` the last. */
export interface TernaryTensor extends ScaledTrits {
  readonly rows: number;
  readonly columns: number;
}

/** A layer of OneBit: the signs, and the vectors that stand beside them. */
export interface OneBitTensor {
  readonly rows: number;
  readonly columns: number;
  /** -1 or +1 each. */
  readonly signs: Int8Array;
  /** For each column what its input is multiplied by. */
  readonly inputFactor: Float32Array;
  /** For each row what its sum is multiplied by. */
  readonly weightScale: Float32Array;
}

/**
 * The tensor of a name.
 *
 * @throws Diagnostic TCT-5205 where there is none
 */
export function tensorNamed(file: ModelFile, name: string): TensorEntry {
  const found = findTensor(file, name);
  if (found === undefined) {
    const { source, tensors } = file;
    const some = tensors.slice(0, 5).map(tensor => tensor.name);
    throw tensorNotThere(source.name, name, some, tensors.length);
  }
  return found;
}

/**
 * The numbers of a tensor of F32, F16, BF16 or I8, or of a .npy file, in the order of its shape (the last axis varies fastest). Those
 * that float32 has not are rounded.
 *
 * @throws Diagnostic TCT-5206 a type that is not read or holds packed weights; TCT-5002
 */
export function readFloats(file: ModelFile, tensor: TensorEntry): Float32Array {
  refuse(file, tensor);
  if (file.format === 'npy') {
    // The array may stand in Fortran order.
    const { data } = decodeNpy(file.source.read(0, file.source.size), file.source.name);
    return data instanceof Float32Array
      ? data
      : Float32Array.from(data as ArrayLike<number | bigint>, Number);
  }
  const bytes = bytesOf(file, tensor);
  if (tensor.type === 'F32' || tensor.type === 'F16' || tensor.type === 'BF16') {
    return decodeFloats(tensor.type satisfies FloatType, bytes);
  }
  if (tensor.type === 'I8') return Float32Array.from(bytes, byte => (byte << 24) >> 24);
  if (tensor.type === 'U8') return Float32Array.from(bytes);
  throw tensorNotRead(
    file.source.name,
    tensor.name,
    tensor.type,
    'it holds packed weights, and floats are needed',
  );
}

/**
 * The weights of a tensor that holds them packed, with a scale for each block or one for all: TQ1_0, TQ2_0 and I2_S of GGUF.
 *
 * @throws Diagnostic TCT-5206 another type; TCT-5207 damaged; TCT-5002
 */
export function readTernary(file: ModelFile, tensor: TensorEntry): TernaryTensor {
  refuse(file, tensor);
  const decode = { TQ1_0: decodeTq1, TQ2_0: decodeTq2, I2_S: decodeI2s }[tensor.type];
  if (decode === undefined) {
    throw tensorNotRead(file.source.name, tensor.name, tensor.type, 'packed ternary weights are needed');
  }
  const scaled = decoded(file, tensor, () => decode(bytesOf(file, tensor)));
  return { ...matrixShape(tensor.shape), ...scaled };
}

/**
 * The weights of a tensor of Hugging Face's BitNet: U8 [out / 4, in] with `weight_scale` beside it.
 *
 * @param linearClass decides whether `weight_scale` divides or multiplies; the file does not tell
 * @throws Diagnostic TCT-5207 damaged; TCT-5208 without its scale; TCT-5002
 */
export function readHfBitnet(file: ModelFile, tensor: TensorEntry, linearClass: LinearClass): TernaryTensor {
  const { rows, columns } = matrixShape(tensor.shape);
  const [weightScale] = companion(file, tensor, scaleName(tensor.name), 1);
  const scale = hfScale(weightScale!, linearClass);
  if (!Number.isFinite(scale)) {
    throw companionWrong(file.source.name, tensor.name, `its scale is ${weightScale}`);
  }
  const trits = decoded(file, tensor, () => decodeHfBitnet(bytesOf(file, tensor)));
  return { rows: 4 * rows, columns, trits, scales: Float32Array.of(scale), weightsPerScale: trits.length };
}

/**
 * The signs of a layer of OneBit, I8 [out, in / 8], with `input_factor` [in] and `weight_scale` [out] beside it.
 *
 * @throws Diagnostic TCT-5208 without its vectors; TCT-5002
 */
export function readOneBit(file: ModelFile, tensor: TensorEntry): OneBitTensor {
  const { rows, columns } = matrixShape(tensor.shape);
  return {
    rows,
    columns: 8 * columns,
    signs: decodeOneBit(bytesOf(file, tensor)),
    inputFactor: companion(file, tensor, inputFactorName(tensor.name), 8 * columns),
    weightScale: companion(file, tensor, scaleName(tensor.name), rows),
  };
}

/** Rows and columns of a shape: its last axis is a row. */
export function matrixShape(shape: readonly number[]): { readonly rows: number; readonly columns: number } {
  const columns = shape.at(-1) ?? 1;
  return { rows: elementsOf(shape.slice(0, -1)), columns };
}

/** A vector of floats that stands beside a packed tensor. */
function companion(file: ModelFile, tensor: TensorEntry, name: string, length: number): Float32Array {
  const found = findTensor(file, name);
  const wrong = (problem: string): Error => companionWrong(file.source.name, tensor.name, problem);
  if (found === undefined) throw wrong(`there is no '${name}'`);
  const elements = elementsOf(found.shape);
  if (elements !== length) throw wrong(`'${name}' has ${elements} numbers, and ${length} are needed`);
  return readFloats(file, found);
}

/**
 * What `decode` makes of a part of the bytes of a tensor.
 *
 * @throws Diagnostic TCT-5206 a type that is not read; TCT-5207 where `decode` finds it damaged; TCT-5002
 */
export function decodedBytes<T>(
  file: ModelFile,
  tensor: TensorEntry,
  begin: number,
  length: number,
  decode: (bytes: Uint8Array) => T,
): T {
  refuse(file, tensor);
  const bytes = file.source.read(tensor.offset + begin, length);
  return decoded(file, tensor, () => decode(bytes), begin === 0 ? '' : `, from its byte ${begin} on, `);
}

function bytesOf({ source }: ModelFile, { offset, bytes }: TensorEntry): Uint8Array {
  return source.read(offset, bytes);
}

function refuse({ source }: ModelFile, { name, type, refusal }: TensorEntry): void {
  if (refusal !== undefined) throw tensorNotRead(source.name, name, type, refusal);
}

function decoded<T>({ source }: ModelFile, { name, type }: TensorEntry, decode: () => T, where = ''): T {
  try {
    return decode();
  } catch (error) {
    if (error instanceof PackedError)
      throw tensorDamaged(source.name, name, type, `${where}${error.message}`);
    throw error;
  }
}
