import { accuracy, encodeNpy, resultsToNpy } from '../../model/index.ts';
import { checkText } from './check-text.ts';
import type { Context, Outcome } from './command.ts';
import type { Core } from './core.ts';
import { resultsDiffer, resultsMissing } from './diagnostics.ts';
import type { CheckDocument, SimDocument } from './documents.ts';
import { writeFileSet } from './file-set.ts';
import type { LoadedProduct } from './load-product.ts';
import { configDocument, sizeText } from './names.ts';
import type { SimValues } from './options.ts';
import type { ArrayRun } from './run-array.ts';
import { writeWhole } from './single-file.ts';
import { columns, counted, grouped, percent } from './table.ts';

/** A product that was simulated on a core. */
export interface Simulated {
  readonly core: Core;
  readonly product: LoadedProduct;
  readonly ran: ArrayRun;
  /** Cycles that the rate of MACs is told of, and in a word or two what they are. */
  readonly rated: { readonly cycles: number; readonly what: string };
  /** What stands behind the number of cycles. */
  readonly parts?: string;
  /** Further rows of the table, and fields of the document. */
  readonly rows?: readonly (readonly [string, string])[];
  readonly extra?: Pick<SimDocument, 'core' | 'host'>;
  readonly roofline?: { readonly document: NonNullable<SimDocument['throughput']['roofline']> };
}

/** Tells how a product on a core went, and writes the files that are asked for. */
export async function reportSim(
  { core, product, ran, rated, parts, rows = [], extra = {}, roofline }: Simulated,
  values: SimValues,
  { terminal, interrupts, version }: Context,
): Promise<Outcome> {
  const { m, k, n } = { m: product.weights.rows, k: product.weights.columns, n: product.activations.rows };
  const { cycles, seconds, results, mismatches, firstMismatch } = ran;
  const peak = core.config.lanes * core.config.rows;
  const sustained = (m * k * n) / rated.cycles;
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
    config: configDocument(core, values.seed),
    interface: values.interface,
    ...extra,
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
      ...(roofline === undefined ? {} : { roofline: roofline.document }),
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
        ['product', `[${m},${k}] x [${n},${k}] on ${sizeText(core.config)}`],
        ['weights', product.sources.weights],
        ['activations', product.sources.activations],
        [
          'cycles',
          `${grouped(cycles)}, simulated at ${grouped(cycles / seconds)} a second${parts === undefined ? '' : `; ${parts}`}`,
        ],
        [
          'MACs per cycle',
          `${sustained < 1 ? sustained.toPrecision(2) : sustained.toFixed(1)} ${rated.what} of ${peak} at most (${percent(sustained / peak)})`,
        ],
        ...rows,
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
