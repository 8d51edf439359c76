import { memory, named, registered, type Signal, uint } from '../../hdl-gen/lang/index.ts';

/*
 * A memory with wide words that a host writes in parts of up to 32 bits. Each part is a memory of its own, so that it is
 * written on its own; all of them are read together.
 *
 *     word   part 0 | part 1 | part 2 | …      read at one address, one edge later, where `enable` is 1: else it stays
 *              ^ written at an address of its own
 */

/** How a store is made. */
export interface ColumnStoreOptions {
  readonly name: string;
  /** Bits of each part, 1 to 32. */
  readonly parts: readonly number[];
  /** Wide words. */
  readonly depth: number;
  /** For each part what its words are from the start; without it, anything. */
  readonly initial?: readonly (readonly number[])[] | undefined;
  /** Why nobody looks at a word that is read while it is written. */
  readonly collisions: string;
  /** Whether a write goes through registers first, so that the choice of a part is not in the time of the memory. */
  readonly lateWrites: boolean;
}

/** What is written where: the low bits of `data`. */
export interface ColumnWrite {
  readonly enable: Signal;
  /** The number of the part; one that is not there is not written. */
  readonly part: Signal;
  readonly address: Signal;
  readonly data: Signal;
}

/** What is read: a memory takes energy at each edge at which `enable` is 1, whether its address changes or not. */
export interface ColumnRead {
  readonly enable: Signal;
  readonly address: Signal;
}

/** The parts of the word at an address, one edge later. */
export function columnStore(
  { name, parts, depth, initial, collisions, lateWrites }: ColumnStoreOptions,
  read: ColumnRead,
  { enable, part, address, data }: ColumnWrite,
): Signal[] {
  const late = (signal: Signal): Signal => (lateWrites ? registered(signal) : signal);
  const words = parts.map((bits, i) => {
    const column = memory(uint(bits), {
      ...{ depth, collisions },
      name: `${name}_${i}`,
      initial: initial?.[i],
    });
    const isHere = enable.and(part.equals(i));
    column.write(late(address), late(data.slice(0, bits)), {
      enable: lateWrites ? registered(isHere, { reset: true }) : isHere,
    });
    return column.read(read.address, { enable: read.enable });
  });
  return named({ [`${name}_read`]: words })[`${name}_read`]!;
}
