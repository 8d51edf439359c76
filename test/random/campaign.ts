/**
 * `npm run random -- --count 2000 --seed 0`: random circuits in four simulators, the interpreter, the engine, Icarus
 * Verilog on the emitted Verilog, and the netlist that Yosys makes of it; many side by side in each call of Icarus and
 * Yosys. `--seed` is the number of the first circuit; the numbers after it follow.
 *
 * A circuit about which they differ is told by its number, with the command that runs it alone, and its Verilog, its
 * stimulus and the difference are written to `build/random-circuits/<number>/`. Ends with 1 where there is one.
 *
 * `--minutes` stops it after so many minutes, with what it has compared by then.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type RandomCase, randomCase, type Verdict, verdicts } from '../support/random-case.ts';
import { hasIcarus } from '../support/tools.ts';
import { Coverage } from './coverage.ts';

/** Circuits of one call of Yosys: with fewer its start weighs more, with more its passes have to be repeated more often. */
const batch = 20;

/** Calls of Yosys at a time. */
const atOnce = 2;

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '0' },
    cycles: { type: 'string', default: '64' },
    minutes: { type: 'string', default: '1000' },
  },
});
const numbers = [values.count, values.seed, values.cycles, values.minutes].map(Number);
const [count, seed, cycles, minutes] = numbers as [number, number, number, number];
if (!numbers.every(value => Number.isSafeInteger(value) && value >= 0))
  throw new Error('--count, --seed, --cycles and --minutes take whole numbers from 0');

const coverage = new Coverage();
const sum = { values: 0, leftOut: 0, different: 0, done: 0 };
const began = performance.now();
let next = seed;

async function work(): Promise<void> {
  while (next < seed + count && performance.now() - began < 60_000 * minutes) {
    const numbers = Array.from({ length: Math.min(batch, seed + count - next) }, (_, i) => next + i);
    next += numbers.length;
    const cases = numbers.map(number => randomCase(number, cycles));
    const found = await verdicts(cases, { icarus: hasIcarus, netlist: true });
    for (const [i, one] of cases.entries()) take(numbers[i]!, one, found[i]!);
    const seconds = Math.round((performance.now() - began) / 1000);
    console.log(`${sum.done} of ${count} circuits, ${sum.different} different, ${seconds} s`);
  }
}

function take(number: number, one: RandomCase, { difference, values, leftOut }: Verdict): void {
  coverage.take(one.design);
  sum.done++;
  sum.values += values;
  sum.leftOut += leftOut;
  if (difference === undefined) return;
  sum.different++;
  const again = `npm run random -- --seed ${number} --count 1 --cycles ${difference.cycle + 1}`;
  const folder = join('build', 'random-circuits', `${number}`);
  mkdirSync(folder, { recursive: true });
  for (const { name, text } of one.forNetlist) writeFileSync(join(folder, name), text);
  writeFileSync(join(folder, 'difference.txt'), `${difference.text}\n${again}\n\n${stimulusText(one)}`);
  console.log(`${difference.text}\n  in ${folder}/; again: ${again}`);
}

/** A line for each cycle: the inputs, and the clocks that have an edge at its end. */
function stimulusText({ design: { circuit }, stimulus }: RandomCase): string {
  return stimulus
    .map(({ inputs, domains }, cycle) => {
      const shown = inputs.map((value, i) => `${circuit.inputs[i]!.name}=${value}`);
      const edges = domains.map(name => (name === '' ? 'clk' : `${name}_clk`));
      return `${cycle}: ${shown.join(' ')}; edges: ${edges.join(' ')}\n`;
    })
    .join('');
}

console.log(
  `${count} circuits from number ${seed}, ${cycles} cycles each: oracle, engine, ${hasIcarus ? 'Icarus' : 'no Icarus (it is not on this machine)'}, netlist`,
);
await Promise.all(Array.from({ length: atOnce }, work));
console.log(coverage.toString());
const share = ((100 * sum.leftOut) / Math.max(1, sum.values)).toFixed(1);
console.log(
  `the netlist: ${share} % of the values left out, because the circuit leaves them open at power-up`,
);
if (sum.done < count)
  console.log(`stopped after ${minutes} minutes: ${count - sum.done} of ${count} circuits were not compared`);
console.log(`${sum.done} circuits, ${sum.different} different`);
process.exitCode = sum.different > 0 ? 1 : 0;
