import { describe, expect, test } from 'vitest';
import { drawMatrix } from '../../../bench/hardwired/matrices.ts';
import { emitVerilog } from '../../../hdl-gen/emit/index.ts';
import { elaborate } from '../../../hdl-gen/lang/index.ts';
import {
  type HardwiredParameters,
  hardwiredFigures,
  hardwiredParallel,
  hardwiredSerial,
  planAdders,
} from '../../../rtl/ternary/index.ts';
import { simulate } from '../../../sim/index.ts';
import { matmul } from '../../../sim/reference/index.ts';
import { Draw } from '../../support/draw.ts';
import { runIcarus } from '../../support/icarus.ts';
import { LintCases } from '../../support/lint.ts';
import { firstDifference, randomStimulus, simulated } from '../../support/opinions.ts';
import { hasIcarus, missing } from '../../support/tools.ts';

/** A matrix in logic, with what it was made of. */
interface Case extends HardwiredParameters {
  readonly what: string;
  readonly rows: readonly (readonly number[])[];
}

const cases: readonly Case[] = [
  { what: 'one weight', rows: [[1]], activationBits: 8, pipeline: 1 },
  { what: 'one negative weight', rows: [[-1]], activationBits: 8, pipeline: 1 },
  { what: 'negative weights alone', rows: [[-1, -1, -1]], activationBits: 3, pipeline: 2 },
  {
    what: 'the same row twice, and its negation',
    rows: [
      [1, -1],
      [1, -1],
      [-1, 1],
    ],
    activationBits: 8,
    pipeline: 1,
  },
  { what: 'a column that nothing reads', rows: [[1, 0, -1]], activationBits: 4, pipeline: 1 },
  { what: '1 bit', rows: drawMatrix(5, 7, 1), activationBits: 1, pipeline: 1 },
  { what: '16 bits', rows: drawMatrix(6, 6, 2), activationBits: 16, pipeline: 1 },
  { what: 'one stage', rows: drawMatrix(9, 12, 3), activationBits: 8, pipeline: 16 },
  { what: 'stages of two levels', rows: drawMatrix(16, 20, 4), activationBits: 8, pipeline: 2 },
  { what: 'stages of three levels', rows: drawMatrix(24, 24, 5), activationBits: 5, pipeline: 3 },
].map(each => ({ ...each, graph: planAdders(each.rows) }));

/** Vectors whose sums are looked at. */
const vectors = 12;

describe('a matrix in logic, word-parallel', () => {
  test.each(cases)('gives exact products for $what, a vector a cycle', parameters => {
    const x = activations(parameters);
    const core = simulate(hardwiredParallel(circuitOf(parameters)));
    const { latency } = hardwiredFigures(parameters);
    const found: number[][] = [];
    for (let cycle = 0; cycle < vectors + latency; cycle++) {
      core.set({ in: { valid: cycle < vectors ? 1 : 0, x: x[Math.min(cycle, vectors - 1)]! } });
      expect(core.get('out').valid).toBe(cycle < latency ? 0n : 1n);
      if (cycle >= latency) found.push(core.get('out').y.map(Number));
      core.step();
    }
    expect(found).toEqual(products(parameters, x));
  });
});

describe('a matrix in logic, bit-serial', () => {
  test.each(cases)('gives exact products for $what, back to back and after pauses', parameters => {
    const x = activations(parameters);
    const core = simulate(hardwiredSerial(circuitOf(parameters)));
    const { latency, serialCycles } = hardwiredFigures(parameters);
    const sums: bigint[][] = [];
    let collected: bigint[][] = [];
    /** One cycle, in which the bits of a vector come, or nothing. */
    const cycle = (vector: readonly number[] | undefined, place: number): void => {
      const bits =
        vector === undefined ? parameters.rows[0]!.map(() => 1) : vector.map(each => (each >> place) & 1);
      core.set({ in: { x: bits, last: vector === undefined || place === serialCycles - 1 ? 1 : 0 } });
      const { last, y } = core.get('out');
      collected.push([...y]);
      if (last === 1n) {
        // What came in pauses is longer or shorter, or comes from before the first vector.
        if (collected.length === serialCycles) sums.push(inWords(collected));
        collected = [];
      }
      core.step();
    };
    for (const [i, vector] of x.entries()) {
      for (let place = 0; place < serialCycles; place++) cycle(vector, place);
      if (i % 3 === 2) for (let pause = 0; pause < i; pause++) cycle(undefined, 0);
    }
    for (let rest = 0; rest < latency; rest++) cycle(undefined, 0);
    // A matrix whose sums have one bit has no vector that is told from a pause.
    if (serialCycles > 1) expect(sums.map(row => row.map(Number))).toEqual(products(parameters, x));
  });
});

describe('the Verilog of a matrix in logic', () => {
  // The last cases have all that Verilog of a matrix can have; the second one has a negation.
  const designs = [cases[1]!, ...cases.slice(-2)].flatMap(parameters => [
    { what: `${parameters.what}, parallel`, design: elaborate(hardwiredParallel(circuitOf(parameters))) },
    { what: `${parameters.what}, serial`, design: elaborate(hardwiredSerial(circuitOf(parameters))) },
  ]);
  const lint = new LintCases();
  for (const { what, design } of designs) lint.add(what, emitVerilog(design));
  lint.tests();

  test('tells a long graph in brief', () => {
    const { text } = emitVerilog(designs.at(-1)!.design)[0]!;
    expect(text).toMatch(/^\/\/ graph: \{"inputs":24,.{380,400} … \(\d+ characters\)$/m);
    expect(text).toContain('// activationBits: 5\n');
  });

  test.skipIf(!hasIcarus)(
    `does in Icarus what the circuit does${missing(hasIcarus, 'iverilog')}`,
    async () => {
      const draw = new Draw(7);
      for (const { what, design } of designs) {
        const stimulus = randomStimulus(design.circuit, 60, draw);
        const [icarus] = await runIcarus([{ design, verilog: emitVerilog(design), stimulus, seed: 1 }]);
        const engine = simulated(design.circuit, 'compiled', stimulus, 1);
        const oracle = simulated(design.circuit, 'oracle', stimulus, 1);
        expect(firstDifference(design.circuit, { oracle, engine, icarus }), what).toBeUndefined();
      }
    },
  );
});

function circuitOf({ graph, activationBits, pipeline }: Case): HardwiredParameters {
  return { graph, activationBits, pipeline };
}

/** Random activations; the first vector has the lowest one everywhere, which has no opposite. */
function activations({ rows, activationBits }: Case): number[][] {
  const draw = new Draw(3);
  const half = 2 ** (activationBits - 1);
  return draw.times(vectors, i =>
    rows[0]!.map(() => (i === 0 ? -half : i === 1 ? half - 1 : draw.between(-half, half - 1))),
  );
}

function products({ rows }: Case, x: readonly (readonly number[])[]): number[][] {
  const [m, k] = [rows.length, rows[0]!.length];
  const { data } = matmul(
    { rows: m, columns: k, data: Int8Array.from(rows.flat()) },
    { rows: x.length, columns: k, data: Int32Array.from(x.flat()) },
  );
  return x.map((_, n) => Array.from(data.slice(n * m, (n + 1) * m)));
}

/** The numbers whose bits came one after the other, the lowest first. */
function inWords(cycles: readonly (readonly bigint[])[]): bigint[] {
  return cycles[0]!.map((_, row) =>
    BigInt.asIntN(
      cycles.length,
      cycles.reduce((sum, bits, place) => sum | (bits[row]! << BigInt(place)), 0n),
    ),
  );
}
