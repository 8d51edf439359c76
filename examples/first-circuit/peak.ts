import { component, int, mux, register } from 'tercet';

/** The largest value since the last reset, and whether the present one is larger still. */
export const peak = component('peak', ({ bits }: { bits: number }) => ({
  inputs: { x: int(bits) },
  build({ x }) {
    const { min } = int(bits);
    const highest = register(int(bits), { initial: min, reset: true });
    const higher = x.moreThan(highest);
    highest.next(mux(higher, x, highest));
    return { highest, higher };
  },
}));

export const peak8 = peak({ bits: 8 });
