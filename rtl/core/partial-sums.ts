import {
  int,
  memory,
  mux,
  named,
  register,
  registered,
  type Signal,
  uint,
} from '../../hdl-gen/lang/index.ts';

/*
 * The sums of the rows, as many for each row as there are vectors in a batch. In each cycle one of them goes on:
 *
 *     sum[vector] := (restart ? 0 : sum[vector]) + total
 *
 * where the totals of the vectors come in turn. Where a sum restarts, what it was before is finished, so it is handed over
 * in that cycle; there is no other moment at which it has to be told that it is complete.
 *
 * Up to two vectors the sums go round in registers. From three on they are in a memory, all rows side by side in one word:
 * its address is the vector, a sum is read in the cycle before it is needed and written in the one after.
 */

/** What the sums take. */
export interface PartialInputs {
  /** For each row the sum of a beat. */
  readonly totals: readonly Signal[];
  /** For each row: 1 where a new sum begins. */
  readonly restarts: readonly Signal[];
  /** 1 from the first restart to the last: else the sums stand still. */
  readonly active: Signal;
  /** The vector of the next cycle. */
  readonly next: Signal;
}

/** For each row the sum as it is before this cycle: the finished one where it restarts. */
export function partialSums(
  { totals, restarts, active, next }: PartialInputs,
  { batch, bits }: { readonly batch: number; readonly bits: number },
): Signal[] {
  const format = int(bits);
  // Before its first restart a sum is of no meaning, so it may run over.
  const goOn = (sum: Signal, row: number): Signal =>
    mux(restarts[row]!, totals[row]!, sum.add(totals[row]!)).wrap(format);
  if (batch < 3) {
    return named({
      sum: totals.map((_, row) => {
        const newest = register(format, { enable: active });
        const oldest = batch === 1 ? newest : registered(newest, { enable: active });
        newest.next(goOn(oldest, row));
        return oldest;
      }),
    }).sum;
  }
  const fields = Object.fromEntries(totals.map((_, row) => [`row_${row}`, uint(bits)]));
  const words = memory(fields, {
    depth: batch,
    name: 'partial_sums',
    collisions: 'a vector is written two cycles after its read, and there are three or more',
  });
  const word = words.read(next, { enable: active });
  const { sum } = named({ sum: totals.map((_, row) => word[`row_${row}`]!.wrap(format)) });
  const { newer } = named({ newer: sum.map((old, row) => registered(goOn(old, row))) });
  const address = registered(registered(next));
  const written = Object.fromEntries(newer.map((value, row) => [`row_${row}`, value.wrap(uint(bits))]));
  words.write(address, written, { enable: active });
  return sum;
}
