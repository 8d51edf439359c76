import { differences, randomCase } from '../test/support/random-case.ts';
import { hasIcarus } from '../test/support/tools.ts';
import { atLeast, atMost, forComparison, type Subject } from './row.ts';

const circuits = 1000;
const cycles = 64;
const batch = 125;

/** Random circuits in the interpreter, the compiled engine and Icarus: how many ran, and how many differ. */
export const measure: Subject = async add => {
  const start = performance.now();
  let different = 0;
  for (let first = 0; first < circuits; first += batch) {
    const cases = Array.from({ length: batch }, (_, i) => randomCase(first + i, cycles));
    different += (await differences(cases, { icarus: hasIcarus })).length;
  }
  const seconds = (performance.now() - start) / 1000;
  add(atLeast(3, 'random circuits: opinions compared', hasIcarus ? 3 : 2, 'simulators'));
  add(atLeast(1000, `  circuits of ${cycles} cycles`, circuits, 'circuits'));
  add(atMost(0, '  circuits that differ', different, 'circuits'));
  add(forComparison('  time', seconds, 's'));
};
