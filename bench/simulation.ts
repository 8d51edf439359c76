import { elaborate } from '../hdl-gen/lang/index.ts';
import { encodeTrit, ternaryStream } from '../rtl/ternary/index.ts';
import { createSimulation } from '../sim/index.ts';
import { atLeast, forComparison, median, type Subject } from './row.ts';

const cycles = 20_000;
const runs = 15;

/** Speed of the compiled engine on the default core, with new values on every input in every cycle. */
export const measure: Subject = async add => {
  for (const [lanes, rows] of [
    [64, 1],
    [256, 4],
    [1024, 8],
  ] as const) {
    const { circuit } = elaborate(
      ternaryStream({ lanes, rows, activationBits: 8, maxK: 64 * lanes, initBits: 16, pipeline: 1 }),
    );
    const start = performance.now();
    const simulation = createSimulation(circuit);
    simulation.step();
    const ready = performance.now() - start;
    const perRun = Math.max(100, Math.round((cycles * 64) / (lanes * rows)));
    const stimulus = beats(simulation, perRun);
    const results = simulation.run(stimulus);
    const rates = Array.from({ length: runs }, () => {
      const begin = performance.now();
      simulation.run(stimulus, { results });
      return perRun / ((performance.now() - begin) / 1000);
    });
    const name = `engine: cycles per second, ${lanes} lanes x ${rows}, stimulus on every input`;
    const rate = median(rates) / 1e6;
    add(lanes === 64 ? atLeast(2, name, rate, 'M/s') : forComparison(name, rate, 'M/s'));
    add(forComparison('  from circuit to first cycle', ready, 'ms'));
  }
};

/** Random beats; a new sum begins every 32 beats. */
function beats(simulation: ReturnType<typeof createSimulation>, count: number) {
  const stimulus = simulation.stimulus(count);
  const random = generator();
  for (const { name } of simulation.circuit.inputs) {
    for (let cycle = 0; cycle < count; cycle++) stimulus.set(name, cycle, valueAt(name, cycle, random));
  }
  return stimulus;
}

function valueAt(name: string, cycle: number, random: () => number): number {
  if (name.startsWith('in_x_')) return (random() % 256) - 128;
  if (name.startsWith('in_w_')) return encodeTrit((random() % 3) - 1);
  if (name.startsWith('in_init_')) return (random() % 2001) - 1000;
  if (name === 'in_first') return cycle % 32 === 0 ? 1 : 0;
  if (name === 'in_last') return cycle % 32 === 31 ? 1 : 0;
  return name === 'rst' ? 0 : 1;
}

function generator(): () => number {
  let state = 12345;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}
