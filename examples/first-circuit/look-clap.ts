import { simulate, waveform } from 'tercet';
import { clap } from './clap.ts';

const run = simulate(clap({ threshold: 150, gap: 5 }));
const wave = waveform({ signals: ['x', 'rise', 'loud', 'earlier', 'light', 'highest'] });
run.trace(wave);
for (const x of [0, 0, 100, 90, 0, 0, 0, 110, 95, 0, 0, 0]) run.set({ x }).step();
console.log(`${wave}`);
