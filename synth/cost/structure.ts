/*
 * What a circuit is made of, in the numbers that decide its cost. They are known before anything is synthesised: whoever
 * makes a circuit can count its adders and tell how long their carry chains are.
 */

/** A circuit in numbers. */
export interface Structure {
  /** Logic cells: a LUT, the carry and the flip-flop behind it are one. */
  readonly cells: number;
  /** The kinds of paths from register to register; the slowest one sets the clock. */
  readonly paths: readonly PathShape[];
  /** Memories that become block RAMs. */
  readonly memories?: readonly MemoryShape[];
}

/** A kind of paths from register to register. */
export interface PathShape {
  /** LUTs one behind the other, without those of the carry chain. */
  readonly luts: number;
  /** Cells of the carry chain at the end of the path; 0 where there is none. */
  readonly chain: number;
  /** How many LUTs read the net that the path begins with, at most; from 1. */
  readonly fanOut: number;
  /** Whether it ends in the enables of registers all over the chip, which nextpnr leads through a global buffer. */
  readonly isGlobal?: boolean;
}

/** A memory of words. */
export interface MemoryShape {
  readonly width: number;
  readonly depth: number;
}
