import { type DotProductParameters, initInterval } from '../../rtl/ternary/index.ts';
import { initTooNarrow } from './diagnostics.ts';

/** Refuses weights whose constant no initial value of an array holds: TCT-6016. */
export function requireInit(array: DotProductParameters): (row: number, constant: number) => void {
  return (row, constant) => {
    if (!initInterval(array).contains(BigInt(constant))) throw initTooNarrow(row, constant, array.initBits);
  };
}
