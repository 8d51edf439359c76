import { arrayLayout } from '../../rtl/ternary/index.ts';
import type { ArrayConfig } from './names.ts';

/** Bits of memory for each weight. */
export function bitsPerWeight(array: ArrayConfig): number {
  const { codeBits, w } = arrayLayout(array);
  return (codeBits * w.length) / array.lanes;
}

/** How full a device may be so that nextpnr still finds a placement. */
export const usableFraction = 0.97;

/** The largest number of lanes for which `cells` gives no more than `available`; 0 where not even one fits. */
export function mostLanes(cells: (lanes: number) => number, available: number): number {
  let fits = 0;
  let tooMany = 1025;
  while (tooMany - fits > 1) {
    const middle = Math.floor((fits + tooMany) / 2);
    if (cells(middle) <= usableFraction * available) fits = middle;
    else tooMany = middle;
  }
  return fits;
}
