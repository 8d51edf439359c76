import { accuracy, encodeNpy, resultsToNpy } from '../../model/index.ts';
import { vcd } from '../../sim/index.ts';
import type { Context, Outcome } from './command.ts';
import { resultsDiffer, resultsMissing } from './diagnostics.ts';
import type { SimDocument } from './documents.ts';
import { writeFileSet } from './file-set.ts';
import { loadProduct } from './load-product.ts';
import { arrayConfig } from './names.ts';
import type { SimValues } from './options.ts';
import { runArray } from './run-array.ts';
import { growingFile, writeWhole } from './single-file.ts';
import { columns, grouped, percent } from './table.ts';

/** `hdl-gen sim` with the array: a product, cycle by cycle, every sum against the reference. */
export async function run(values: SimValues, { terminal, interrupts, version }: Context): Promise<Outcome> {
  const array = arrayConfig(values);
  if (values.device !== undefined || values.board !== undefined) {
    (await import('./target.ts')).chooseTarget(values);
  }
  const product = loadProduct(values, array);
  const { m, k, n } = { m: product.weights.rows, k: product.weights.columns, n: product.activations.rows };
  const trace = values.vcd === undefined ? undefined : growingFile(values.vcd, interrupts);
  const progress = terminal.progress();
  const restored = interrupts.onInterrupt(() => progress.end());
  const ran = await runArray(product, array, {
    engine: values.engine,
    seed: values.seed,
    stalls: values.stalls,
    trace: trace === undefined ? undefined : vcd(trace.write),
    interrupts,
    onProgress: (phase, done) => {
      progress.update(phase, '', done);
      progress.tick();
    },
  })
    .catch(error => {
      trace?.discard();
      throw error;
    })
    .finally(() => {
      progress.end();
      restored();
    });

  const { cycles, seconds, results, mismatches, firstMismatch } = ran;
  const peak = array.lanes * array.rows;
  const sustained = (m * k * n) / cycles;
  const right = product.labels === undefined ? undefined : accuracy(results, product.labels);
  const isComplete = ran.sums === ran.expectedSums;
  const document: SimDocument = {
    schema: 'tercet.sim/1',
    version,
    config: { ...array, encoding: values.encoding, arch: values.arch, seed: values.seed },
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
    },
    checks: [
      { what: `${values.engine} engine against the integer reference`, cycles, values: m * n, mismatches },
    ],
    ...(firstMismatch === undefined ? {} : { firstMismatch }),
    ...(right === undefined
      ? {}
      : { classification: { accuracy: right, right: Math.round(right * n), of: n } }),
    files: values.out === undefined ? [] : isComplete ? ['results.npy'] : [],
  };
  trace?.finish();
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
        [
          'product',
          `[${m},${k}] x [${n},${k}] on ${array.lanes} lanes x ${array.rows} ${array.rows === 1 ? 'row' : 'rows'}`,
        ],
        ['weights', product.sources.weights],
        ['activations', product.sources.activations],
        ['cycles', `${grouped(cycles)}, simulated at ${grouped(cycles / seconds)} a second`],
        [
          'MACs per cycle',
          `${sustained.toFixed(1)} sustained of ${peak} at most (${percent(sustained / peak)})`,
        ],
        [
          'compared',
          `${grouped(m * n)} sums with the integer reference: ${mismatches === 0 ? 'all equal' : `${grouped(mismatches)} differ`}`,
        ],
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
