import { delayed, enabledBy, mux, registered } from '../../hdl-gen/lang/index.ts';
import type { AccumulatorKind } from './accumulator.ts';
import { joinedPieces, pieceCount, pieceOfBits } from './pieces.ts';

/** No accumulator: the total of each beat in a register, 0 where the beat does not count. */
export const beatRegister: AccumulatorKind = {
  takesPieces: () => true,
  timing: ({ within, cut }) => ({
    addend: 0,
    init: [],
    first: 1,
    result: pieceOfBits(within.width, pieceCount(within.width, cut), cut ?? within.width).map(
      piece => 1 + piece,
    ),
  }),
  cells: () => 0,
  paths: () => [],
  build: ({ enable, valid, total }) =>
    enabledBy(enable, () =>
      joinedPieces(total.map((piece, p) => registered(mux(delayed(valid, p), piece, 0)))),
    ),
};
