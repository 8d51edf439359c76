import type { MemoryShape } from './structure.ts';

/** The shapes of a block RAM, bits of a word by words. */
const shapes = [
  [16, 256],
  [8, 512],
  [4, 1024],
  [2, 2048],
] as const;

/** Block RAMs of a memory, all of one shape: as few as it can be. */
export function blockRams({ width, depth }: MemoryShape): number {
  return Math.min(...shapes.map(([bits, words]) => Math.ceil(width / bits) * Math.ceil(depth / words)));
}
