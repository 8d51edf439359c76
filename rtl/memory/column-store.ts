import { memory, named, type Signal, uint } from '../../hdl-gen/lang/index.ts';

/*
 * A memory with wide words that a host writes in parts of up to 32 bits. Each part is a memory of its own, so that it is
 * written on its own; all of them are read together.
 *
 *     word   part 0 | part 1 | part 2 | …      read at one address, one edge later
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
}

/** What is written where: the low bits of `data`. */
export interface ColumnWrite {
  readonly enable: Signal;
  /** The number of the part; one that is not there is not written. */
  readonly part: Signal;
  readonly address: Signal;
  readonly data: Signal;
}

/** The parts of the word at `read`, one edge later. */
export function columnStore(
  { name, parts, depth, initial, collisions }: ColumnStoreOptions,
  read: Signal,
  { enable, part, address, data }: ColumnWrite,
): Signal[] {
  const words = parts.map((bits, i) => {
    const column = memory(uint(bits), {
      ...{ depth, collisions },
      name: `${name}_${i}`,
      initial: initial?.[i],
    });
    column.write(address, data.slice(0, bits), { enable: enable.and(part.equals(i)) });
    return column.read(read);
  });
  return named({ [`${name}_read`]: words })[`${name}_read`]!;
}
