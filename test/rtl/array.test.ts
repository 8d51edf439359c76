import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { elaborate } from '../../hdl-gen/lang/index.ts';
import {
  type Arch,
  type ArrayParameters,
  archs,
  arrayLayout,
  encodeRow,
  familyOf,
  streamLatency,
  ternaryStream,
  withoutBrokenPairs,
} from '../../rtl/ternary/index.ts';
import { simulate } from '../../sim/index.ts';
import { matmul } from '../../sim/reference/index.ts';

/** A product W.x of one vector, as a beat-by-beat program for the stream. */
interface Product {
  readonly weights: readonly (readonly number[])[];
  readonly x: readonly number[];
  readonly bias: readonly number[];
}

/** A family, and what else decides how its rows are made. */
type Variant = Pick<ArrayParameters, 'negations' | 'accumulator' | 'cut'> & { readonly arch: Arch };

const variants: readonly (Variant & { readonly what: string })[] = [
  ...archs.map(arch => ({ what: arch, arch })),
  ...archs
    .filter(arch => familyOf({ arch }).countsNegations)
    .map(arch => ({ what: `${arch}, its negations counted`, arch, negations: 'counted' as const })),
  ...archs.map(arch => ({ what: `${arch}, its sums in a DSP block`, arch, accumulator: 'dsp' as const })),
  ...([undefined, 'chain', 'dsp'] as const).flatMap(accumulator =>
    (['tree-folded', 'binary'] as const).map(arch => ({
      what: `${arch}, its sums cut into pieces of ${accumulator === undefined ? 5 : 6} bits, sums in ${accumulator ?? 'segments'}`,
      ...{ arch, accumulator, cut: accumulator === undefined ? 5 : 6 },
    })),
  ),
];

describe.each(variants)('the stream of the family $what', ({ what: _, ...variant }) => {
  const { arch } = variant;
  const defaults = { activationBits: 8, maxK: 4096, initBits: 16, pipeline: 1, ...variant };
  it.each([
    { what: 'one lane', lanes: 1, rows: 1 },
    { what: 'an odd number of lanes', lanes: 5, rows: 2 },
    { what: '64 lanes', lanes: 64, rows: 1 },
    { what: 'a wide array', lanes: 65, rows: 3 },
    { what: '64 rows', lanes: 2, rows: 64 },
    { what: '1 bit', lanes: 6, rows: 1, activationBits: 1 },
    { what: '16 bits', lanes: 6, rows: 1, activationBits: 16, initBits: 24 },
    { what: 'two levels from register to register', lanes: 13, rows: 2, pipeline: 2 },
    { what: 'one register after the whole tree', lanes: 13, rows: 2, pipeline: 8 },
    ...(variant.accumulator === 'dsp'
      ? [{ what: 'sums of 32 bits', lanes: 7, rows: 1, activationBits: 16, maxK: 2 ** 15, initBits: 31 }]
      : [{ what: 'sums of 40 bits', lanes: 7, rows: 1, activationBits: 16, maxK: 2 ** 24, initBits: 32 }]),
    { what: 'a short initial value and a long sum', lanes: 7, rows: 1, maxK: 2 ** 23, initBits: 8 },
    { what: 'a long initial value and a short sum', lanes: 3, rows: 1, maxK: 4, initBits: 30 },
  ])('computes exact products with $what', ({ what: _, ...some }) => {
    const parameters = { ...defaults, ...some, lanes: lanesOf(some.lanes, arch) };
    fc.assert(
      fc.property(
        fc.infiniteStream(fc.nat()),
        fc.infiniteStream(fc.integer({ min: 1, max: 4 })),
        (noise, beats) => {
          const random = (limit: number): number => noise.next().value! % limit;
          const products = Array.from({ length: 3 }, () =>
            randomProduct(parameters, beats.next().value!, random),
          );
          expect(run(parameters, products, random)).toEqual(products.map(expected));
        },
      ),
      { numRuns: 4 },
    );
  });

  it.each(
    [
      { what: 'the lowest activation times -1 everywhere', x: -128, w: -1 },
      { what: 'the highest activation times -1 everywhere', x: 127, w: -1 },
      { what: 'the lowest activation times +1 everywhere', x: -128, w: 1 },
      { what: 'weights that are all zero', x: -128, w: 0 },
    ].filter(({ w }) => w !== 0 || familyOf({ arch }).weights !== 'binary'),
  )('is exact for $what, up to the largest K', ({ x, w }) => {
    const parameters = { ...defaults, lanes: 8, rows: 1, maxK: 512, initBits: 16 };
    const product = { weights: [weightsOf(Array(512).fill(w), arch)], x: Array(512).fill(x), bias: [0] };
    expect(run(parameters, [product], () => 1)).toEqual([expected(product)]);
  });

  it('starts every sum from 0 where it has no initial value', () => {
    const parameters = { ...defaults, lanes: 4, rows: 1, initBits: 0 };
    const weights = [weightsOf([1, -1, 1, 1, 1, 1, -1, -1], arch)];
    const product = { weights, x: [1, 2, 3, 4, 5, 6, 7, 8], bias: [0] };
    expect(run(parameters, [product, product], () => 1)).toEqual([[2], [2]]);
  });

  it('is exact for as many products as it is made for, where these do not fill the last beat', () => {
    const lanes = lanesOf(3, arch);
    fc.assert(
      fc.property(
        fc.integer({ min: lanes + 1, max: 4 * lanes - 1 }),
        fc.infiniteStream(fc.nat()),
        (maxK, noise) => {
          const random = (limit: number): number => noise.next().value! % limit;
          const parameters = { ...defaults, lanes, rows: 1, maxK, initBits: random(2) === 0 ? 0 : 12 };
          const { weights, x } = randomProduct({ ...parameters, lanes: 1 }, maxK, random);
          // Mostly the sums at the ends of what there can be.
          const extreme = random(4) === 0 ? x : weights[0]!.map(w => (w < 0 ? 127 : -128));
          const product = { weights, x: extreme, bias: [0] };
          const filled = {
            ...product,
            x: [...extreme, ...Array(lanes * Math.ceil(maxK / lanes) - maxK).fill(0)],
          };
          expect(run(parameters, [filled], () => 1)).toEqual([expected(product)]);
        },
      ),
      { numRuns: 12 },
    );
  });

  it.each([1, 2, 3, 4, 64, 65])('gives the result of %i lanes when it says', asked => {
    const lanes = lanesOf(asked, arch);
    const parameters = { ...defaults, lanes, rows: 1 };
    const core = simulate(ternaryStream(parameters));
    const weights = weightsOf(Array(lanes).fill(1), arch);
    const { codes } = encodeRow(weights, parameters);
    core.set({
      in: { valid: 1, first: 1, last: 1, x: Array(lanes).fill(1), w: codes, init: [0] },
    });
    core.set({ out: { ready: 1 } });
    core.step();
    core.set({
      in: { valid: 0, first: 0, last: 0, x: Array(lanes).fill(0), w: codes, init: [0] },
    });
    let edges = 1;
    while (core.get('out').valid === 0n && edges < 100) {
      core.step();
      edges++;
    }
    expect(edges).toBe(streamLatency(parameters));
    expect(core.get('out').y).toEqual([BigInt(weights.filter(Boolean).length)]);
  });

  it('says in the width of its sum how large a product may be', () => {
    const parameters = {
      ...defaults,
      lanes: 64,
      rows: 1,
      maxK: arch === 'sparse' ? 4096 : 2048,
      initBits: 19,
    };
    expect(arrayLayout(parameters).sum.width).toBe(20);
    const y = elaborate(ternaryStream(parameters)).circuit.outputs.find(({ name }) => name === 'out_y_0')!;
    expect(elaborate(ternaryStream(parameters)).circuit.nets[y.net]!.interval.width).toBe(20);
  });

  it('stops a simulation that sums more products than it was made for', () => {
    const parameters = { ...defaults, lanes: 4, rows: 1, maxK: 8, initBits: 0 };
    const product = { weights: [weightsOf(Array(64).fill(1), arch)], x: Array(64).fill(127), bias: [0] };
    expect(() => run(parameters, [product], () => 1)).toThrow(/the running sum stays within/);
  });
});

/** As many lanes, or one more where they come in pairs. */
function lanesOf(lanes: number, arch: Arch): number {
  return arch === 'sparse' ? lanes + (lanes % 2) : lanes;
}

/** Weights that a family takes. */
function weightsOf(weights: readonly number[], arch: Arch | undefined): readonly number[] {
  return arch === 'sparse' ? withoutBrokenPairs(weights) : weights;
}

function randomProduct(
  { lanes, rows, activationBits, initBits, arch }: ArrayParameters,
  beats: number,
  random: (limit: number) => number,
): Product {
  const k = lanes * beats;
  // Extreme values are as likely as all others together.
  const pick = (low: number, high: number): number =>
    [low, high, low + random(high - low + 1), low + random(high - low + 1)][random(4)]!;
  const low = -(2 ** (activationBits - 1));
  const weight = familyOf({ arch }).weights !== 'binary' ? () => random(3) - 1 : () => 2 * random(2) - 1;
  const limit = initBits === 0 ? 0 : Math.min(100, 2 ** (initBits - 1) - 1 - k);
  return {
    weights: Array.from({ length: rows }, () => weightsOf(Array.from({ length: k }, weight), arch)),
    x: Array.from({ length: k }, () => pick(low, -low - 1)),
    bias: Array.from({ length: rows }, () => pick(-limit, limit)),
  };
}

function expected({ weights, x, bias }: Product): number[] {
  const product = matmul(
    { rows: weights.length, columns: x.length, data: weights.flat() },
    { rows: 1, columns: x.length, data: x },
    bias,
  );
  return [...product.data];
}

/** Streams the products through the core; `random` decides in which cycles neither side waits. */
function run(
  parameters: ArrayParameters,
  products: readonly Product[],
  random: (limit: number) => number,
): number[][] {
  const { lanes } = parameters;
  const core = simulate(ternaryStream(parameters));
  // Without an initial value the constants are added outside.
  const constants: number[][] = [];
  const beats = products.flatMap(({ weights, x, bias }) => {
    const rows = weights.map(row => encodeRow(row, parameters));
    const init = rows.map(({ constant }, r) => constant + bias[r]!);
    constants.push(parameters.initBits === 0 ? init : init.map(() => 0));
    return Array.from({ length: x.length / lanes }, (_, beat) => ({
      first: beat === 0 ? 1 : 0,
      last: (beat + 1) * lanes === x.length ? 1 : 0,
      x: x.slice(beat * lanes, (beat + 1) * lanes),
      w: rows.map(({ codes }) => codes[beat]!),
      init: parameters.initBits === 0 ? bias : init,
    }));
  });
  const results: number[][] = [];
  for (let cycle = 0; results.length < products.length; cycle++) {
    if (cycle > 10_000) throw new Error('no result comes');
    const valid = beats.length > 0 && random(3) > 0 ? 1 : 0;
    const ready = random(3) > 0 ? 1 : 0;
    // A beat that is not valid carries anything: here the next beat, or the last one again.
    const beat = beats[0];
    core.set({ out: { ready } });
    core.set({ in: { valid, ...beat } });
    const out = core.get('out');
    if (ready === 1 && out.valid === 1n)
      results.push(out.y.map((y, row) => Number(y) + constants[results.length]![row]!));
    if (valid === 1 && core.get('in').ready === 1n) beats.shift();
    core.step();
  }
  return results;
}
