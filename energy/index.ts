/** Energy: what a placed design takes, from how often its nets change, as low, mid and high. */

export { type Activity, activityOf, type NetCount, type TimedActivity } from './activity.ts';
export type { Band } from './band.ts';
export { clocksOf, constantOf, hasFlipFlop, sourceOfClock } from './clocks.ts';
export {
  type Coefficient,
  type CoefficientName,
  type Coefficients,
  coefficientsOf,
  coefficientUnits,
  type Origin,
} from './coefficients.ts';
export type { EnergyDocument, MacEnergy } from './document.ts';
export { type Estimate, estimate } from './estimate.ts';
export { type Fit, leastSquares, type Observation, predicted, type Unknown } from './least-squares.ts';
export { priors } from './priors.ts';
export { withClocks } from './rates.ts';
export {
  canGlitch,
  type Kind,
  kinds,
  type Usage,
  type Use,
  usageOf,
  wattsPerUnit,
  wholeChip,
} from './usage.ts';
