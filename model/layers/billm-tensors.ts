/**
 * The tensors of a layer of BiLLM, M rows and K columns in B blocks, of which S columns are salient. There is no form of others.
 *
 *     billm_signs      U8 [ceil(M/4), K]       signs of the groups salient, low and high, as Hugging Face packs trits
 *     billm_residual   U8 [ceil(M/4), S]       signs of the residual, for the salient columns in their order
 *     billm_salient    U8 [ceil(K/8)]          a bit for each column, the lowest first: 1 where it is salient
 *     billm_high       U8 [M, ceil(K/8)]       a bit for each element: 1 where it is of the group high
 *     billm_levels     F32 [4, 2, B, M]        for the groups salient, residual, low, high: scale and mean
 *
 * Rows that fill up a multiple of 4 have trits of 0. A sign is 0 where a weight is the mean of its group, which is why signs have two bits.
 */
import {
  decodeHfBitnet,
  encodeFloats,
  encodeHfBitnet,
  type ModelFile,
  PackedError,
  readFloats,
  type SafetensorsTensor,
  tensorNamed,
} from '../index.ts';
import { type BillmLevels, type BillmWeights, billmGroups } from '../schemes/index.ts';
import { layerDamaged } from './diagnostics.ts';

export const billmSuffix = '.billm_signs';

export function billmTensors(name: string, weights: BillmWeights): SafetensorsTensor[] {
  const { rows, columns, columnsPerBlock, signs, residual, isSalient, isHigh, levels } = weights;
  const salient = Array.from(isSalient.keys()).filter(column => isSalient[column] === 1);
  const kept = new Int8Array(rows * salient.length);
  for (let row = 0; row < rows; row++)
    for (const [i, column] of salient.entries())
      kept[row * salient.length + i] = residual[row * columns + column]!;
  const blocks = Math.ceil(columns / columnsPerBlock);
  const numbers = billmGroups.flatMap(group => [...levels[group].scales, ...levels[group].means]);
  return [
    { name: `${name}.billm_signs`, type: 'U8', ...packedTrits(signs, rows, columns) },
    { name: `${name}.billm_residual`, type: 'U8', ...packedTrits(kept, rows, salient.length) },
    {
      name: `${name}.billm_salient`,
      type: 'U8',
      shape: [Math.ceil(columns / 8)],
      data: bitsOf(isSalient, columns),
    },
    {
      name: `${name}.billm_high`,
      type: 'U8',
      shape: [rows, Math.ceil(columns / 8)],
      data: bitsOf(isHigh, columns),
    },
    {
      name: `${name}.billm_levels`,
      type: 'F32',
      shape: [4, 2, blocks, rows],
      data: encodeFloats('F32', Float32Array.from(numbers)),
    },
  ];
}

/** @throws Diagnostic TCT-5411 where the tensors do not go together; those of the readers */
export function readBillm(file: ModelFile, name: string, columnsPerBlock: number): BillmWeights {
  const wrong = (problem: string): Error => layerDamaged(file.source.name, name, problem);
  const tensor = (part: string) => tensorNamed(file, `${name}.billm_${part}`);
  const bytes = (part: string): Uint8Array => {
    const { type, offset, bytes: size } = tensor(part);
    if (type !== 'U8') throw wrong(`'billm_${part}' is of ${type}, and U8 was expected`);
    return file.source.read(offset, size);
  };
  const trits = (part: string): Int8Array => {
    try {
      return decodeHfBitnet(bytes(part));
    } catch (error) {
      if (error instanceof PackedError) throw wrong(`'billm_${part}' has ${error.message}`);
      throw error;
    }
  };
  const [, , blocks = 0, rows = 0] = tensor('levels').shape;
  const columns = tensor('signs').shape[1] ?? 0;
  if (
    !Number.isInteger(columnsPerBlock) ||
    columnsPerBlock < 1 ||
    blocks !== Math.ceil(columns / columnsPerBlock)
  )
    throw wrong(
      `${columns} columns in blocks of ${columnsPerBlock} are not the ${blocks} blocks of its levels`,
    );
  if (rows === 0 || columns === 0) throw wrong('it has no weights');
  const packedRows = Math.ceil(rows / 4);
  const shapes: readonly (readonly [string, readonly number[]])[] = [
    ['levels', [4, 2, blocks, rows]],
    ['signs', [packedRows, columns]],
    ['salient', [Math.ceil(columns / 8)]],
    ['high', [rows, Math.ceil(columns / 8)]],
  ];
  for (const [part, shape] of shapes)
    if (tensor(part).shape.join() !== shape.join())
      throw wrong(`'billm_${part}' has the shape [${tensor(part).shape}], and [${shape}] was expected`);
  const isSalient = fromBits(bytes('salient'), 1, columns);
  const salient = Array.from(isSalient.keys()).filter(column => isSalient[column] === 1);
  if (tensor('residual').shape.join() !== [packedRows, salient.length].join())
    throw wrong(
      `'billm_residual' has the shape [${tensor('residual').shape}] for ${salient.length} salient columns`,
    );
  const kept = trits('residual');
  const residual = new Int8Array(rows * columns);
  for (let row = 0; row < rows; row++)
    for (const [i, column] of salient.entries())
      residual[row * columns + column] = kept[row * salient.length + i]!;
  const numbers = readFloats(file, tensor('levels'));
  const size = blocks * rows;
  const levels = (group: number): BillmLevels => ({
    scales: numbers.slice(2 * group * size, (2 * group + 1) * size),
    means: numbers.slice((2 * group + 1) * size, (2 * group + 2) * size),
  });
  return {
    rows,
    columns,
    columnsPerBlock,
    signs: trits('signs').slice(0, rows * columns),
    residual,
    isSalient,
    isHigh: fromBits(bytes('high'), rows, columns),
    levels: { salient: levels(0), residual: levels(1), low: levels(2), high: levels(3) },
    breakPoints: [],
  };
}

/** Trits with rows of 0 up to a multiple of 4, packed. */
export function packedTrits(
  trits: Int8Array,
  rows: number,
  columns: number,
): { readonly shape: readonly number[]; readonly data: Uint8Array } {
  const packedRows = Math.ceil(rows / 4);
  const filled = new Int8Array(4 * packedRows * columns);
  filled.set(trits);
  return { shape: [packedRows, columns], data: encodeHfBitnet(filled) };
}

/** Rows of `columns` bits, each row filled up to whole bytes; the lowest bit comes first. */
function bitsOf(values: Uint8Array, columns: number): Uint8Array {
  const stride = Math.ceil(columns / 8);
  const bytes = new Uint8Array((values.length / columns) * stride);
  for (const [i, value] of values.entries()) {
    const [row, column] = [Math.floor(i / columns), i % columns];
    bytes[row * stride + (column >> 3)]! |= value << (column & 7);
  }
  return bytes;
}

function fromBits(bytes: Uint8Array, rows: number, columns: number): Uint8Array {
  const stride = Math.ceil(columns / 8);
  return Uint8Array.from({ length: rows * columns }, (_, i) => {
    const [row, column] = [Math.floor(i / columns), i % columns];
    return (bytes[row * stride + (column >> 3)]! >> (column & 7)) & 1;
  });
}
