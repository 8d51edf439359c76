import type { Coefficient, CoefficientName, Coefficients } from '../../energy/index.ts';
import { type Calibration, type Group, groups } from './model.ts';
import type { Start } from './start.ts';

/** A group is told by the rows if they make its uncertainty at least so much smaller. */
const leastNarrowing = 0.9;

/** 90 of 100 values lie within so many standard deviations. */
const deviations = 1.645;

/**
 * The coefficients that a fit gives; those that it says nothing of stay as it began.
 * @param rows what the fit rests on, where it is not what the groups name: the rows of somebody's own table.
 */
export function coefficientsOf(
  device: string,
  { values, factors, start }: Calibration,
  rows?: string,
): Coefficients {
  let isMeasured = false;
  const entries = Object.entries(start.table).map(([name, known]): [string, Coefficient] => {
    const { source: before, origin: was = 'guessed' } = known;
    const at = groups.findIndex(({ coefficients }) => coefficients.includes(name as CoefficientName));
    if (at < 0 || !isTold(groups[at]!, factors[at]!, start))
      return [name, { ...rounded(known), origin: was, source: before }];
    isMeasured = true;
    const { spread, source } = groups[at]!;
    const mid = known.mid * values[at]!;
    const factor = Math.exp(Math.hypot(deviations * Math.log(factors[at]!), Math.log(spread)));
    const origin = name === 'static' ? 'measured' : 'fitted';
    const band = rounded({ low: mid / factor, mid, high: mid * factor });
    return [name, { ...band, origin, source: rows ?? source }];
  });
  return {
    ...{ device, volts: start.volts, isMeasured },
    table: Object.fromEntries(entries) as Record<CoefficientName, Coefficient>,
  };
}

/** Whether the rows say anything of a group: with a table of few rows some keep the uncertainty that they had. */
function isTold({ coefficients: [first] }: Group, factor: number, { table }: Start): boolean {
  const { low, mid } = table[first!];
  return Math.log(factor) < leastNarrowing * Math.log(mid / low);
}

function rounded({ low, mid, high }: { low: number; mid: number; high: number }) {
  const digits = (value: number): number => Number(value.toPrecision(4));
  return { low: digits(low), mid: digits(mid), high: digits(high) };
}

/** The coefficients as a module of TypeScript. */
export function moduleText(coefficients: Coefficients): string {
  return `import type { Coefficients } from './coefficients.ts';

/**
 * Written by scripts/calibrate.ts, which fits it to the currents in energy/calibration/up5k.csv. What is 'guessed' stands as in
 * energy/priors.ts. The units are in \`coefficientUnits\`.
 */
export const calibrated: Coefficients = ${JSON.stringify(coefficients)};
`;
}
