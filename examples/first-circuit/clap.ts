import { bit, component, named, register } from 'tercet';
import { delay } from './delay.ts';
import { onset } from './filter.ts';
import { peak } from './peak.ts';

/** A light that goes on at the second of two claps that come `gap` samples apart. */
export const clap = component('clap', ({ threshold, gap }: { threshold: number; gap: number }) => ({
  inputs: { x: onset.inputs.x },
  build({ x }) {
    const { rise } = named({ rise: onset({ x }).y });
    const { loud } = named({ loud: rise.moreThan(threshold) });
    const { earlier } = named({ earlier: delay({ word: bit, cycles: gap })({ x: loud }).y });
    const light = register(bit, { reset: true, enable: loud.and(earlier) }).next(1);
    const { highest } = peak({ bits: rise.width })({ x: rise });
    return { light, highest };
  },
}));

export const clapLight = clap({ threshold: 150, gap: 4000 });
