import {
  type CoefficientName,
  type Fit,
  leastSquares,
  type Observation,
  predicted,
  type Unknown,
  type Use,
  wattsPerUnit,
} from '../../energy/index.ts';
import { fromPriors, type Start } from './start.ts';

/** A measured design with what it uses of each coefficient. */
export interface Measured {
  readonly name: string;
  /** Current of the core's supply. */
  readonly coreUa: number;
  readonly lc: number;
  readonly uses: readonly Use[];
}

/** Coefficients that share one factor, which the priors of all of them are multiplied with. */
export interface Group {
  readonly name: string;
  readonly coefficients: readonly CoefficientName[];
  /** By which factor other designs may differ from those that were measured: it is added to what the fit leaves open. */
  readonly spread: number;
  /** What the fit rests on. */
  readonly source: string;
}

/**
 * What is fitted: eight factors to thirteen rows, and each is told by rows of its own. Coefficients that no measurement tells
 * apart stay in the proportion of their priors; all others keep their priors.
 */
export const groups: readonly Group[] = [
  group('static', 1.2, 'the blank design; another chip or temperature leaks more or less', ['static']),
  group('pins', 2, 'the counter with a halted clock over the blank design', ['staticPerPin']),
  group('fast oscillator', 1.15, 'four rows with HFOSC at 6 to 48 MHz', ['hfosc']),
  group('slow oscillator', 1.5, 'the row with LFOSC', ['lfosc']),
  group('global network', 1.08, 'all rows with a clock', ['globalNetwork']),
  group('clocked cells', 1.4, 'counters of 28 to 224 bits with the same clock', [
    'clockedTile',
    'clockedFlipFlop',
  ]),
  // One design tells it. A whole accelerator that others measured takes 0.6 of what it predicts: see scripts/marlann.ts.
  group('cells and wires', 1.75, 'the multiplier in LUTs, less a counter alone', [
    ...(['cellOutput', 'outputWire', 'carry', 'pin', 'local', 'span4', 'span12'] as const),
  ]),
  group('DSP block', 2, 'the multiplier in a DSP block, less a counter alone', ['dspInput']),
];

function group(
  name: string,
  spread: number,
  source: string,
  coefficients: readonly CoefficientName[],
): Group {
  return { name, spread, source, coefficients };
}

/** A rebuilt design is not the one that was measured: its cells lie elsewhere. */
const relativeDeviation = 0.005;
const leastDeviation = 1;

/** A fit, and what its factors multiply. */
export interface Calibration extends Fit {
  readonly start: Start;
}

/** Fits the factors of the groups to measured rows. */
export function calibrate(rows: readonly Measured[], start: Start = fromPriors): Calibration {
  const unknowns = groups.map(({ coefficients }): Unknown => {
    const { low, mid } = start.table[coefficients[0]!];
    return { prior: 1, factor: mid / low };
  });
  const observations = rows.map(row => observationOf(row, start));
  return { ...leastSquares(observations, unknowns), start };
}

/** The current in uA that a fit predicts. */
export function predict(row: Measured, { values, start }: Calibration): number {
  return predicted(observationOf(row, start), values);
}

function observationOf({ coreUa, uses }: Measured, { table, volts }: Start): Observation {
  const amounts = groups.map(() => 0);
  let known = 0;
  for (const { kind, coefficient, amount } of uses) {
    // Pins are fed by the banks' own supplies, which the table does not have.
    if (kind === 'io') continue;
    const watts = table[coefficient].mid * amount * wattsPerUnit(coefficient, volts);
    const microamps = (1e6 * watts) / volts;
    const of = groups.findIndex(({ coefficients }) => coefficients.includes(coefficient));
    if (of < 0) known += microamps;
    else amounts[of]! += microamps;
  }
  return {
    measured: coreUa,
    deviation: Math.max(leastDeviation, relativeDeviation * coreUa),
    ...{ known, amounts },
  };
}
