import { readFileSync } from 'node:fs';
import { emitVerilog } from '../hdl-gen/emit/index.ts';
import {
  array,
  bit,
  type Circuit,
  component,
  elaborate,
  foreign,
  int,
  type RecordShape,
  type SignalRecord,
} from '../hdl-gen/lang/index.ts';
import { ternaryArray, ternaryStream, weightCode } from '../rtl/ternary/index.ts';
import { keepAlive } from '../rtl/top/index.ts';
import { type BuildResult, buildBitstream } from '../synth/index.ts';
import { atLeast, atMost, forComparison, type Subject } from './row.ts';

const lanes = 64;
const seeds = [1, 2, 3, 4];

/** 64 lanes whose accumulator needs exactly 20 bits: 3,840 products of int8 and an initial value of 16 bits. */
const parameters = { lanes, rows: 1, activationBits: 8, maxK: 3840, initBits: 16, pipeline: 1 };

/** The array as most people write it: behavioural, with the accumulator of 32 bits that an `int` has. */
const behavioural = foreign(
  { name: 'behavioural_array', clock: 'clk' },
  {
    inputs: { x: array(lanes, int(8)), w: array(lanes, weightCode), first: bit },
    // Only its Verilog is measured, so the model is no more than its ports.
    build: ({ x, w, first }) => ({ y: x[0]!.add(w[0]!).add(first).wrap(int(32)) }),
  },
);

/** Logic cells and speed of the array, and of the same thing written without thought, in the same wrapper. */
export const measure: Subject = async add => {
  const array20 = await build(ternaryArray(parameters), 'hx8k', seeds);
  const cells = coreCells(array20);
  add(atMost(18.6, '64 x int8 array, 20-bit accumulator and init: LC per MAC, HX8K', cells / lanes, 'LC'));
  add(atLeast(210, '  its Fmax on HX8K, best of 4 seeds', array20.report.timing.fmaxMHz ?? 0, 'MHz'));

  const up5k = await build(ternaryArray(parameters), 'up5k', seeds);
  add(atLeast(85, '  its Fmax on UP5K, best of 4 seeds', up5k.report.timing.fmaxMHz ?? 0, 'MHz'));

  const stream = await build(ternaryStream(parameters), 'hx8k', [1]);
  add(
    forComparison(
      'the same as a valid/ready stream, delay of init included',
      coreCells(stream) / lanes,
      'LC',
    ),
  );

  const others = await build(wrapped(), 'hx8k', seeds, { 'behavioural.v': peer() });
  const usual = coreCells(others) / lanes;
  add(forComparison('the array as most people write it: LC per MAC, HX8K', usual, 'LC'));
  add(forComparison('  its Fmax on HX8K, best of 4 seeds', others.report.timing.fmaxMHz ?? 0, 'MHz'));
  add(forComparison('  its cells against ours', usual / (cells / lanes), 'times'));
};

/** The foreign module as a component of its own, so that the wrapper names its instance as that of the array. */
function wrapped() {
  return component('peer', {
    inputs: { x: array(lanes, int(8)), w: array(lanes, weightCode), first: bit },
    build: inputs => ({ y: behavioural(inputs, { name: 'array' }).y }),
  });
}

function peer(): string {
  return readFileSync(new URL('./behavioural.v', import.meta.url), 'utf8');
}

/** A circuit behind few pins, placed and routed with each of some seeds; the fastest is kept. */
export async function build<I extends RecordShape, O extends SignalRecord>(
  circuit: Circuit<I, O>,
  device: string,
  seeds: readonly number[],
  more: Readonly<Record<string, string>> = {},
): Promise<BuildResult> {
  const design = elaborate(keepAlive(circuit));
  const verilog = emitVerilog(design);
  const files = { ...Object.fromEntries(verilog.map(({ name, text }) => [name, text])), ...more };
  const targetMHz = device === 'up5k' ? 100 : 250;
  return buildBitstream({ files, top: design.top.component, device, targetMHz, seeds });
}

/** Cells of the measured circuit itself, without the wrapper that keeps it alive. */
export function coreCells({ report }: BuildResult): number {
  return Object.entries(report.resources.byModule)
    .filter(([path]) => path.split('.').includes('core'))
    .reduce((sum, [, { lc }]) => sum + lc, 0);
}
