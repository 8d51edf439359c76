import { axiCore } from './axi-core.ts';
import type { Context, Outcome } from './command.ts';
import { coreOf } from './core.ts';
import { loadProduct } from './load-product.ts';
import { type ArrayConfig, toldArrayConfig } from './names.ts';
import type { SimValues } from './options.ts';
import { runArray } from './run-array.ts';
import { framed } from './run-frame.ts';
import { reportSim } from './sim-report.ts';

/** `hdl-gen sim` with the array between streams: a product, cycle by cycle, every sum against the reference. */
export async function run(values: SimValues, context: Context): Promise<Outcome> {
  const { terminal, interrupts } = context;
  const array = toldArrayConfig(values, terminal);
  const core = values.interface === 'axi' ? axiCore(array as ArrayConfig) : coreOf(array);
  const target =
    values.device === undefined && values.board === undefined
      ? undefined
      : (await import('./target.ts')).chooseTarget(values);
  const product = loadProduct(values, core);
  const { m, k, n } = { m: product.weights.rows, k: product.weights.columns, n: product.activations.rows };
  const { engine, seed, stalls } = values;
  const ran = await framed(values.vcd, context, frame =>
    runArray(product, core, { engine, seed, stalls, interrupts, ...frame }),
  );
  const limits =
    target === undefined
      ? undefined
      : (await import('./roofline-report.ts')).estimatedRoofline(target.device, {
          ...{ core, product: { m, k, n }, sustainedMacsPerCycle: (m * k * n) / ran.cycles, values },
        });
  const simulated = {
    ...{ core, product, ran },
    rated: { cycles: ran.cycles, what: 'sustained' },
    ...(limits === undefined ? {} : { roofline: limits, rows: [['limit', limits.text]] as const }),
  };
  return reportSim(simulated, values, context);
}
