/**
 * `npm run exactness -- --shapes 200 --seed 0`: layers of random shapes under each scheme on simulated cores; the integers are compared
 * with those of the scheme, element by element. Ends with 1 where one differs, or where a float is more than two roundings away.
 */
import { parseArgs } from 'node:util';
import { type Scheme, schemes } from '../../../model/plan/index.ts';
import { defaultCore } from '../../../rtl/top/index.ts';
import { boardParameters } from '../../support/small-board.ts';
import { judge, openCore } from './exactness.ts';
import { schemeCase, shapeOf } from './scheme-case.ts';

const { values } = parseArgs({
  options: {
    shapes: { type: 'string', default: '200' },
    seed: { type: 'string', default: '0' },
    scheme: { type: 'string' },
  },
});
const [shapes, first] = [Number(values.shapes), Number(values.seed)];
const cores = [defaultCore({ bram: 30, spram: 4 }), defaultCore({ bram: 32, spram: 0 }), boardParameters];
const devices = await Promise.all(cores.map(openCore));
const asked = schemes.filter(scheme => values.scheme === undefined || values.scheme === scheme);
const began = performance.now();
let failures = 0;
for (const scheme of asked) await campaign(scheme);
console.log(`${((performance.now() - began) / 1000).toFixed(0)} s`);
process.exit(failures === 0 && asked.length > 0 ? 0 : 1);

async function campaign(scheme: Scheme): Promise<void> {
  let sums = 0;
  let wrong = 0;
  let roundings = 0;
  for (let seed = first; seed < first + shapes; seed++) {
    const found = await judge(devices[seed % devices.length]!, schemeCase(scheme, shapeOf(seed)));
    sums += found.sums;
    wrong += found.wrong;
    roundings = Math.max(roundings, found.roundings);
    if (found.wrong === 0 && found.roundings <= 2) continue;
    failures++;
    console.log(`  wrong: npm run exactness -- --scheme ${scheme} --shapes 1 --seed ${seed}`);
  }
  console.log(
    `${scheme.padEnd(7)} ${shapes} shapes, ${sums} sums, ${wrong} wrong; floats at most ${roundings.toFixed(2)} roundings away`,
  );
}
