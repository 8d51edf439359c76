/**
 * `npx tsx scripts/fit-cost.ts`: places the sweep of bench/cost, writes what came out to bench/cost/sweep.csv, fits the
 * cost model's routing to it, and writes that to synth/cost/routing.ts. What has been placed before is taken from the
 * cache; all of it takes about an hour. `--only-fit` takes the sweep as it is written there.
 */
import { writeFileSync } from 'node:fs';
import { fitRouting } from '../bench/cost/fit.ts';
import { type MeasuredPoint, measurePoint } from '../bench/cost/measured.ts';
import { points } from '../bench/cost/points.ts';
import { readSweep, writeSweep } from '../bench/cost/sweep.ts';

const sweep: MeasuredPoint[] = [];
if (process.argv.includes('--only-fit')) sweep.push(...readSweep());
else {
  for (const point of points) sweep.push(await measurePoint(point));
  writeSweep(sweep);
}

const routing = fitRouting(sweep);
const terms = Object.entries(routing).map(([term, value]) => `${term}: ${value}`);
writeFileSync(
  new URL('../synth/cost/routing.ts', import.meta.url),
  `import type { Routing } from './clock.ts';

/** Written by scripts/fit-cost.ts, which fits it to the sweep in bench/cost. */
export const fittedRouting: Routing = { ${terms.join(', ')} };
`,
);
console.log(terms.join(', '));
