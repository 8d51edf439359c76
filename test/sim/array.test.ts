import { expect, test } from 'vitest';
import { createSimulation } from '../../sim/index.ts';
import { ternaryArray } from './helpers/array.ts';
import { numbers } from './helpers/numbers.ts';

test('the array that speed is measured on adds up its gates', () => {
  const [lanes, rows, cycles] = [16, 2, 300];
  const latency = 2 + Math.log2(lanes);
  const next = numbers(1);
  const column = (draw: () => number) => Array.from({ length: cycles }, draw);
  const stimuli: Record<string, number[]> = { enable: column(() => 1), first: column(() => 1) };
  for (let lane = 0; lane < lanes; lane++) {
    stimuli[`x_${lane}`] = column(() => next(256) - 128);
    for (let row = 0; row < rows; row++) {
      stimuli[`nz_${row}_${lane}`] = column(() => next(2));
      stimuli[`neg_${row}_${lane}`] = column(() => next(2));
    }
  }
  const results = createSimulation(ternaryArray(lanes, rows)).runValues(stimuli);
  for (let row = 0; row < rows; row++) {
    const expected = Array.from({ length: cycles - latency }, (_, cycle) => {
      let sum = 0;
      for (let lane = 0; lane < lanes; lane++) {
        const x = stimuli[`nz_${row}_${lane}`]![cycle] === 1 ? stimuli[`x_${lane}`]![cycle]! : 0;
        sum += stimuli[`neg_${row}_${lane}`]![cycle] === 1 ? -x - 1 : x;
      }
      return BigInt(sum);
    });
    expect(results[`y_${row}`]!.slice(latency)).toEqual(expected);
  }
});
