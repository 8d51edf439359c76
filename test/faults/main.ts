/** `npm run faults -- --frames 10000 --seed 1`: a campaign of faults on the wire of a simulated board. */
import { parseArgs } from 'node:util';
import { campaign } from './campaign.ts';

const { values } = parseArgs({
  options: {
    frames: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    minutes: { type: 'string', default: '3' },
  },
});
const began = performance.now();
const limit = Number(values.minutes) * 60_000;
let last = began;
const findings = await campaign({
  seed: Number(values.seed),
  frames: Number(values.frames),
  oneIn: 100,
  resetOneIn: 1000,
  onProgress({ products, frames }) {
    const now = performance.now();
    if (now - began > limit) {
      console.error(`not done after ${values.minutes} minutes: ${frames} of ${values.frames} frames`);
      process.exit(1);
    }
    if (now - last < 5000) return;
    last = now;
    console.error(`${products} products, ${frames} frames …`);
  },
});
const { products, errors, wrong, frames, repeated, damaged, faults, longestMs } = findings;
const { flipped, lost, extra, resets } = faults;
console.log(`${frames} frames, ${repeated} of them repetitions, ${damaged} damaged ones heard
faults: ${flipped} flips, ${lost} bytes lost, ${extra} too many, ${resets} times without power
${products} products, ${errors} ended in an error, ${wrong.length} wrong; the longest took ${longestMs.toFixed(0)} ms of the board's time
${((performance.now() - began) / 1000).toFixed(0)} s`);
for (const each of wrong) console.log(each);
process.exit(wrong.length === 0 ? 0 : 1);
