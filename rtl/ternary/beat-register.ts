import { enabledBy, mux, registered } from '../../hdl-gen/lang/index.ts';
import type { AccumulatorKind } from './accumulator.ts';

/** No accumulator: the total of each beat in a register, 0 where the beat does not count. */
export const beatRegister: AccumulatorKind = {
  timing: ({ within }) => ({
    addend: 0,
    init: [],
    first: 1,
    result: Array<number>(within.width).fill(1),
  }),
  cells: () => 0,
  paths: () => [],
  build: ({ enable, valid, total }) => enabledBy(enable, () => registered(mux(valid, total, 0))),
};
