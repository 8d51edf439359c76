/** Least squares with priors: coefficients that explain measured currents, and stay near what physics says where these say nothing. */

/** One unknown, which is more than 0. */
export interface Unknown {
  /** The value that it is expected to have, more than 0. */
  readonly prior: number;
  /** By which factor it may well differ from that, more than 1: one standard deviation of its logarithm. */
  readonly factor: number;
}

/** One measured current, and what each unknown has to do with it: measured = known + sum of amounts x unknowns. */
export interface Observation {
  readonly measured: number;
  /** One standard deviation of the measurement, in its unit. */
  readonly deviation: number;
  readonly known: number;
  /** One for each unknown. */
  readonly amounts: readonly number[];
}

export interface Fit {
  readonly values: readonly number[];
  /** By which factor each value may be wrong: one standard deviation of its logarithm, as far as the observations tell. */
  readonly factors: readonly number[];
}

const steps = 60;

/**
 * The values of the highest posterior probability, if errors of the measurements and of the logarithms of the priors are normal:
 * Gauss-Newton on the logarithms, so that no value is negative.
 */
export function leastSquares(observations: readonly Observation[], unknowns: readonly Unknown[]): Fit {
  const logs = unknowns.map(({ prior }) => Math.log(prior));
  const centre = [...logs];
  let normal: number[][] = [];
  for (let step = 0; step < steps; step++) {
    normal = unknowns.map(({ factor }, i) =>
      unknowns.map((_, j) => (i === j ? 1 / Math.log(factor) ** 2 : 0)),
    );
    const right = unknowns.map(({ factor }, i) => (centre[i]! - logs[i]!) / Math.log(factor) ** 2);
    for (const observation of observations) {
      const slopes = observation.amounts.map((amount, i) => amount * Math.exp(logs[i]!));
      const off = observation.measured - predicted(observation, logs.map(Math.exp));
      const weight = 1 / observation.deviation ** 2;
      for (const [i, slope] of slopes.entries()) {
        right[i]! += weight * slope * off;
        for (const [j, other] of slopes.entries()) normal[i]![j]! += weight * slope * other;
      }
    }
    const change = solve(normal, right);
    // A step of more than a factor of 2 would trust the slopes too far.
    for (const [i, by] of change.entries()) logs[i]! += Math.max(-0.7, Math.min(0.7, by));
  }
  const factors = unknowns.map((_, i) => {
    const unit = unknowns.map((_, j) => Number(i === j));
    return Math.exp(Math.sqrt(solve(normal, unit)[i]!));
  });
  return { values: logs.map(Math.exp), factors };
}

/** What a fit says of an observation. */
export function predicted({ known, amounts }: Observation, values: readonly number[]): number {
  return amounts.reduce((sum, amount, i) => sum + amount * values[i]!, known);
}

/** Solves a symmetric system of positive eigenvalues by elimination. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i]!]);
  const size = rows.length;
  for (let column = 0; column < size; column++) {
    const pivot = rows[column]!;
    for (const row of rows.slice(column + 1)) {
      const factor = row[column]! / pivot[column]!;
      for (let j = column; j <= size; j++) row[j]! -= factor * pivot[j]!;
    }
  }
  const result = Array<number>(size).fill(0);
  for (let i = size - 1; i >= 0; i--) {
    const row = rows[i]!;
    const known = result.reduce((sum, value, j) => (j > i ? sum + row[j]! * value : sum), 0);
    result[i] = (row[size]! - known) / row[i]!;
  }
  return result;
}
