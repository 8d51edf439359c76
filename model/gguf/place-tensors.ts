import { brief } from '../brief.ts';
import { i2sBlock, i2sBytes } from '../packed/i2s.ts';
import { elementsOf, type TensorEntry } from '../tensor.ts';
import { ggufRefusal, ggufType, i2sId } from './types.ts';

/** A tensor as the header has it. */
export interface ToldTensor {
  readonly name: string;
  readonly shape: readonly number[];
  /** The number of its type. */
  readonly id: number;
  /** Where it begins, from the beginning of the data. */
  readonly begin: number;
}

/** The part of the file that holds data. */
export interface DataRange {
  readonly begin: number;
  readonly end: number;
  readonly alignment: number;
}

/**
 * The bytes of each tensor, which must have room up to where the next one begins.
 *
 * @throws what `fail` makes of a sentence where a tensor has no room, or is not aligned
 */
export function placeTensors(
  told: readonly ToldTensor[],
  { begin: dataBegin, end: dataEnd, alignment }: DataRange,
  fail: (problem: string) => Error,
): TensorEntry[] {
  const begins = [...new Set(told.map(({ begin }) => begin))].sort((a, b) => a - b);
  const nextOf = new Map(begins.map((begin, i) => [begin, begins[i + 1] ?? Infinity]));
  const taken = new Set<number>();
  return told.map(({ name, shape, id, begin }) => {
    const what = (): string => `the tensor '${brief(name)}'`;
    if (begin % alignment !== 0) {
      throw fail(`${what()} begins at byte ${begin} of the data, which is no multiple of ${alignment}`);
    }
    const offset = dataBegin + begin;
    const room = Math.min(dataEnd, dataBegin + nextOf.get(begin)!) - offset;
    const { bytes, refusal } = sized(shape, id, room, alignment, what, fail);
    if (bytes > room || room < 0) {
      throw fail(`${what()} needs ${bytes} bytes from byte ${offset} on, and has ${Math.max(0, room)}`);
    }
    if (bytes > 0) {
      if (taken.has(begin)) throw fail(`${what()} begins where another tensor does`);
      taken.add(begin);
    }
    const entry = { name, shape, type: ggufType(id).name, offset, bytes };
    return refusal === undefined ? entry : { ...entry, refusal };
  });
}

/** Bytes of a tensor, and why its numbers are not read. One whose size its type does not tell has all the room. */
function sized(
  shape: readonly number[],
  id: number,
  room: number,
  alignment: number,
  what: () => string,
  fail: (problem: string) => Error,
): { readonly bytes: number; readonly refusal?: string | undefined } {
  const { name, block, bytes } = ggufType(id);
  const weights = elementsOf(shape);
  const row = shape.at(-1) ?? 1;
  if (id === i2sId) {
    if (row % i2sBlock !== 0) {
      const refusal = `its rows have ${row} weights, and I2_S is read in rows of whole blocks of ${i2sBlock}: how programs fill up others differs`;
      return { bytes: Math.max(0, room), refusal };
    }
    const expected = i2sBytes(weights);
    if (room >= expected && room < expected + alignment) return { bytes: expected };
    const refusal = `I2_S has ${expected} bytes for ${weights} weights, and here are ${Math.max(0, room)}: another layout, which the file does not tell`;
    return { bytes: Math.max(0, room), refusal };
  }
  const refusal = ggufRefusal(id);
  if (bytes === undefined) return { bytes: Math.max(0, room), refusal };
  if (row % block !== 0) throw fail(`${what()} has rows of ${row} weights; ${name} has blocks of ${block}`);
  return { bytes: (weights / block) * bytes, refusal };
}
