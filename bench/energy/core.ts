import { coefficientsOf, type Estimate, estimate } from '../../energy/index.ts';
import { playCore } from '../../hdl-gen/cli/energy/core-run.ts';
import { memoryInterfaceOf } from '../../hdl-gen/cli/memory-interfaces.ts';
import type { CoreParameters } from '../../model/core/index.ts';
import type { IntMatrix, TritMatrix } from '../../model/index.ts';
import { findDevice } from '../../synth/index.ts';

/** What the whole core takes while a host multiplies with it over Wishbone. */
export interface CoreEnergy {
  readonly macsPerCycle: number;
  /** pJ for a MAC: all of the core, the chip's clock and its static current, without the wrapper of the pins. */
  readonly perMac: { readonly low: number; readonly mid: number; readonly high: number };
  /** The same while no job runs and nobody asks for anything. */
  readonly idle: Estimate;
}

/** Cycles of a product that are counted at least. */
const leastCycles = 10_000;
const seed = 1;

/** A core with its memories on an UP5K, as `hdl-gen energy --interface wishbone` has it, but with parameters of any kind. */
export async function coreEnergy(
  core: CoreParameters,
  weights: TritMatrix,
  activations: IntMatrix,
  clockMHz: number,
): Promise<CoreEnergy> {
  const device = findDevice('up5k');
  const spoken = memoryInterfaceOf.wishbone;
  const rate = { clockHz: 1e6 * clockMHz, baud: 0 };
  const { circuit } = spoken.design(core, rate);
  const subject = { core, spoken, rate };
  const options = { device, clockMHz, cycles: leastCycles, seed };
  const played = await playCore(subject, circuit, { weights, activations }, options);
  const { top, working, rest } = played;
  const energyOf = ({ activity }: typeof rest): Estimate =>
    estimate(played.placed.design, activity, coefficientsOf(device));
  const macsPerCycle = (weights.rows * weights.columns) / played.cyclesPerVector;
  const perMac = { low: 0, mid: 0, high: 0 };
  for (const [module, of] of energyOf(working).byModule) {
    // Flip-flops of the wrapper.
    if (module === top) continue;
    for (const band of Object.values(of))
      for (const which of ['low', 'mid', 'high'] as const)
        perMac[which] += (band[which] * 1000) / clockMHz / macsPerCycle;
  }
  return { macsPerCycle, perMac, idle: energyOf(rest) };
}
