import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emitVerilog } from '../../hdl-gen/emit/index.ts';
import { elaborate } from '../../hdl-gen/lang/index.ts';
import { encodeSparse, type SparseParameters, sparseArray, sparseTiming } from '../../rtl/ternary/index.ts';
import { simulate } from '../../sim/index.ts';
import { matmul } from '../../sim/reference/index.ts';
import { Draw } from '../support/draw.ts';
import { runIcarus } from '../support/icarus.ts';
import { LintCases } from '../support/lint.ts';
import { runNetlists } from '../support/netlists.ts';
import { firstDifference, randomStimulus, simulated } from '../support/opinions.ts';
import { hasIcarus, missing } from '../support/tools.ts';

/** A product of one vector, whose weights have at most one in each pair that is not 0. */
interface Product {
  readonly weights: readonly (readonly number[])[];
  readonly x: readonly number[];
  readonly bias: readonly number[];
}

const defaults: SparseParameters = {
  lanes: 8,
  rows: 1,
  activationBits: 8,
  maxK: 4096,
  initBits: 16,
  pipeline: 1,
};

describe('the sparse array', () => {
  test.each<{ what: string } & Partial<SparseParameters>>([
    { what: 'one pair', lanes: 2 },
    { what: 'an odd number of pairs', lanes: 10, rows: 2 },
    { what: '64 lanes', lanes: 64 },
    { what: '1 bit', lanes: 6, activationBits: 1 },
    { what: '16 bits', lanes: 6, activationBits: 16, initBits: 24 },
    { what: 'two levels from register to register', lanes: 26, rows: 2, pipeline: 2 },
    { what: 'one register after the whole tree', lanes: 26, pipeline: 8 },
  ])('computes exact products with $what', ({ what: _, ...some }) => {
    const parameters = { ...defaults, ...some };
    fc.assert(
      fc.property(fc.integer(), seed => {
        const draw = new Draw(seed);
        const products = draw.times(3, () => randomProduct(parameters, draw));
        expect(run(parameters, products, draw)).toEqual(products.map(expected));
      }),
      { numRuns: 6 },
    );
  });

  test.each([
    { what: 'the lowest activation times -1', x: -128, pair: [0, -1] },
    { what: 'the highest activation times -1', x: 127, pair: [-1, 0] },
    { what: 'the lowest activation times +1', x: -128, pair: [1, 0] },
    { what: 'pairs of zeros', x: -128, pair: [0, 0] },
  ])('is exact for $what, up to the largest K', ({ x, pair }) => {
    const parameters = { ...defaults, maxK: 512, initBits: 10 };
    const weights = [Array.from({ length: 512 }, (_, column) => pair[column % 2]!)];
    const product = { weights, x: Array<number>(512).fill(x), bias: [0] };
    expect(run(parameters, [product], new Draw(1))).toEqual([expected(product)]);
  });

  test('takes every word with the bit for zeros as zeros', () => {
    const core = simulate(sparseArray({ ...defaults, lanes: 2, initBits: 0 }));
    const { result } = sparseTiming({ ...defaults, lanes: 2 });
    const sums = [5n, 0n, -6n, 0n, 7n, 0n, -8n, 0n];
    for (const [word, sum] of sums.entries()) {
      core.set({ enable: 1, x: [5, 7], w: [[word]], valid: 1, first: 1 });
      core.step(result);
      expect(core.get('y')).toEqual([sum]);
    }
  });

  test('is as wide as half of its columns need', () => {
    const { circuit } = elaborate(sparseArray({ ...defaults, lanes: 64, maxK: 7680 }));
    expect(circuit.nets[circuit.outputs[0]!.net]!.interval.width).toBe(20);
  });

  test('fills up the last beat with zeros, and counts the weights -1', () => {
    expect(encodeSparse([[0, 1, -1, 0, 0, -1]], { ...defaults, lanes: 4 })).toEqual({
      words: [
        [
          [4, 2],
          [6, 1],
        ],
      ],
      negations: [2],
    });
  });

  test('refuses weights that break the rule, and names row and column', () => {
    const rows = [
      [0, 1, 0, 0],
      [1, 0, 1, 1],
    ];
    expect(() => encodeSparse(rows, defaults)).toThrow(
      /^the weights at row 1, columns 2 and 3 are both not 0/,
    );
  });

  test.each([
    { lanes: 7, help: 'take 6 or 8 lanes' },
    { lanes: 1, help: 'take 2 lanes' },
  ])('refuses $lanes lanes', ({ lanes, help }) => {
    expect(() => sparseTiming({ ...defaults, lanes })).toThrow(
      expect.objectContaining({ code: 'TCT-7103', help }),
    );
  });
});

describe('the Verilog of the sparse array', () => {
  const designs = [
    { ...defaults, lanes: 6, rows: 2, activationBits: 4, initBits: 4 },
    { ...defaults, lanes: 10, activationBits: 3, initBits: 0, pipeline: 2 },
  ].map(parameters => elaborate(sparseArray(parameters)));
  const lint = new LintCases();
  for (const [i, design] of designs.entries()) lint.add(`case ${i}`, emitVerilog(design));
  lint.tests();

  test(`does as a netlist${hasIcarus ? ', and in Icarus,' : ''} what the circuit does${missing(hasIcarus, 'iverilog')}`, async () => {
    const draw = new Draw(5);
    for (const design of designs) {
      const stimulus = randomStimulus(design.circuit, 60, draw);
      const one = { design, verilog: emitVerilog(design), stimulus, seed: 1 };
      const [icarus] = hasIcarus ? await runIcarus([one]) : [];
      const [netlist] = await runNetlists([one]);
      const engine = simulated(design.circuit, 'compiled', stimulus, 1);
      const oracle = simulated(design.circuit, 'oracle', stimulus, 1);
      const opinions = { oracle, engine, icarus, netlist: netlist!.outputs };
      expect(firstDifference(design.circuit, opinions)).toBeUndefined();
    }
  });
});

function randomProduct({ lanes, rows, activationBits, initBits }: SparseParameters, draw: Draw): Product {
  const k = lanes * draw.between(1, 4);
  const half = 2 ** (activationBits - 1);
  const limit = initBits === 0 ? 0 : 100;
  // Extreme values are as likely as all others together.
  const activation = () => [-half, half - 1, draw.between(-half, half - 1), draw.between(-half, half - 1)];
  return {
    weights: draw.times(rows, () =>
      draw
        .times(k / 2, () => [draw.between(-1, 1), draw.between(0, 1)] as const)
        .flatMap(([weight, isSecond]) => (isSecond ? [0, weight] : [weight, 0])),
    ),
    x: draw.times(k, () => activation()[draw.between(0, 3)]!),
    bias: draw.times(rows, () => draw.between(-limit, limit)),
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

/** Feeds the products beat by beat, each input when it is due; `draw` decides when nothing comes and when all stands still. */
function run(parameters: SparseParameters, products: readonly Product[], draw: Draw): number[][] {
  const { lanes, rows } = parameters;
  const core = simulate(sparseArray(parameters));
  const due = sparseTiming(parameters);
  const beats = products.flatMap(({ weights, x, bias }) => {
    const { words, negations } = encodeSparse(weights, parameters);
    return words[0]!.map((_, beat) => ({
      x: x.slice(beat * lanes, (beat + 1) * lanes),
      w: words.map(row => row[beat]!),
      init: bias.map((value, row) => (beat === 0 ? value + negations[row]! : 0)),
      isFirst: beat === 0,
      isLast: (beat + 1) * lanes === x.length,
    }));
  });
  // What enters the pipeline in each of its cycles: a beat, or nothing.
  const entering: ((typeof beats)[number] | undefined)[] = beats.flatMap(beat =>
    draw.oneIn(3) ? [undefined, beat] : [beat],
  );
  const zeros = Array<number>(rows).fill(0);
  const results: number[][] = [];
  for (let cycle = 0; cycle < entering.length + due.result; cycle++) {
    const [now, atInit, atFirst] = [0, due.init, due.first].map(delay => entering[cycle - delay]);
    const next = now ?? beats[0]!;
    const inputs = {
      x: next.x,
      w: next.w,
      init: atInit?.init ?? zeros,
      valid: atInit === undefined ? 0 : 1,
      first: atFirst?.isFirst ? 1 : 0,
    };
    while (draw.oneIn(4)) {
      core.set({ ...inputs, enable: 0 });
      core.step();
    }
    core.set({ ...inputs, enable: 1 });
    core.step();
    if (entering[cycle - due.result + 1]?.isLast) results.push(core.get('y').map(Number));
  }
  return results;
}
