/** A figure with its uncertainty: it is expected between `low` and `high`, and most likely near `mid`. */
export interface Band {
  readonly low: number;
  readonly mid: number;
  readonly high: number;
}

export const zero: Band = { low: 0, mid: 0, high: 0 };

/** A figure without uncertainty of its own. */
export function exactly(value: number): Band {
  return { low: value, mid: value, high: value };
}

/**
 * The sum where all are low, mid or high together. What makes one coefficient too low (the supply, the temperature, the
 * wafer) makes others too low as well, so errors are not taken to cancel out: the band is rather too wide.
 */
export function sum(...bands: readonly Band[]): Band {
  let [low, mid, high] = [0, 0, 0];
  for (const band of bands) {
    low += band.low;
    mid += band.mid;
    high += band.high;
  }
  return { low, mid, high };
}

/** @param factor at least 0. */
export function times({ low, mid, high }: Band, factor: number): Band {
  return { low: low * factor, mid: mid * factor, high: high * factor };
}

/** The product of two figures that are at least 0. */
export function product(a: Band, b: Band): Band {
  return { low: a.low * b.low, mid: a.mid * b.mid, high: a.high * b.high };
}

/** Around a value: down by one factor, and up by another, which is that of below where none is given. */
export function around(mid: number, down: number, up = down): Band {
  return { low: mid / down, mid, high: mid * up };
}
