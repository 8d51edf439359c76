import { type Calibration, calibrate, type Measured, predict } from './model.ts';

/** A row with what the model says of it, in uA. */
export interface Verdict {
  readonly name: string;
  readonly measured: number;
  /** With all rows in the fit. */
  readonly fitted: number;
  /** With a fit that has not seen this row. */
  readonly leftOut: number;
}

export function verdicts(rows: readonly Measured[], fit: Calibration): Verdict[] {
  return rows.map(row => ({
    name: row.name,
    measured: row.coreUa,
    fitted: predict(row, fit),
    leftOut: predict(row, without(rows, row, fit)),
  }));
}

/** Pairs of rows with the same clock. */
const pairs = [
  ['28x8-bit counter', '28-bit counter'],
  ['8x8 multiply in LUTs at 12 MHz', '24-bit counter on HFOSC at 12 MHz'],
  ['8x8 multiply in a DSP block at 12 MHz', '24-bit counter on HFOSC at 12 MHz'],
] as const;

/**
 * What one row takes more than another, by a fit that has not seen the first: of a current of which most is the clock, a
 * total alone would say little of the rest. Pairs that are not there are left out.
 */
export function increments(rows: readonly Measured[], fit: Calibration): Verdict[] {
  return pairs.flatMap(([name, over]) => {
    const [more, base] = [name, over].map(each => rows.find(row => row.name === each));
    if (more === undefined || base === undefined) return [];
    const blind = without(rows, more, fit);
    return {
      name: `  ${name}, more than ${over.includes('HFOSC') ? 'its counter' : over}`,
      measured: more.coreUa - base.coreUa,
      fitted: predict(more, fit) - predict(base, fit),
      leftOut: predict(more, blind) - predict(base, blind),
    };
  });
}

function without(rows: readonly Measured[], row: Measured, { start }: Calibration): Calibration {
  return calibrate(
    rows.filter(each => each !== row),
    start,
  );
}

/** How far a prediction is off, as a part of what was measured. */
export function errorOf({ measured, leftOut }: Verdict): number {
  return leftOut / measured - 1;
}
