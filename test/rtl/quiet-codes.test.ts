import { describe, expect, test } from 'vitest';
import { emitVerilog } from '../../hdl-gen/emit/index.ts';
import { elaborate } from '../../hdl-gen/lang/index.ts';
import {
  type ArrayParameters,
  encodeRow,
  ternaryStream,
  withoutBrokenPairs,
} from '../../rtl/ternary/index.ts';
import { toggleRun } from '../../sim/activity/index.ts';
import { findDevice, synthesise } from '../../synth/index.ts';
import { Draw } from '../support/draw.ts';

/*
 * What a weight 0 leaves free in the codes is chosen so that little changes from beat to beat. That the sums stay right is tested
 * with all others, in array.test.ts and in test/rtl/core.
 */

const parameters = { rows: 1, activationBits: 8, maxK: 4096, initBits: 16, pipeline: 1 } as const;

test('a lane with a weight 0 keeps the sign of the beat before, which counts as a negation', () => {
  const array = { ...parameters, lanes: 3, arch: 'tree' } as const;
  expect(encodeRow([-1, 1, 0, 0, 0, 0, 0, 1, -1], array)).toEqual({
    codes: [
      [3, 1, 0],
      [2, 0, 0],
      [2, 1, 3],
    ],
    constant: 1 + 1 + 2,
  });
});

test('so does what fills up a beat, if the sum has room for more products', () => {
  const array = { ...parameters, lanes: 3, arch: 'tree' } as const;
  const last = (maxK: number) => encodeRow([-1, 1, -1, 0], { ...array, maxK }).codes.at(-1);
  expect(last(6)).toEqual([2, 0, 2]);
  expect(last(5)).toEqual([2, 0, 0]);
});

test.each([
  ['an initial value that cannot hold what is counted then', { initBits: 3 }],
  ['weights that are packed as trits', { encoding: '5in8' }],
] as const)('weights 0 have their own code with %s', (_, change) => {
  const array = { ...parameters, lanes: 2, arch: 'tree', ...change } as const;
  expect(encodeRow([-1, -1, 0, 0], array)).toEqual({
    codes: [
      [3, 3],
      [0, 0],
    ],
    constant: 2,
  });
});

/** Changes of all nets of an array in a cycle, with the same pictures, most of whose pixels are 0. */
async function changes(array: ArrayParameters, codesOf: (weights: readonly number[]) => readonly number[][]) {
  const design = elaborate(ternaryStream(array));
  const files = Object.fromEntries(emitVerilog(design).map(({ name, text }) => [name, text]));
  const { netlistJson } = await synthesise({ files, top: design.top.component, device: findDevice('up5k') });
  const { lanes } = array;
  const draw = new Draw(3);
  const beats = Array.from({ length: 60 }, () => {
    const weights = draw.times(20 * lanes, () => draw.between(-1, 1));
    return codesOf(array.arch === 'sparse' ? withoutBrokenPairs(weights) : weights);
  }).flat();
  const pixels = beats.map(() => draw.times(lanes, () => (draw.oneIn(3) ? draw.below(128) : 0)));
  const run = toggleRun(netlistJson);
  run.count(beats.length, (inputs, first) => {
    for (let cycle = 0; cycle < inputs.cycles; cycle++) {
      const beat = first + cycle;
      inputs.set('in_valid', cycle, 1);
      inputs.set('in_first', cycle, Number(beat % 20 === 0));
      inputs.set('in_last', cycle, Number(beat % 20 === 19));
      inputs.set('out_ready', cycle, 1);
      inputs.set('in_x', cycle, joined(pixels[beat]!, 8));
      inputs.set('in_w', cycle, joined(beats[beat]!, array.arch === 'sparse' ? 3 : 2));
    }
  });
  const { cycles, nets } = run.toggles();
  return nets.reduce((sum, { functional }) => sum + functional, 0) / cycles;
}

/** Numbers of some bits side by side, the first one lowest. */
function joined(values: readonly number[], bits: number): bigint {
  return values.reduceRight((all, value) => (all << BigInt(bits)) | BigInt(value), 0n);
}

describe('with random weights, of which a third is 0, less changes than with the codes of trits:', () => {
  test.each([
    ['tree', 0.94],
    ['tree-folded', 0.94],
    ['sparse', 0.995],
  ] as const)('%s', async (arch, most) => {
    const array = { ...parameters, lanes: 8, arch };
    const quiet = await changes(array, weights => encodeRow(weights, array).codes.map(beat => [...beat]));
    const plain = await changes(array, weights =>
      // Each beat by itself is behind none.
      Array.from({ length: 20 }, (_, beat) => [
        ...encodeRow(weights.slice(8 * beat, 8 * beat + 8), array).codes[0]!,
      ]),
    );
    expect(quiet / plain).toBeLessThan(most);
    expect(quiet / plain).toBeGreaterThan(0.5);
  });
});
