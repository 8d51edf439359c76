import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fp16Feed, int8Feed, ternaryFeed } from '../../bench/claims/feeds.ts';
import { halfBits } from '../../bench/claims/half.ts';
import { type ClaimProduct, claimProduct } from '../../bench/claims/product.ts';
import { tree } from '../../bench/peers/contestants.ts';
import type { RecordedInputs } from '../../hdl-gen/cli/energy/recorded.ts';
import { elaborate } from '../../hdl-gen/lang/index.ts';
import { type Arch, type ArrayParameters, arrayLayout, ternaryArray } from '../../rtl/ternary/index.ts';
import { createSimulation } from '../../sim/index.ts';
import { halfOf, halfToNumber } from './half.ts';

/*
 * A comparison of energies means something only if all arrays do the same work: what the feeds of the claims bring them, they
 * multiply as they should.
 */

const lanes = 4;

/** A small product, so that there are many sums: 3 vectors, 2 rows, 10 columns. */
const product: ClaimProduct = {
  ...{ columns: 10, rows: 2, vectors: 3 },
  activations: Int32Array.from({ length: 30 }, (_, i) => (i * 37) % 128),
  ternary: Int8Array.from({ length: 20 }, (_, i) => (i % 3) - 1),
  binary: Int8Array.from({ length: 20 }, (_, i) => (i % 2) * 2 - 1),
  int8: Int8Array.from({ length: 20 }, (_, i) => ((i * 53) % 255) - 127),
};
const steps = Math.ceil(product.columns / lanes);

/** Sums in the order in which arrays make them. */
function sumsOf(weights: Int8Array): number[] {
  const { vectors, rows, columns, activations } = product;
  return Array.from({ length: vectors * rows }, (_, sum) => {
    const [vector, row] = [Math.floor(sum / rows), sum % rows];
    let total = 0;
    for (let i = 0; i < columns; i++)
      total += activations[vector * columns + i]! * weights[row * columns + i]!;
    return total;
  });
}

function bitsOf(fed: RecordedInputs, cycle: number, input: string, bits: number): number {
  return Array.from({ length: bits }, (_, bit) => fed.at(cycle, input, bit) * 2 ** bit).reduce(
    (a, b) => a + b,
  );
}

describe('the feed of our arrays', () => {
  test.each([
    ['tree', product.ternary],
    ['tree-folded', product.ternary],
    ['binary', product.binary],
  ] as const)('gives %s the sums of the product', (arch: Arch, weights) => {
    const parameters: ArrayParameters = {
      ...{ lanes, rows: 1, activationBits: 8, maxK: 4096, initBits: 0, pipeline: 1, arch },
    };
    const { circuit } = elaborate(ternaryArray(parameters));
    const simulation = createSimulation(circuit);
    const layout = arrayLayout(parameters);
    const latest = Math.max(...layout.result);
    const { inputs: fed, share } = ternaryFeed(product, weights, parameters, 100);
    const beatsOfSum = Math.round(steps / share);
    // The constant of the codes comes in a beat of its own, where it is not 0.
    expect(beatsOfSum).toBeGreaterThanOrEqual(steps);
    expect(beatsOfSum).toBeLessThanOrEqual(steps + 1);
    const beats = product.vectors * product.rows * beatsOfSum;
    const seen: number[] = [];
    const outputs: bigint[] = [];
    for (let cycle = 0; cycle < beats + latest; cycle++) {
      for (const { name, net } of circuit.inputs) {
        const { interval } = circuit.nets[net]!;
        const value = BigInt(bitsOf(fed, cycle, name, interval.width));
        simulation.set(name, interval.min < 0n ? BigInt.asIntN(interval.width, value) : value);
      }
      simulation.step();
      outputs.push(simulation.get('y_0'));
    }
    for (let sum = 0; sum < product.vectors * product.rows; sum++) {
      const last = (sum + 1) * beatsOfSum - 1;
      const bits = layout.result.map((delay, bit) => {
        const at = outputs[last + delay - 1]!;
        return ((at >> BigInt(bit)) & 1n) << BigInt(bit);
      });
      const width = layout.result.length;
      seen.push(
        Number(
          BigInt.asIntN(
            width,
            bits.reduce((a, b) => a | b),
          ),
        ),
      );
    }
    expect(seen).toEqual(sumsOf(weights));
  });

  test('has the ports of the contestant', () => {
    const { inputs } = elaborate(tree.array(lanes, 1)).circuit;
    expect(inputs.map(({ name }) => name)).toEqual([
      'enable',
      'x_0',
      'x_1',
      'x_2',
      'x_3',
      'w_0',
      'w_1',
      'w_2',
      'w_3',
      'valid',
      'first',
    ]);
  });
});

describe('the feed of the multipliers', () => {
  test('has pixels and weights of the same beat, and tells the first one later', () => {
    const fed = int8Feed(product, lanes, 6, 100);
    for (const cycle of [0, 1, 2, 5, 7, 17]) {
      const [sum, step] = [Math.floor(cycle / steps), cycle % steps];
      const [vector, row] = [Math.floor(sum / product.rows), sum % product.rows];
      for (let lane = 0; lane < lanes; lane++) {
        const column = step * lanes + lane;
        const inside = column < product.columns;
        const x = bitsOf(fed, cycle, 'x', 8 * lanes);
        const pixel = inside ? product.activations[vector * product.columns + column]! : 0;
        const weight = inside ? product.int8[row * product.columns + column]! : 0;
        expect(Math.floor(x / 2 ** (8 * lane)) % 256).toBe(pixel);
        expect(bitsOf(fed, cycle, `w_row_0_${lane}`, 8)).toBe(weight & 255);
      }
    }
    expect([6, 7, 8, 9].map(cycle => fed.at(cycle, 'first', 0))).toEqual([1, 0, 0, 1]);
  });

  test('has the same as binary16, a lane nine cycles after the one before, and the sum so far', () => {
    const fed = fp16Feed(product, lanes, 200);
    const cycle = 4;
    const sumOfBeat = (beat: number, count: number): number => {
      const row = Math.floor(beat / steps) % product.rows;
      let total = 0;
      for (let i = 0; i < count; i++)
        total += (product.activations[i]! * product.int8[row * product.columns + i]!) / 2 ** 14;
      return total;
    };
    for (let lane = 0; lane < lanes; lane++) {
      const x = Array.from(
        { length: 16 },
        (_, bit) => fed.at(cycle + 9 * lane, 'x', 16 * lane + bit) << bit,
      ).reduce((a, b) => a | b);
      const column = (cycle % steps) * lanes + lane;
      const pixel = column < product.columns ? product.activations[column]! : 0;
      expect(halfToNumber(x)).toBe(pixel / 128);
      const weight = column < product.columns ? product.int8[product.columns + column]! : 0;
      expect(halfToNumber(bitsOf(fed, cycle + 9 * lane, `w_row_0_${lane}`, 16))).toBe(weight / 128);
    }
    expect(halfToNumber(bitsOf(fed, cycle + 9, 'c', 16))).toBeCloseTo(sumOfBeat(cycle, 4), 1);
  });
});

describe('the product of the claims', () => {
  test('has weights of the same signs in all formats', () => {
    const { ternary, binary, int8 } = claimProduct();
    expect([...binary].every(weight => weight === 1 || weight === -1)).toBe(true);
    expect([...ternary.keys()].every(i => ternary[i] === 0 || ternary[i] === binary[i])).toBe(true);
    expect([...int8.keys()].every(i => Math.sign(int8[i]!) === binary[i])).toBe(true);
  });
});

test('the bits of binary16 are those that the tests of the peers have', () => {
  // Subnormals are zeros there.
  const finite = fc
    .double({ min: -65504, max: 65504, noNaN: true })
    .filter(value => Math.abs(value) >= 2 ** -14);
  fc.assert(
    fc.property(finite, value => {
      expect(halfBits(value)).toBe(halfOf(value));
    }),
  );
  for (const value of [0, -0, 2 ** -14, 1 - 2 ** -12, 65504]) expect(halfBits(value)).toBe(halfOf(value));
});
