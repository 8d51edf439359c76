import { describe, expect, it } from 'vitest';
import { elaborate } from '../../hdl-gen/lang/index.ts';
import type { Circuit } from '../../ir/index.ts';
import { type SelfTestParameters, selfTest } from '../../rtl/top/index.ts';
import { createSimulation, type Simulation } from '../../sim/index.ts';

/** Three lights: running, passed, failed. A slow clock keeps the reset at power-up short. */
const lights = ['green', 'yellow', 'red'].map(label => ({ label, activeLow: false }));
const base: SelfTestParameters = {
  lanes: 7,
  rows: 2,
  activationBits: 8,
  maxK: 4096,
  initBits: 16,
  pipeline: 1,
  seed: 1,
  clockMHz: 0.01,
  leds: lights,
};

describe('the self-test of a board', () => {
  it.each([
    { what: 'the default core', change: {} },
    { what: 'one lane', change: { lanes: 1 } },
    { what: '64 lanes', change: { lanes: 64, rows: 1 } },
    { what: 'many rows', change: { lanes: 2, rows: 9 } },
    { what: 'no initial value', change: { initBits: 0 } },
    { what: 'narrow activations', change: { activationBits: 1 } },
    { what: 'wide activations', change: { activationBits: 16, initBits: 20 } },
    { what: 'another seed', change: { seed: 77 } },
  ])('passes with $what', ({ change }) => {
    const board = start(elaborate(selfTest({ ...base, ...change })).circuit);
    expect(runUntilShown(board, 'passed')).toBeLessThan(2_000);
    board.step(2_000);
    expect(lit(board)).toMatchObject({ passed: true, failed: false });
  });

  it('shows a failure for good, for every adder of the array that is replaced by a subtraction', () => {
    const { circuit } = elaborate(selfTest(base));
    const faults = circuit.cells.flatMap((cell, i) => {
      const isInArray = circuit.nets[cell.output]!.name.startsWith('core.array.');
      return cell.operation === 'add' && isInArray ? [i] : [];
    });
    expect(faults.length).toBeGreaterThan(10);
    for (const fault of faults) {
      const cells = circuit.cells.map((cell, i) =>
        i === fault ? { ...cell, operation: 'sub' as const } : cell,
      );
      // The intervals of the circuit no longer hold, so its promises are not checked here.
      const board = start({ ...circuit, cells, properties: [] });
      runUntilShown(board, 'failed');
      board.step(1_000);
      expect(lit(board), `cell ${fault}`).toMatchObject({ passed: false, failed: true });
    }
  });

  it('waits long enough after power-up for block memories to read: 100 microseconds', () => {
    const board = start(elaborate(selfTest({ ...base, clockMHz: 12 })).circuit);
    const cycles = 1_200;
    board.step(cycles - 1);
    expect(board.get('reset')).toBe(1n);
    board.step(15 * cycles);
    expect(board.get('reset')).toBe(0n);
  });

  it('is reset until the PLL of its clock is locked, and for as long again after that', () => {
    const { circuit } = elaborate(selfTest({ ...base, clockMHz: 12, pll: true }));
    const board = createSimulation(circuit);
    const isReset = (cycles: number): bigint => {
      board.step(cycles);
      return board.get('reset');
    };
    board.set('pll_locked', 0);
    expect(isReset(50_000)).toBe(1n);
    board.set('pll_locked', 1);
    expect(isReset(1_199)).toBe(1n);
    expect(isReset(20_000)).toBe(0n);
    // A clock that was lost and has come back.
    board.set('pll_locked', 0);
    board.step(4);
    board.set('pll_locked', 1);
    expect(isReset(1_199)).toBe(1n);
    expect(isReset(20_000)).toBe(0n);
  });

  it.each([
    { clockMHz: 0.000_004, halfPeriod: 1 },
    { clockMHz: 0.000_1, halfPeriod: 25 },
    { clockMHz: 0.01, halfPeriod: 2_500 },
    { clockMHz: 0.027, halfPeriod: 6_750 },
  ])('blinks about twice a second at $clockMHz MHz', ({ clockMHz, halfPeriod }) => {
    const board = start(elaborate(selfTest({ ...base, clockMHz })).circuit);
    const changes: number[] = [];
    for (let before = lit(board).running; changes.length < 5; board.step()) {
      const { running } = lit(board);
      if (running !== before) changes.push(board.cycle);
      before = running;
    }
    const periods = changes.slice(1).map((cycle, i) => cycle - changes[i]!);
    expect(new Set(periods).size).toBe(1);
    expect(Math.abs(periods[0]! / halfPeriod - 1)).toBeLessThan(0.1);
  });

  it('lights the lamps of a board whose pins are active low, and keeps those it does not need dark', () => {
    const leds = ['red', 'green', 'blue', 'white'].map(label => ({ label, activeLow: true }));
    const board = start(elaborate(selfTest({ ...base, leds })).circuit);
    board.step(2_000);
    // red: failed, green: running (may be either), blue: passed, white: not used.
    expect([0, 2, 3].map(i => board.get(`led_${i}`))).toEqual([1n, 0n, 1n]);
  });
});

function start(circuit: Circuit): Simulation {
  return createSimulation(circuit, { seed: 5 });
}

function lit(board: Simulation): { running: boolean; passed: boolean; failed: boolean } {
  const [running, passed, failed] = [0, 1, 2].map(i => board.get(`led_${i}`) === 1n);
  return { running: running!, passed: passed!, failed: failed! };
}

function runUntilShown(board: Simulation, light: 'passed' | 'failed'): number {
  while (!lit(board)[light]) {
    if (board.cycle > 5_000) throw new Error(`the light '${light}' never comes on`);
    board.step();
  }
  return board.cycle;
}
