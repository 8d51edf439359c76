import { describe, expect, test } from 'vitest';
import { emitVerilog } from '../../hdl-gen/emit/index.ts';
import {
  array,
  clockDomain,
  component,
  concat,
  elaborate,
  inDomain,
  int,
  named,
  range,
  register,
  type Shape,
  synchronise,
  uint,
} from '../../hdl-gen/lang/index.ts';
import type { Circuit } from '../../ir/index.ts';
import { type AsyncFifoParameters, asyncFifo } from '../../rtl/memory/index.ts';
import { simulate } from '../../sim/index.ts';
import { findDevice, synthesise } from '../../synth/index.ts';
import { Draw } from '../support/draw.ts';
import { runIcarus } from '../support/icarus.ts';
import { LintCases } from '../support/lint.ts';
import { type Cycle, type Outputs, simulated } from '../support/opinions.ts';
import { hasIcarus, missing } from '../support/tools.ts';
import { withLateBits } from './late-bits.ts';

/*
 * The asynchronous FIFO against a plain queue. Random words are offered and taken at random, fast and slow in turn, so
 * that it is often full and often empty; whatever went in has to come out, in its order.
 */

const source = clockDomain('source');
const lint = new LintCases();

interface Case {
  readonly what: string;
  readonly parameters: AsyncFifoParameters<Shape>;
  /** The periods of the clock of the source and of the default clock, and when the first edge of the latter is. */
  readonly clocks: readonly [source: number, target: number, phase: number];
}

const record = { kind: range(3, 9), fixed: range(5, 5), pair: array(2, { x: int(5), y: uint(1) }) };
const cases: readonly Case[] = (
  [
    ['one clock for both', uint(8), 8, [1, 1, 0]],
    ['equal clocks with another phase', uint(8), 4, [2, 2, 1]],
    ['nearly equal clocks', uint(16), 8, [20, 21, 3]],
    ['a source of two thirds', uint(8), 2, [3, 2, 0]],
    ['a source half as fast again', uint(8), 16, [2, 3, 1]],
    ['a fast source', int(8), 4, [1, 9, 0]],
    ['a slow source', uint(8), 4, [11, 1, 5]],
    ['records with arrays and odd intervals', record, 8, [7, 5, 2]],
  ] as const
).map(([what, data, depth, clocks]) => ({ what, parameters: { data, depth, from: source }, clocks }));

const cycles = 2_500;

/** Random offers and takes; the inputs change right after an edge of their own clock only. */
function stimulusOf(circuit: Circuit, [a, b, phase]: Case['clocks'], draw: Draw): Cycle[] {
  const smallest = circuit.inputs.map(({ name, net }) => [name, circuit.nets[net]!.interval.min] as const);
  const inputs = new Map(smallest.map(([name, min]) => [name, min < 0n ? 0n : min]));
  let [offering, taking] = [1, 1];
  let [nextA, nextB] = [0, phase];
  return draw.times(cycles, i => {
    if (i % 60 === 0) [offering, taking] = [draw.pick([1, 2, 40]), draw.pick([1, 2, 40])];
    const now = Math.min(nextA, nextB);
    const values = circuit.inputs.map(({ name }) => inputs.get(name)!);
    const domains = [...(nextB === now ? [''] : []), ...(nextA === now ? ['source'] : [])];
    if (nextA === now) nextA += a;
    if (nextB === now) nextB += b;
    for (const { name, net } of circuit.inputs) {
      if (name.startsWith('in_data')) inputs.set(name, draw.value(circuit.nets[net]!.interval));
      if (name.startsWith('late_')) inputs.set(name, BigInt(draw.below(2)));
    }
    if (domains.includes('source')) inputs.set('in_valid', BigInt(draw.oneIn(offering)));
    if (domains.includes('')) inputs.set('out_ready', BigInt(draw.oneIn(taking)));
    return { inputs: values, domains };
  });
}

/** Follows the words through a plain queue; tells how many moved, and how often the FIFO was full or empty. */
function follow(circuit: Circuit, stimulus: readonly Cycle[], outputs: Outputs) {
  const [inputs, outs] = [circuit.inputs, circuit.outputs].map(ports => ports.map(({ name }) => name));
  const isData = (name: string, side: string) => name.startsWith(`${side}_data`) && !name.includes('fixed');
  const wordOf = (side: string, names: readonly string[], values: Outputs[number]) =>
    names.flatMap((name, i) => (isData(name, side) ? `${name.slice(side.length)}=${values[i]}` : [])).join();
  const [offered, taken] = ['in_valid', 'out_ready'].map(name => inputs!.indexOf(name));
  const [accepted, valid] = ['in_ready', 'out_valid'].map(name => outs!.indexOf(name));
  const queue: string[] = [];
  const counts = { moved: 0, refused: 0, starved: 0 };
  for (const [cycle, { inputs: given, domains }] of stimulus.entries()) {
    const shown = outputs[cycle]!;
    expect([0n, 1n]).toContain(shown[accepted!]);
    // What comes out at this edge went in at an earlier one.
    if (domains.includes('') && given[taken!] === 1n) {
      const isThere = shown[valid!] === 1n;
      if (isThere) expect(wordOf('out', outs!, shown), `cycle ${cycle}`).toBe(queue.shift());
      counts[isThere ? 'moved' : 'starved']++;
    }
    if (domains.includes('source') && given[offered!] === 1n) {
      if (shown[accepted!] === 1n) queue.push(wordOf('in', inputs!, given));
      else counts.refused++;
    }
  }
  return counts;
}

describe('an asynchronous FIFO loses, repeats and reorders nothing', () => {
  const tried = cases.map((one, i) => {
    const design = elaborate(asyncFifo(one.parameters));
    const stimulus = stimulusOf(design.circuit, one.clocks, new Draw(i));
    return { ...one, design, stimulus };
  });

  test.each(tried)('with $what', ({ design, stimulus, parameters, what }) => {
    expect(design.warnings).toEqual([]);
    if (parameters.data === record) lint.add(what, emitVerilog(design));
    for (const engine of ['oracle', 'compiled'] as const) {
      const outputs = simulated(design.circuit, engine, stimulus, 1);
      const { moved, refused, starved } = follow(design.circuit, stimulus, outputs);
      expect(moved).toBeGreaterThan(10 * parameters.depth);
      expect(refused).toBeGreaterThan(5);
      expect(starved).toBeGreaterThan(5);
    }
  });

  test.each(tried)('with $what, where any bit may be caught late', ({ design, clocks, parameters }) => {
    const circuit = withLateBits(design.circuit);
    const stimulus = stimulusOf(circuit, clocks, new Draw(7));
    const { moved } = follow(circuit, stimulus, simulated(circuit, 'compiled', stimulus, 1));
    expect(moved).toBeGreaterThan(10 * parameters.depth);
  });

  test.skipIf(!hasIcarus)(`as Verilog${missing(hasIcarus, 'iverilog')}`, async () => {
    const outputs = await runIcarus(
      tried.map(({ design, stimulus }, i) => {
        // All stand in one simulation.
        const rename = (text: string) => text.replaceAll('async_fifo', `async_fifo_${i}`);
        const verilog = emitVerilog(design).map(({ name, text }) => ({
          name: rename(name),
          text: rename(text),
        }));
        return { design, verilog, stimulus, seed: 1 };
      }),
    );
    for (const [i, { design, stimulus, parameters }] of tried.entries())
      expect(follow(design.circuit, stimulus, outputs[i]!).moved).toBeGreaterThan(10 * parameters.depth);
  });

  lint.tests();
});

test('late bits make another number of a binary one: that is why pointers cross as gray codes', () => {
  const binary = component('binary_crossing', {
    inputs: {},
    build() {
      const count = inDomain(source, () => {
        const { sent } = named({ sent: register(uint(6)) });
        return sent.next(sent.add(1).wrap(uint(6)));
      });
      return { sent: count, seen: concat(...count.bits().map(each => synchronise(each))) };
    },
  });
  const circuit = withLateBits(elaborate(binary).circuit);
  const draw = new Draw(1);
  const stimulus = draw.times(500, () => ({
    inputs: circuit.inputs.map(() => BigInt(draw.below(2))),
    domains: ['', 'source'],
  }));
  const outputs = simulated(circuit, 'compiled', stimulus, 1);
  const ages = outputs.slice(10).map(([sent, seen]) => Number(BigInt.asUintN(6, sent! - seen!)));
  expect(ages.filter(age => age > 3).length).toBeGreaterThan(50);
});

describe('an asynchronous FIFO', () => {
  const fifo = asyncFifo({ data: uint(8), depth: 8, from: source });

  test('moves a word at every edge of equal clocks, from a depth of 8 on', () => {
    const wordsIn100 = (depth: number): number => {
      const run = simulate(asyncFifo({ data: uint(8), depth, from: source }));
      run.set({ in: { valid: 1 }, out: { ready: 1 } }).step(20);
      let words = 0;
      for (let i = 0; i < 100; i++) {
        words += Number(run.get('out').valid);
        run.step();
      }
      return words;
    };
    expect(wordsIn100(8)).toBe(100);
    expect(wordsIn100(4)).toBeLessThan(100);
  });

  test('is empty after a reset of both sides, of one edge of both clocks or of three edges each', () => {
    const run = simulate(fifo);
    const fill = () => run.set({ in: { valid: 1, data: 7 }, out: { ready: 0 } }).step(12);
    const drain = () => {
      const words: bigint[] = [];
      run.set({ in: { valid: 0 }, out: { ready: 1 } });
      for (let i = 0; i < 20; i++) {
        if (run.get('out').valid === 1n) words.push(run.get('out').data);
        run.step();
      }
      return words;
    };
    fill();
    expect(drain()).toHaveLength(8);
    fill();
    run.reset();
    expect(drain()).toEqual([]);

    fill();
    run.simulation.set('rst', 1);
    run.step(1, { domains: [''] });
    run.simulation.set('source_rst', 1);
    for (let i = 0; i < 3; i++) run.step(1, { domains: ['source'] }).step(1, { domains: [''] });
    run.simulation.set('rst', 0);
    run.step(2, { domains: [''] });
    run.simulation.set('source_rst', 0);
    expect(drain()).toEqual([]);
    fill();
    expect(drain()).toHaveLength(8);
  });

  test('tells a simulation where the side of the source is reset alone', () => {
    const run = simulate(fifo);
    run.set({ in: { valid: 1, data: 7 }, out: { ready: 1 } }).step(12);
    run.simulation.set('source_rst', 1);
    run.step();
    run.simulation.set('source_rst', 0);
    expect(() => run.step(8)).toThrow(
      expect.objectContaining({
        code: 'TCT-3004',
        message: expect.stringContaining('both sides of the FIFO are reset together'),
      }),
    );
  });

  test('goes from the default domain into another one, and between two others', () => {
    const target = clockDomain('target');
    const relay = component('relay', {
      inputs: { x: { valid: uint(1), data: uint(4) }, ready: uint(1) },
      domains: { ready: target },
      build({ x, ready }) {
        const first = asyncFifo({ data: uint(4), depth: 4, to: source });
        const second = asyncFifo({ data: uint(4), depth: 4, from: source, to: target });
        const one = first({ in: x, out: { ready: 1 } }, { name: 'first' });
        const two = second({ in: one.out, out: { ready } }, { name: 'second' });
        return { y: two.out, x_ready: one.in.ready };
      },
    });
    const run = simulate(relay);
    run.set({ x: { valid: 1, data: 9 }, ready: 0 }).step(20);
    expect([run.get('y').valid, run.get('y').data]).toEqual([1n, 9n]);
  });

  test('keeps its words in a block memory', async () => {
    const [file] = emitVerilog(elaborate(asyncFifo({ data: uint(16), depth: 256, from: source })));
    const { cells } = await synthesise({
      files: { [file!.name]: file!.text },
      top: 'async_fifo',
      device: findDevice('up5k'),
      expected: { bram: 1 },
    });
    // Two pointers of 9 bits in both codes, of which the highest bits are equal; each through two flip-flops; and the
    // two handshakes.
    const flipFlops = Object.entries(cells).filter(([type]) => type.startsWith('SB_DFF'));
    expect(flipFlops.reduce((sum, [, count]) => sum + count, 0)).toBe(2 * (9 + 8 + 2 * 9 + 1));
  });

  test.each([
    { depth: 3, what: 'its depth is 3, which is no power of two from 2' },
    { depth: 1, what: 'its depth is 1, which is no power of two from 2' },
    { from: undefined, what: 'words come from and go to the same clock domain' },
    { data: { fixed: range(4, 4) }, what: 'its words hold nothing that can change' },
  ])('is refused where $what', ({ what, ...change }) => {
    const parameters = { data: uint(8), depth: 8, from: source, ...change } as AsyncFifoParameters<Shape>;
    const refused = () => asyncFifo(parameters); // the line that is told
    expect(refused).toThrow(
      expect.objectContaining({
        code: 'TCT-7001',
        message: `the asynchronous FIFO is refused: ${what}`,
        at: expect.stringMatching(/^test\/rtl\/async-fifo\.test\.ts:\d+$/),
      }),
    );
  });
});
