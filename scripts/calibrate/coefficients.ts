import {
  type Coefficient,
  type CoefficientName,
  type Coefficients,
  type Fit,
  priors,
} from '../../energy/index.ts';
import { type Group, groups } from './model.ts';

/** A group is told by the rows if they make its uncertainty at least so much smaller. */
const leastNarrowing = 0.9;

/** 90 of 100 values lie within so many standard deviations. */
const deviations = 1.645;

/** The coefficients that a fit gives; those that it says nothing of keep their priors. */
export function coefficientsOf(device: string, { values, factors }: Fit): Coefficients {
  const entries = Object.entries(priors.table).map(([name, prior]): [string, Coefficient] => {
    const at = groups.findIndex(({ coefficients }) => coefficients.includes(name as CoefficientName));
    if (at < 0 || !isTold(groups[at]!, factors[at]!))
      return [name, { ...rounded(prior), origin: 'guessed', source: prior.source }];
    const { spread, source } = groups[at]!;
    const mid = prior.mid * values[at]!;
    const factor = Math.exp(Math.hypot(deviations * Math.log(factors[at]!), Math.log(spread)));
    const isMeasured = name === 'static';
    const band = rounded({ low: mid / factor, mid, high: mid * factor });
    return [name, { ...band, origin: isMeasured ? 'measured' : 'fitted', source }];
  });
  return {
    ...{ device, volts: priors.volts, isMeasured: true },
    table: Object.fromEntries(entries) as Record<CoefficientName, Coefficient>,
  };
}

/** Whether the rows say anything of a group: with a table of few rows some keep the uncertainty of their priors. */
function isTold({ coefficients: [first] }: Group, factor: number): boolean {
  const { low, mid } = priors.table[first!];
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
