import { BuildProgress } from '../build-progress.ts';
import type { Context } from '../command.ts';
import { coreOf } from '../core.ts';
import { estimateOn } from '../fit.ts';
import { breathe } from '../interrupts.ts';
import { loadProduct } from '../load-product.ts';
import { arrayName, canonicalOptions, sizeText, toldArrayConfig } from '../names.ts';
import { requireArray, requireNoForm } from '../streamed.ts';
import type { Target } from '../target.ts';
import { withProgress } from '../with-progress.ts';
import { longProduct } from './long-product.ts';
import { runOnPins } from './on-pins.ts';
import type { EnergyValues } from './options.ts';
import { arrayPlaces } from './per-mac.ts';
import type { Subject } from './subject.ts';

/** Places the array between its streams behind few pins, and runs it there with a product. */
export async function arraySubject(
  values: EnergyValues,
  { board, device, package: packageName }: Target,
  clockMHz: number,
  context: Context,
): Promise<Subject> {
  requireArray('hdl-gen energy', values);
  requireNoForm(values);
  const config = toldArrayConfig(values, context.terminal);
  estimateOn(device, config, context.terminal);
  const core = coreOf(config);
  const { seed, cycles, columnOrder } = values;
  const loaded = loadProduct({ ...values, n: undefined }, core);
  const product = longProduct(loaded, core, cycles, columnOrder);
  return withProgress(context, async progress => {
    const shown = new BuildProgress(progress, [seed]);
    shown.start();
    const { placed, top, ...ran } = await runOnPins(core, product, {
      ...{ device, package: packageName, clockMHz, cycles, seed, onProgress: shown.onProgress },
      async onBlock(done) {
        progress.update('counting changes', '', done);
        await breathe();
      },
    });
    const { weights, activations } = loaded.sources;
    return {
      name: `${arrayName(values)}_${board?.name ?? device.name}`,
      made: canonicalOptions(values),
      what: `${sizeText(config)}, ${config.arch ?? 'tree'}, int${config.activationBits}`,
      ...{ design: placed.design, ...ran, fmaxMHz: placed.fmaxMHz },
      from: 'simulated',
      inputs: `weights ${weights}, activations ${activations}`,
      array: arrayPlaces(core, { m: loaded.weights.rows, k: loaded.weights.columns }, top),
    };
  });
}
