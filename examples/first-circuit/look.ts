import { simulate, waveform } from 'tercet';
import { slope } from './my.ts';

const run = simulate(slope);
const wave = waveform({ signals: ['now', 'old', 'rise'] });
run.trace(wave);
run.set({ now: 3, old: 5 }).step();
run.set({ now: 100, old: 4 }).step();
run.set({ now: 127, old: -128 }).step(2);
console.log(`${wave}`);
console.log('rise is now', run.get('rise'));
