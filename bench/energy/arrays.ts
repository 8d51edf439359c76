import { coefficientsOf, estimate, type MacEnergy } from '../../energy/index.ts';
import { coreOf } from '../../hdl-gen/cli/core.ts';
import { type ColumnOrder, longProduct } from '../../hdl-gen/cli/energy/long-product.ts';
import { runOnPins } from '../../hdl-gen/cli/energy/on-pins.ts';
import { arrayPlaces, perMacOf } from '../../hdl-gen/cli/energy/per-mac.ts';
import { type ArrayChoice, arrayConfig } from '../../hdl-gen/cli/names.ts';
import type { Product } from '../../hdl-gen/cli/product.ts';
import { findDevice } from '../../synth/index.ts';

/** What differs from the plain array. */
export interface Variant {
  readonly array?: Partial<ArrayChoice>;
  readonly columns?: ColumnOrder;
}

export interface ArrayEnergy {
  /** The array with the static current of the chip and its clock network. */
  readonly array: MacEnergy;
  /** pJ for a MAC in the array alone, without what belongs to the chip. */
  readonly own: number;
  /** pJ for a MAC of glitches, in the array. */
  readonly glitches: number;
  readonly seconds: number;
}

const cycles = 4000;

/** An array of 64 lanes between its streams on an UP5K, fed with a product. */
export async function arrayEnergy(
  product: Product,
  clockMHz: number,
  variant: Variant = {},
): Promise<ArrayEnergy> {
  const config = arrayConfig({
    ...{ lanes: 64, rows: 1, activationBits: 8, maxK: 4096, initBits: 16, pipeline: 1, arch: 'tree' },
    ...variant.array,
  });
  const core = coreOf(config);
  const device = findDevice('up5k');
  const long = longProduct(product, core, cycles, variant.columns ?? 'steps');
  const began = performance.now();
  const ran = await runOnPins(core, long, { device, clockMHz, cycles, seed: 1 });
  const { byModule } = estimate(ran.placed.design, ran.activity, coefficientsOf(device));
  const { rows: m, columns: k } = product.weights;
  const places = arrayPlaces(core, { m, k }, ran.top);
  const { array, macsPerCycle } = perMacOf(places, byModule, clockMHz);
  let own = 0;
  for (const [module, of] of byModule) {
    if (!module.startsWith(places.arrayModule)) continue;
    own += Object.values(of).reduce((sum, { mid }) => sum + mid, 0);
  }
  return {
    array,
    own: (own * 1000) / clockMHz / macsPerCycle,
    glitches: array.byKind.glitches.mid,
    seconds: (performance.now() - began) / 1000,
  };
}
