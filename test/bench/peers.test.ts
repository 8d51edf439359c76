import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { createSimulation, netlistCircuit, type Records, type Simulation } from '../../sim/index.ts';
import { ice40ModelsOf, readWordLevel } from '../../synth/index.ts';
import { Draw } from '../support/draw.ts';
import { halfMultiplyAdd, halfOf, halfToNumber } from './half.ts';

/*
 * A peer that computes something wrong is no peer. What the bench compares our arrays with runs here as Verilog, with 4
 * lanes each, on random operands and the extremes, against plain integers and, for binary16, doubles.
 */

const folder = new URL('../../bench/peers/', import.meta.url);
const lanes = 4;
const levels = Math.log2(lanes);
const cycles = 2500;
const draw = new Draw(1);

/** All peers in one module, because Yosys takes longer to start than to read them. */
const top = `module peers (
  input wire clk,
  input wire [${8 * lanes - 1}:0] x, w, input wire [${2 * lanes - 1}:0] trits, input wire [3:0] first,
  input wire [${16 * lanes - 1}:0] half_x, half_w, input wire [15:0] half_c,
  output wire [31:0] ternary, luts, star, dsp, output wire [15:0] half
);
  ternary_behavioural #(${lanes}) a (.clk(clk), .x(x), .w(trits), .first(first[0]), .y(ternary));
  int8_lut #(${lanes}) b (.clk(clk), .x(x), .w(w), .first(first[1]), .y(luts));
  fp16_chain #(${lanes}) c (.clk(clk), .x(half_x), .w(half_w), .c(half_c), .y(half));
  int8_star #(${lanes}) e (.clk(clk), .x(x), .w(w), .first(first[3]), .y(star));
  int8_dsp #(${lanes}) d (.clk(clk), .x(x), .w(w), .first(first[2]), .y(dsp));
endmodule`;

let simulation: Simulation;

beforeAll(async () => {
  const names = readdirSync(folder).filter(name => name.endsWith('.v'));
  const files = Object.fromEntries(names.map(name => [name, readFileSync(new URL(name, folder), 'utf8')]));
  const all = { ...files, 'peers.v': top, 'cells.v': ice40ModelsOf(['SB_MAC16']) };
  const { netlistJson } = await readWordLevel({ files: all, sources: Object.keys(all), top: 'peers' });
  simulation = createSimulation(netlistCircuit(netlistJson, { undriven: 'zero' }).circuit);
});

describe('the integer peers are exact', () => {
  // Weights of 8 bits; as ternary codes their sign and whether they are odd.
  const beats = Array.from({ length: cycles }, (_, cycle) => ({
    x: Array.from({ length: lanes }, () => byte(cycle)),
    w: Array.from({ length: lanes }, () => byte(cycle)),
    first: cycle === 0 || draw.below(20) === 0,
  }));
  let results: Records;

  beforeAll(() => {
    const stimulus = simulation.stimulus(cycles);
    /** When `first` is due, for each bit of it. */
    const due = [1 + levels, 4 + levels, 2 + levels, 1 + levels];
    for (const [cycle, { x, w }] of beats.entries()) {
      stimulus.set('x', cycle, packed(x, 8));
      stimulus.set('w', cycle, packed(w, 8));
      stimulus.set('trits', cycle, packed(w.map(codeOf), 2));
      const first = due.map(delay => beats[cycle - delay]?.first ?? true);
      stimulus.set('first', cycle, packed(first.map(Number), 1));
    }
    results = simulation.run(stimulus);
  });

  test.each([
    ['ternary_behavioural', 'ternary', levels + 2, (w: number) => (w & 1 ? Math.sign(w) : 0)],
    ['int8_lut', 'luts', levels + 6, (w: number) => w],
    ['int8_star', 'star', levels + 3, (w: number) => w],
    ['int8_dsp', 'dsp', levels + 4, (w: number) => w],
  ])('%s', (_, output, latency, weight) => {
    const seen: number[] = [];
    const expected: number[] = [];
    let sum = 0;
    for (let cycle = 0; cycle + latency < cycles; cycle++) {
      const { x, w, first } = beats[cycle]!;
      sum = x.reduce((all, each, i) => all + each * weight(w[i]!), first ? 0 : sum);
      expected.push(sum);
      seen.push(Number(results.get(output, cycle + latency)) | 0);
    }
    expect(seen).toEqual(expected);
  });

  function codeOf(w: number): number {
    return (w & 1) | (w < 0 ? 2 : 0);
  }
});

describe('the peer of binary16', () => {
  test('rounds like exact arithmetic, with zeros, infinities and NaN', () => {
    const beats = Array.from({ length: cycles }, () => ({
      x: Array.from({ length: lanes }, half),
      w: Array.from({ length: lanes }, half),
      c: half(),
    }));
    const stimulus = simulation.stimulus(cycles);
    for (let cycle = 0; cycle < cycles; cycle++) {
      // Lane i is due 9 * i cycles after lane 0, and c 9 cycles after it.
      const late = (field: 'x' | 'w') =>
        Array.from({ length: lanes }, (_, i) => beats[cycle - 9 * i]?.[field][i] ?? 0);
      stimulus.set('half_x', cycle, packed(late('x'), 16));
      stimulus.set('half_w', cycle, packed(late('w'), 16));
      stimulus.set('half_c', cycle, BigInt(beats[cycle - 9]?.c ?? 0));
    }
    const results = simulation.run(stimulus);
    const latency = 9 + 9 * lanes;
    const seen: string[] = [];
    const expected: string[] = [];
    for (let cycle = 0; cycle + latency < cycles; cycle++) {
      const { x, w, c } = beats[cycle]!;
      expected.push(hex(x.reduce((sum, each, i) => halfMultiplyAdd(each, w[i]!, sum), c)));
      seen.push(hex(Number(results.get('half', cycle + latency))));
    }
    expect(seen).toEqual(expected);
    // Most sums are numbers.
    expect(expected.filter(sum => Number.isFinite(halfToNumber(Number(`0x${sum}`)))).length).toBeGreaterThan(
      cycles / 2,
    );
  });

  test('is compared with a model that rounds as the standard says', () => {
    expect(halfToNumber(0x3555)).toBe(0.333251953125);
    expect(halfToNumber(0xfbff)).toBe(-65504);
    expect([1 / 3, 2049, 2051, 65519, 65520, -0].map(halfOf).map(hex)).toEqual([
      '3555',
      '6800',
      '6802',
      '7bff',
      '7c00',
      '8000',
    ]);
    expect([2 ** -14, 2 ** -14 * (1 - 2 ** -12), 2 ** -15].map(halfOf).map(hex)).toEqual(['400', '400', '0']);
  });
});

function packed(values: readonly number[], width: number): bigint {
  return values.reduce(
    (all, value, i) => all | (BigInt.asUintN(width, BigInt(value)) << BigInt(i * width)),
    0n,
  );
}

function hex(bits: number): string {
  return bits.toString(16);
}

/** A signed byte; for a while from the beginning only extremes. */
function byte(cycle: number): number {
  return cycle < 200 ? [-128, -127, -1, 0, 1, 127][draw.below(6)]! : draw.below(256) - 128;
}

/** A number of binary16: mostly of about the size of 1, so that sums cancel and round; else any pattern of bits. */
function half(): number {
  const kind = draw.below(100);
  if (kind === 0) return [0, 0x8000, 0x7c00, 0xfc00, 0x7e01, 0x0400, 0x8400, 0x7bff, 0x03ff][draw.below(9)]!;
  if (kind < 4) return draw.below(1 << 16);
  const exponent = kind < 8 ? 1 + draw.below(30) : 12 + draw.below(6);
  const fraction = kind < 30 ? [0, 1, 512, 1022, 1023][draw.below(5)]! : draw.below(1024);
  return (draw.below(2) << 15) | (exponent << 10) | fraction;
}
