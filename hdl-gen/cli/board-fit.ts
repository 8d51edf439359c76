import type { Diagnostic } from '../../diagnostic/index.ts';
import { estimateArray } from '../../estimate/index.ts';
import { type CoreParameters, coreGeometry } from '../../rtl/core/index.ts';
import type { Device } from '../../synth/index.ts';
import type { Design } from '../lang/index.ts';
import type { BoardClock } from './board-clock.ts';
import { clockFarBeyond, coreMayNotFit, coreTooLarge } from './core-diagnostics.ts';
import { takenMemories } from './core-memories.ts';
import { shortageOf } from './estimate.ts';

/*
 * Whether a device holds the top level of a board, before anything is synthesised: so that no board is simulated that nobody can build.
 * Memories are counted. Cells and clock are those that are estimated for the array alone, and what was measured beside it.
 */

/** Cells of the core around its array, of the link, the reset and the lights, as measured on the iCEBreaker. */
const cellsBeside = 950;

/** What whole boards have reached of the clock that is estimated for their array alone: 56.4 of 100 MHz on UP5K. */
const reachedOfArray = 0.6;

/**
 * Refuses a board that its device cannot be; gives warnings where it may not be one, or not at that clock.
 * @throws Diagnostic TCT-6097 for too many block RAMs, SPRAMs, or by far too many cells.
 */
export function requireFits(
  design: Design,
  core: CoreParameters,
  device: Device,
  clock: BoardClock,
): readonly Diagnostic[] {
  const { bram, spram } = takenMemories(design);
  if (spram > device.spram) throw coreTooLarge(device.name, 'SPRAMs', spram, device.spram);
  const { lc, fmaxMHz } = estimateArray(coreGeometry(core).array, device, { form: 'array', onPins: false });
  const used = { used: lc.used + cellsBeside, available: lc.available };
  const shortage = shortageOf({ lc: used, bram: { used: bram, available: device.bram } });
  if (shortage?.isHopeless === true)
    throw coreTooLarge(device.name, shortage.of, shortage.needed, shortage.available);
  const reached = reachedOfArray * fmaxMHz;
  return [
    ...(shortage === undefined ? [] : [coreMayNotFit(device.name, shortage.needed, shortage.available)]),
    ...(clock.MHz > 1.1 * reached ? [clockFarBeyond(device.name, clock.MHz, reached)] : []),
  ];
}
