import {
  accuracy,
  checkProduct,
  encodeNpy,
  loadActivations,
  loadLabels,
  resultsToNpy,
} from '../../model/index.ts';
import { checkText } from './check-text.ts';
import type { Context, Outcome } from './command.ts';
import { resultsDiffer } from './diagnostics.ts';
import type { CheckDocument, HardwiredSimDocument } from './documents.ts';
import { writeFileSet } from './file-set.ts';
import { hardwiredOf } from './hardwired.ts';
import type { SimValues } from './options.ts';
import { drawActivations } from './product.ts';
import { framed } from './run-frame.ts';
import { runHardwired } from './run-hardwired.ts';
import { writeWhole } from './single-file.ts';
import { columns, counted, grouped, percent } from './table.ts';

/** Vectors that are drawn when nothing is said. */
const defaultVectors = 64;

/** `hdl-gen sim --arch hardwired`: vector after vector, every sum against the reference. */
export async function run(values: SimValues, context: Context): Promise<Outcome> {
  const { terminal, interrupts, version } = context;
  const { seed, engine } = values;
  const hardwired = interrupts.uncovered(() => hardwiredOf(values));
  const { m, k } = hardwired.config;
  const activations =
    values.activations === undefined
      ? drawActivations({ n: values.n ?? defaultVectors, m, k }, values, seed)
      : loadActivations(values.activations, { bits: values.activationBits });
  const sources = { weights: hardwired.source, activations: values.activations ?? `drawn with seed ${seed}` };
  checkProduct(hardwired.weights, activations, sources);
  const n = activations.rows;
  const labels =
    values.labels === undefined ? undefined : loadLabels(values.labels, { count: n, classes: m });
  const { cycles, seconds, results, mismatches, firstMismatch } = await framed(values.vcd, context, frame =>
    runHardwired(hardwired, activations, { engine, seed, ...frame }),
  );

  const right = labels === undefined ? undefined : accuracy(results, labels);
  const check: CheckDocument = {
    what: `${engine} engine against the integer reference`,
    inputs: `weights ${sources.weights}, activations ${sources.activations}`,
    cycles,
    values: m * n,
    unit: `sums of ${counted(k, 'product')}`,
    mismatches,
  };
  const document: HardwiredSimDocument = {
    schema: 'tercet.sim/1',
    version,
    config: hardwired.config,
    data: { ...sources, m, k, n },
    engine,
    cycles,
    seconds,
    cyclesPerSecond: Math.round(cycles / seconds),
    checks: [check],
    ...(firstMismatch === undefined ? {} : { firstMismatch }),
    ...(right === undefined
      ? {}
      : { classification: { accuracy: right, right: Math.round(right * n), of: n } }),
    files: values.out === undefined ? [] : ['results.npy'],
  };
  const npy = encodeNpy(resultsToNpy(results));
  if (values.results !== undefined) writeWhole(values.results, npy, interrupts);
  if (values.out !== undefined) {
    const text = `${JSON.stringify(document, undefined, 2)}\n`;
    writeFileSet(values.out, { 'results.npy': npy, 'sim.json': text }, 'sim.json');
  }
  await terminal.result(colors =>
    columns(
      [
        ...hardwired.lines,
        ['cycles', `${grouped(cycles)} for ${counted(n, 'vector')}`],
        ['compared', checkText(check)],
        ...(right === undefined
          ? []
          : [
              [
                'accuracy',
                `${percent(right, 2)} (${grouped(Math.round(right * n))} of ${grouped(n)})`,
              ] as const,
            ]),
      ],
      colors.bold,
    ),
  );
  if (firstMismatch !== undefined) terminal.fail(resultsDiffer(mismatches, m * n, firstMismatch));
  return { document, exitStatus: mismatches === 0 ? 0 : 1 };
}
