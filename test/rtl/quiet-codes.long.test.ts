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

/* That weights 0 which keep a sign let less change is counted in netlists. */

const parameters = { rows: 1, activationBits: 8, maxK: 4096, initBits: 16, pipeline: 1 } as const;

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
