import { simulate, waveform } from 'tercet';
import { peak8 } from './peak.ts';

const run = simulate(peak8);
const wave = waveform();
run.trace(wave);
for (const x of [-5, 12, 7, 90]) run.set({ x }).step();
run.reset();
for (const x of [3, 2]) run.set({ x }).step();
console.log(`${wave}`);
