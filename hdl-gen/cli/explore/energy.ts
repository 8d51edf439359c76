import { type Band, coefficientsOf, estimate } from '../../../energy/index.ts';
import { cacheFolder, keyOf, readCached, writeCached } from '../../../synth/index.ts';
import { coreOf } from '../core.ts';
import { longProduct } from '../energy/long-product.ts';
import { runOnPins } from '../energy/on-pins.ts';
import { arrayPlaces, perMacOf } from '../energy/per-mac.ts';
import { drawActivations, drawWeights } from '../product.ts';
import { type Configuration, coreConfig } from './configurations.ts';

/** Cycles that are counted: of random data more would say the same. */
const cycles = 1000;

/** Decides the data, which are the same for all. */
const seed = 1;

/** What is known of the energy of a configuration; `key` is that of its placement. */
export async function recallEnergy(key: string, configuration: Configuration): Promise<Band | undefined> {
  const known = await readCached(nameOf(key, configuration), cacheFolder());
  return known === undefined ? undefined : (JSON.parse(new TextDecoder().decode(known)) as Band);
}

/** The energy of a MAC with random weights and activations, at a clock. */
export async function measureEnergy(
  key: string,
  configuration: Configuration,
  clockMHz: number,
  placementSeed: number,
): Promise<Band> {
  const { device } = configuration;
  const core = coreOf(coreConfig(configuration));
  const size = core.usualSize;
  const product = {
    weights: drawWeights(size, core, seed),
    activations: drawActivations(size, core.config, seed),
  };
  const long = longProduct(product, core, cycles, 'steps');
  const ran = await runOnPins(core, long, { device, clockMHz, cycles, seed: placementSeed });
  const { byModule } = estimate(ran.placed.design, ran.activity, coefficientsOf(device));
  const { array } = perMacOf(arrayPlaces(core, size, ran.top), byModule, clockMHz);
  const { low, mid, high } = array.energyPjPerMac;
  const rounded = (value: number): number => Math.round(value * 10_000) / 10_000;
  const band = { low: rounded(low), mid: rounded(mid), high: rounded(high) };
  await writeCached(
    nameOf(key, configuration),
    new TextEncoder().encode(JSON.stringify(band)),
    cacheFolder(),
  );
  return band;
}

function nameOf(key: string, { device }: Configuration): string {
  return `energy/${keyOf(['energy 2', key, JSON.stringify(coefficientsOf(device)), String(cycles)])}`;
}
