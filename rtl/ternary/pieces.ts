import {
  addWithCarry,
  concat,
  delayed,
  int,
  mux,
  named,
  registered,
  type Signal,
  uint,
} from '../../hdl-gen/lang/index.ts';

/*
 * Sums that are cut into pieces, so that their carry chains are short. Each piece works an edge after the one below it:
 *
 *     piece p    bits p * size and up, p edges late; the last one has the rest with the sign
 *     carry      goes from the end of a piece through a register into the chain of the next one
 *
 * Nothing waits for the highest piece: who takes a number in pieces takes each of them when it is there. Only where a
 * number that is whole meets one in pieces do its upper bits wait, the sign at least.
 */

/** A number in pieces, the lowest first; all but the last one are unsigned. */
export type Pieces = readonly Signal[];

/** In how many pieces of `size` bits a sum is; without a size it is whole. A bit alone is not worth a piece. */
export function pieceCount(width: number, size: number | undefined): number {
  return size === undefined || width <= size + 1 ? 1 : Math.ceil(width / size);
}

/** The piece that each bit of a number is in, the lowest bit first. */
export function pieceOfBits(width: number, count: number, size: number): number[] {
  return Array.from({ length: width }, (_, bit) => Math.min(count - 1, Math.floor(bit / size)));
}

/** The pieces of a number whose bits are there when those of the piece are due. A short one has its sign in all pieces. */
export function piecesOf(value: Signal, count: number, size: number): Pieces {
  return Array.from({ length: count }, (_, p) => {
    const rest = value.shiftRight(p * size);
    return p === count - 1 ? rest : rest.wrap(uint(size));
  });
}

/** The same number in `count` pieces, which are not fewer: the bits of the last one are there all at once, and wait. */
export function inMorePieces(pieces: Pieces, count: number, size: number): Pieces {
  const last = piecesOf(pieces.at(-1)!, count - pieces.length + 1, size);
  return [...pieces.slice(0, -1), ...last.map((piece, p) => delayed(piece, p))];
}

/** The number whose pieces these are; its bits are of different times. */
export function joinedPieces(pieces: Pieces): Signal {
  if (pieces.length === 1) return pieces[0]!;
  return concat(...pieces).wrap(int(pieces.reduce((sum, { width }) => sum + width, 0)));
}

/** The same pieces, all when the last one is there. */
export function aligned(pieces: Pieces): Signal {
  return joinedPieces(pieces.map((piece, p) => delayed(piece, pieces.length - 1 - p)));
}

/** What a piece is called, where the lowest one has the name of the whole. */
export function pieceName(name: string, piece: number): string {
  return piece === 0 ? name : `${name}_part_${piece}`;
}

/** What an adder does beside adding, without a cell more. */
export interface AdderControls {
  /** 0: the second operand, which is whole, is left away. */
  readonly takes?: Signal | undefined;
  /** 1: the sum is handed on inverted. */
  readonly inverts?: Signal | undefined;
}

/** How numbers are added in pieces. */
export interface AddingInPieces {
  readonly count: number;
  readonly size: number;
  /** What the sum is called. */
  readonly name: string;
  /**
   * 1: the registers behind the sum become 0. Then the carries do so as well: a register at the end of a chain can have its
   * cell in the chain's tile only if it has the same reset as those beside it.
   */
  readonly idle?: Signal | undefined;
}

/**
 * inverts ^ (a + (takes ? b : 0)), in `count` pieces, of which the operands have no more. The pieces come without registers; the
 * carries between them, which are named after the sum, have theirs.
 */
export function addedInPieces(
  a: Pieces,
  b: Pieces,
  { takes, inverts }: AdderControls,
  { count, size, name, idle }: AddingInPieces,
): Pieces {
  const as = inMorePieces(a, count, size);
  const bs =
    takes === undefined
      ? inMorePieces(b, count, size)
      : // What waits can be left away in front of its register.
        piecesOf(b[0]!, count, size).map((piece, p) => (p === 0 ? piece : delayed(mux(takes, piece, 0), p)));
  const pieces: Signal[] = [];
  let carry: Signal | undefined;
  for (let p = 0; p < count; p++) {
    const both = carry === undefined ? as[p]!.add(bs[p]!) : addWithCarry(as[p]!, bs[p]!, carry);
    const sum = takes === undefined || p > 0 ? both : mux(takes, both, as[p]!);
    if (p < count - 1) {
      const above = sum.shiftRight(size);
      carry = registered(idle === undefined ? above : mux(delayed(idle, p), 0, above));
      named({ [pieceName(`${name}_carry`, p)]: carry });
    }
    const own = p === count - 1 ? sum : sum.wrap(uint(size));
    // With `not` in place of `xor` the interval is exact, so the next adder has no bit too many.
    pieces.push(inverts === undefined ? own : mux(delayed(inverts, p), own.not(), own));
  }
  return pieces;
}

/** Cells of the longest carry chain of a sum: the carry comes out of a piece at its end, or into the next one at its begin. */
export function longestChain(width: number, size: number | undefined): number {
  return size === undefined || pieceCount(width, size) === 1 ? width : size + 1;
}

/** What decides the cells of an adder in pieces. */
export interface AdderSize {
  /** Bits of the operands and of the sum. */
  readonly a: number;
  readonly b: number;
  readonly sum: number;
  /** Whether it has a control that inverts its sum. */
  readonly inverts: boolean;
}

/** Logic cells of an adder whose operands and sum are cut where they are wide enough. */
export function adderCells({ a, b, sum, inverts }: AdderSize, size: number | undefined): number {
  const count = pieceCount(sum, size);
  if (size === undefined || count === 1) return sum;
  // Between two pieces: the carry out of a chain, the way into the next one, and the control's register.
  let cells = sum + (count - 1) * (inverts ? 3 : 2);
  for (const width of [a, b]) {
    const last = pieceCount(width, size) - 1;
    for (let p = last + 1; p < count; p++)
      cells += (p - last) * Math.max(1, Math.min(size, width - p * size));
  }
  return cells;
}
