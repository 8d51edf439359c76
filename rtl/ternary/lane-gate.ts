import type { Signal } from '../../hdl-gen/lang/index.ts';

/**
 * The lane gate: x for the weight +1, 0 for 0, and -x - 1 for -1, in the bits of x. One LUT4 a bit, no carry; see
 * weight-code.ts for the missing 1.
 */
export function laneGate(x: Signal, code: Signal): Signal {
  const nonZero = code.bit(0);
  const negative = code.bit(1);
  return x.and(nonZero.mask()).xor(negative.mask());
}
