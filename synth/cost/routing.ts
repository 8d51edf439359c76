import type { Routing } from './clock.ts';

/** Written by scripts/fit-cost.ts, which fits it to the sweep in bench/cost. */
export const fittedRouting: Routing = { perFanOut: 0.125, perSize: 0.563, perFullness: 0 };
