import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeTableRow, type TableParameters, tableLayout, tableStream } from '../../rtl/ternary/index.ts';
import { simulate } from '../../sim/index.ts';
import { matmul } from '../../sim/reference/index.ts';

/** Weights [M,K] and activation vectors [N,K], with a value for each row that its sum begins with. */
interface Product {
  readonly weights: readonly (readonly number[])[];
  readonly vectors: readonly (readonly number[])[];
  readonly bias: readonly number[];
}

type Draw = (limit: number) => number;

describe('the stream of tables', () => {
  const defaults = { lanes: 10, rows: 1, activationBits: 8, maxK: 4096, maxM: 16, initBits: 16, pipeline: 1 };
  it.each([
    { what: 'one lane', lanes: 1 },
    { what: 'one table', lanes: 5 },
    { what: 'lanes that fill no whole number of tables', lanes: 13 },
    { what: 'several rows side by side', rows: 3, lanes: 7 },
    { what: '64 lanes', lanes: 64 },
    { what: 'tables that share a filler', lanes: 24, maxM: 400 },
    { what: 'tables that share fillers unevenly', lanes: 35, maxM: 700, rows: 2 },
    { what: '1 bit', activationBits: 1 },
    { what: '16 bits', activationBits: 16, initBits: 24 },
    { what: 'three levels from register to register', lanes: 37, pipeline: 3 },
    { what: 'one row', maxM: 1 },
    { what: 'no initial value', initBits: 0 },
  ])('computes exact products with $what', ({ what: _, ...some }) => {
    const parameters = { ...defaults, ...some };
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat()), noise => {
        const draw: Draw = limit => noise.next().value! % limit;
        const product = drawProduct(parameters, draw);
        expect(run(parameters, product, draw)).toEqual(expected(product));
      }),
      { numRuns: 4 },
    );
  });

  it.each([
    { what: 'the lowest activation times -1 everywhere', x: -128, w: -1 },
    { what: 'the highest activation times -1 everywhere', x: 127, w: -1 },
    { what: 'the lowest activation times +1 everywhere', x: -128, w: 1 },
    { what: 'weights that are all zero', x: -128, w: 0 },
  ])('is exact for $what, up to the largest K', ({ x, w }) => {
    const parameters = { ...defaults, lanes: 20, maxK: 200 };
    const product = { weights: [Array(200).fill(w)], vectors: [Array(200).fill(x)], bias: [0] };
    expect(run(parameters, product, () => 1)).toEqual(expected(product));
  });

  it('reads every combination of five weights', () => {
    const weights = combinations(5);
    const product = {
      weights,
      vectors: [
        [-128, 127, 3, -77, 64],
        [1, 3, 9, 27, 81],
      ],
      bias: weights.map(() => 0),
    };
    expect(run({ ...defaults, lanes: 5, maxM: 243 }, product, () => 1)).toEqual(expected(product));
  });

  it('takes a beat in each cycle but for a gap between two steps, where the rows hide the refill', () => {
    const parameters = { ...defaults, lanes: 10, maxM: 260 };
    const { refillCycles, tablesPerFiller } = tableLayout(parameters);
    expect(tablesPerFiller).toBe(2);
    const weights = Array.from({ length: 260 }, () => Array(40).fill(1));
    const product = {
      weights,
      vectors: Array.from({ length: 3 }, () => Array(40).fill(1)),
      bias: weights.map(() => 0),
    };
    const cycles = { count: 0 };
    run(parameters, product, () => 1, cycles);
    const [steps, gap] = [3 * 4, 3];
    expect(cycles.count).toBeLessThan(steps * (260 + gap) + refillCycles + 20);
  });

  it('stops a simulation that brings more rows than it keeps sums for', () => {
    const product = { weights: Array.from({ length: 6 }, () => [1]), vectors: [[1]], bias: Array(6).fill(0) };
    expect(() => run({ ...defaults, maxM: 5 }, product, () => 1)).toThrow(/a step has no more than 5 beats/);
  });

  it('stops a simulation that sums more products than it was made for', () => {
    const parameters = { ...defaults, lanes: 5, maxK: 5, initBits: 0 };
    const product = { weights: [Array(40).fill(1)], vectors: [Array(40).fill(127)], bias: [0] };
    expect(() => run(parameters, product, () => 1)).toThrow(/the running sum stays within/);
  });
});

function combinations(count: number): number[][] {
  return count === 0
    ? [[]]
    : combinations(count - 1).flatMap(group => [0, 1, -1].map(last => [...group, last]));
}

function drawProduct({ lanes, rows, activationBits, initBits, maxM }: TableParameters, draw: Draw): Product {
  const m = Math.min(1 + draw(3 * rows + 5), maxM);
  const k = lanes * (1 + draw(4)) - draw(lanes);
  const low = -(2 ** (activationBits - 1));
  const pick = (from: number, to: number): number => [from, to, from + draw(to - from + 1)][draw(3)]!;
  const limit = initBits === 0 ? 0 : 100;
  return {
    weights: Array.from({ length: m }, () => Array.from({ length: k }, () => draw(3) - 1)),
    vectors: Array.from({ length: 1 + draw(3) }, () => Array.from({ length: k }, () => pick(low, -low - 1))),
    bias: Array.from({ length: m }, () => pick(-limit, limit)),
  };
}

function expected({ weights, vectors, bias }: Product): number[][] {
  const matrix = (data: readonly (readonly number[])[]) => ({
    rows: data.length,
    columns: data[0]!.length,
    data: data.flat(),
  });
  const { data } = matmul(matrix(weights), matrix(vectors), bias);
  return vectors.map((_, n) => [...data.slice(n * weights.length, (n + 1) * weights.length)]);
}

/** Streams a product through the tables; `draw` decides in which cycles nobody waits. */
function run(parameters: TableParameters, product: Product, draw: Draw, cycles = { count: 0 }): number[][] {
  const { lanes, rows, initBits } = parameters;
  const { weights, vectors, bias } = product;
  const { fillers, tablesPerFiller, groups: _, tables } = tableLayout(parameters);
  const core = simulate(tableStream(parameters), { seed: 1 + draw(1000) });
  const k = weights[0]!.length;
  const steps = Math.ceil(k / lanes);
  const groups = Math.ceil(weights.length / rows);
  const encoded = Array.from({ length: groups * rows }, (_, m) =>
    encodeTableRow(weights[m] ?? Array(k).fill(0), parameters),
  );
  const initial = encoded.map(({ constant }, m) => (initBits === 0 ? 0 : constant + (bias[m] ?? 0)));

  const loads: number[][] = [];
  const beats: { first: number; last: number; swap: number; w: (readonly number[])[]; init: number[] }[] = [];
  for (const x of vectors) {
    for (let step = 0; step < steps; step++) {
      const own = (lane: number) => (lane < lanes ? (x[step * lanes + lane] ?? 0) : 0);
      for (let place = 0; place < tablesPerFiller; place++)
        for (let lane = 0; lane < 5; lane++)
          loads.push(
            Array.from({ length: fillers }, (_, f) => {
              const table = place * fillers + f;
              return table < tables ? own(5 * table + lane) : 0;
            }),
          );
      for (let group = 0; group < groups; group++) {
        const members = Array.from({ length: rows }, (_, r) => group * rows + r);
        beats.push({
          first: Number(step === 0),
          last: Number(step === steps - 1),
          swap: Number(group === groups - 1),
          w: members.map(m => encoded[m]!.codes[step]!),
          init: members.map(m => initial[m]!),
        });
      }
    }
  }
  const results: number[] = [];
  const idle = { first: 0, last: 0, swap: 0, w: beats[0]!.w, init: beats[0]!.init };
  for (; results.length < vectors.length * groups * rows; cycles.count++) {
    if (cycles.count > 40_000) throw new Error('no result comes');
    const [loadValid, inValid, ready] = [
      loads.length > 0 && draw(3) > 0,
      beats.length > 0 && draw(3) > 0,
      draw(3) > 0,
    ];
    core.set({
      load: { valid: Number(loadValid), x: loads[0] ?? Array(fillers).fill(0) },
      in: { valid: Number(inValid), ...(beats[0] ?? idle) },
      out: { ready: Number(ready) },
    });
    const out = core.get('out');
    if (ready && out.valid === 1n) results.push(...out.y.map(Number));
    const [loadTaken, inTaken] = [
      loadValid && core.get('load').ready === 1n,
      inValid && core.get('in').ready === 1n,
    ];
    core.step();
    if (loadTaken) loads.shift();
    if (inTaken) beats.shift();
  }
  const outside = encoded.map(({ constant }) => (initBits === 0 ? constant : 0));
  return vectors.map((_, n) => weights.map((_, m) => results[n * groups * rows + m]! + outside[m]!));
}
