import { assert, enabledBy, int, type Signal } from '../../hdl-gen/lang/index.ts';
import type {
  AccumulatorInputs,
  AccumulatorKind,
  AccumulatorOptions,
  AccumulatorTiming,
} from './accumulator.ts';
import { addendsOf } from './addends.ts';
import { sumTooWide } from './diagnostics.ts';
import { mac16Sum } from './mac16.ts';
import type { RowPath } from './row-path.ts';

/*
 * An accumulator in the DSP block of an UltraPlus: one block of 32 bits for each row. A block can also be two accumulators
 * of 16 bits, but a sum of a few hundred int8 products has more; and the registers of its operands, which cost nothing,
 * keep the way to the block out of the time that its adder takes. Only the initial value is added in logic cells.
 */

/** Bits of the adder of a DSP block. */
export const dspBits = 32;

function timing({ initBits, within }: AccumulatorOptions): AccumulatorTiming {
  return {
    addend: initBits === 0 ? 0 : 1,
    init: Array<number>(initBits).fill(0),
    first: 2,
    result: Array<number>(within.width).fill(3),
  };
}

function cells({ sumBits, initBits }: AccumulatorOptions): number {
  // With the inverter of `valid`.
  return 1 + (initBits === 0 ? 0 : Math.max(sumBits, initBits) + 1);
}

/** In logic cells there is only the adder of the initial value. */
function paths({ sumBits, initBits }: AccumulatorOptions): readonly RowPath[] {
  return initBits === 0 ? [] : [{ from: 'input', luts: 0, chain: Math.max(sumBits, initBits) + 1 }];
}

function build(inputs: AccumulatorInputs, { within }: AccumulatorOptions): Signal {
  if (within.width > dspBits) throw sumTooWide(within.width);
  const { enable, first } = inputs;
  const [addend] = enabledBy(enable, () => addendsOf(inputs, { count: 1, size: within.width }));
  const sum = mac16Sum({ enable, operand: addend!, load: first }).wrap(int(dspBits));
  const kept = sum.atLeast(within.min).and(sum.atMost(within.max));
  assert(kept, `the running sum stays within ${within}`, { subject: sum });
  return sum.wrap(int(within.width));
}

/** An accumulator in a DSP block. */
export const dspAccumulator: AccumulatorKind = { takesPieces: () => false, timing, cells, paths, build };
