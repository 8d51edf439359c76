import { delayed, mux, named, registered, type Signal, toSignal, uint } from '../../hdl-gen/lang/index.ts';
import type { AccumulatorInputs } from './accumulator.ts';
import {
  addedInPieces,
  inMorePieces,
  joinedPieces,
  type Pieces,
  pieceCount,
  pieceName,
  piecesOf,
} from './pieces.ts';

/** How a sum is cut into segments, the lowest first. */
export interface Segments {
  readonly count: number;
  /** Bits of each but the highest one. */
  readonly size: number;
  /** Whether the total comes in pieces of this size. */
  readonly takesPieces?: boolean;
}

/**
 * What each segment adds: the total alone to the lowest one, which hands on what is above it; or the segments of the
 * total and the initial value. A beat that does not count adds 0: the flip-flop's own reset makes it, at no cost.
 */
export function addendsOf(
  { total: pieces, init, valid }: AccumulatorInputs,
  { count, size, takesPieces }: Segments,
): readonly (Signal | undefined)[] {
  const cleared = (value: Signal) => registered(mux(valid, value, 0));
  if (takesPieces) return addendPieces({ total: pieces, init, valid }, { count, size });
  const [total] = pieces as [Signal];
  if (init.constant !== undefined) return [named({ addend: cleared(total) }).addend];
  let { sum } = named({ sum: registered(total) });
  return Array.from({ length: count }, (_, s) => {
    const value = sum.add(initSegment(init, s, { count, size }));
    // The initial value of a beat that does not count is 0, so what is cleared once stays so.
    const kept = s === 0 ? cleared : registered;
    if (s === count - 1) {
      const name = count === 1 ? 'addend' : `addend_${s}`;
      return named({ [name]: kept(value) })[name];
    }
    const addend = kept(value.wrap(uint(size)));
    sum = kept(value.shiftRight(size));
    named({ [`addend_${s}`]: addend, [`addend_carry_${s}`]: sum });
    return addend;
  });
}

/** The same where the segments are as large as the pieces of the total. */
function addendPieces(
  { total, init, valid }: Pick<AccumulatorInputs, 'total' | 'init' | 'valid'>,
  { count, size }: Segments,
): Pieces {
  const idle = valid.not();
  const cleared = (pieces: Pieces) =>
    pieces.map((piece, p) => {
      const name = pieceName('addend', p);
      return named({ [name]: registered(mux(delayed(idle, p), 0, piece)) })[name]!;
    });
  // A segment above those of the addend takes its sign with the carry.
  const bits = Math.max(joinedPieces(total).width, init.width + 1);
  const needed = Math.min(count, Math.max(2, pieceCount(bits, size)));
  if (init.constant !== undefined) return cleared(inMorePieces(total, needed, size));
  const { sum } = named({ sum: total.map(piece => registered(piece)) });
  const options = { count: needed, size, name: 'total', idle };
  const initial = piecesOf(init, Math.min(needed, Math.ceil(init.width / size)), size);
  return cleared(addedInPieces(sum, initial, {}, options));
}

/** The bits of the initial value in a segment: unsigned, but for the highest of its own, which has the sign. */
function initSegment(init: Signal, s: number, { count, size }: Segments): Signal {
  const low = s * size;
  if (low >= init.width) return toSignal(0);
  if (s === count - 1 || low + size >= init.width) return init.shiftRight(low);
  return init.slice(low, size);
}
