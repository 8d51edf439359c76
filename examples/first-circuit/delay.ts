import { component, counter, type Interval, int, memory, named } from 'tercet';

/** The value that `x` had `cycles` edges ago (from 2). It is kept in a memory, not in registers. */
export const delay = component('delay', ({ word, cycles }: { word: Interval; cycles: number }) => ({
  inputs: { x: word },
  build({ x }) {
    const depth = cycles - 1;
    const { past, place } = named({
      past: memory(word, { depth, initial: Array<number>(depth).fill(0) }),
      place: counter(depth).count,
    });
    past.write(place, x);
    return { y: past.read(place) };
  },
}));

export const delay4 = delay({ word: int(8), cycles: 4 });
