import { accuracy, encodeNpy, resultsToNpy } from '../../model/index.ts';
import { checkText } from './check-text.ts';
import type { Context, Outcome } from './command.ts';
import { coreOf } from './core.ts';
import { resultsDiffer, resultsMissing } from './diagnostics.ts';
import type { CheckDocument, SimDocument } from './documents.ts';
import { writeFileSet } from './file-set.ts';
import { loadProduct } from './load-product.ts';
import { configDocument, sizeText, toldArrayConfig } from './names.ts';
import type { SimValues } from './options.ts';
import { runArray } from './run-array.ts';
import { framed } from './run-frame.ts';
import { writeWhole } from './single-file.ts';
import { columns, counted, grouped, percent } from './table.ts';

/** `hdl-gen sim` with the array: a product, cycle by cycle, every sum against the reference. */
export async function run(values: SimValues, context: Context): Promise<Outcome> {
  const { terminal, interrupts, version } = context;
  const array = toldArrayConfig(values, terminal);
  const core = coreOf(array);
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

  const { cycles, seconds, results, mismatches, firstMismatch } = ran;
  const peak = array.lanes * array.rows;
  const sustained = (m * k * n) / cycles;
  const limits =
    target === undefined
      ? undefined
      : (await import('./roofline-report.ts')).estimatedRoofline(target.device, {
          ...{ core, product: { m, k, n }, sustainedMacsPerCycle: sustained, values },
        });
  const right = product.labels === undefined ? undefined : accuracy(results, product.labels);
  const isComplete = ran.sums === ran.expectedSums;
  const check: CheckDocument = {
    what: `${values.engine} engine against the integer reference`,
    inputs: `weights ${product.sources.weights}, activations ${product.sources.activations}`,
    cycles,
    values: m * n,
    unit: `sums of ${counted(k, 'product')}`,
    mismatches,
  };
  const document: SimDocument = {
    schema: 'tercet.sim/1',
    version,
    config: configDocument(core, seed),
    data: { ...product.sources, m, k, n },
    engine: values.engine,
    stalls: values.stalls,
    cycles,
    seconds,
    cyclesPerSecond: Math.round(cycles / seconds),
    throughput: {
      peakMacsPerCycle: peak,
      sustainedMacsPerCycle: sustained,
      sustainedOfPeak: sustained / peak,
      ...(limits === undefined ? {} : { roofline: limits.document }),
    },
    checks: [check],
    ...(firstMismatch === undefined ? {} : { firstMismatch }),
    ...(right === undefined
      ? {}
      : { classification: { accuracy: right, right: Math.round(right * n), of: n } }),
    files: values.out === undefined ? [] : isComplete ? ['results.npy'] : [],
  };
  const npy = isComplete ? encodeNpy(resultsToNpy(results)) : undefined;
  if (values.results !== undefined && npy !== undefined) writeWhole(values.results, npy, interrupts);
  if (values.out !== undefined) {
    const files = {
      ...(npy === undefined ? {} : { 'results.npy': npy }),
      'sim.json': `${JSON.stringify(document, undefined, 2)}\n`,
    };
    writeFileSet(values.out, files, 'sim.json');
  }

  await terminal.result(colors =>
    columns(
      [
        ['product', `[${m},${k}] x [${n},${k}] on ${sizeText(array)}`],
        ['weights', product.sources.weights],
        ['activations', product.sources.activations],
        ['cycles', `${grouped(cycles)}, simulated at ${grouped(cycles / seconds)} a second`],
        [
          'MACs per cycle',
          `${sustained.toFixed(1)} sustained of ${peak} at most (${percent(sustained / peak)})`,
        ],
        ...(limits === undefined ? [] : [['limit', limits.text] as const]),
        ['compared', checkText(check)],
        ...(right === undefined
          ? []
          : [
              [
                'accuracy',
                `${percent(right, 2)} (${grouped(Math.round(right * n))} of ${grouped(n)})`,
              ] as const,
            ]),
        ...(values.results === undefined ? [] : [['results', values.results] as const]),
        ...(values.vcd === undefined ? [] : [['trace', values.vcd] as const]),
        ...(values.out === undefined ? [] : [['files', `${values.out}/`] as const]),
      ],
      colors.bold,
    ),
  );
  if (!isComplete) terminal.fail(resultsMissing(ran.sums, ran.expectedSums));
  else if (firstMismatch !== undefined) terminal.fail(resultsDiffer(mismatches, m * n, firstMismatch));
  return { document, exitStatus: mismatches === 0 && isComplete ? 0 : 1 };
}
