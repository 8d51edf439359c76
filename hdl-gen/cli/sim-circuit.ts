import { checkText } from './check-text.ts';
import { elaborated, loadCircuit } from './circuit.ts';
import type { Context, Outcome } from './command.ts';
import { compareEngines } from './compare-engines.ts';
import { enginesDiffer } from './diagnostics.ts';
import type { CheckDocument, CircuitSimDocument } from './documents.ts';
import { writeFileSet } from './file-set.ts';
import type { SimValues } from './options.ts';
import { portsOf } from './ports.ts';
import { framed } from './run-frame.ts';
import { columns, counted, grouped } from './table.ts';

/** `hdl-gen sim --circuit`: a user's circuit with random inputs, the compiled engine against the oracle. */
export async function run(values: SimValues, context: Context): Promise<Outcome> {
  const { terminal, interrupts, version } = context;
  const loaded = await loadCircuit(values.circuit!);
  const design = interrupts.uncovered(() => elaborated(loaded));
  for (const warning of design.warnings) terminal.warn(warning);
  const began = performance.now();
  const compared = await framed(values.vcd, context, ({ trace, onProgress }) =>
    compareEngines(design, {
      cycles: values.cycles,
      seed: values.seed,
      trace,
      onProgress: done => onProgress('simulating', done),
    }),
  );

  const { mismatches, firstMismatch, covers } = compared;
  const { inputs, outputs } = design.circuit;
  const check: CheckDocument = {
    what: 'compiled engine against the oracle',
    inputs: `drawn with seed ${values.seed}`,
    cycles: compared.cycles,
    values: compared.values,
    unit: `values of ${counted(outputs.length, 'output')}`,
    mismatches,
  };
  const document: CircuitSimDocument = {
    schema: 'tercet.sim/1',
    version,
    circuit: loaded.reference,
    seed: values.seed,
    cycles: values.cycles,
    seconds: (performance.now() - began) / 1000,
    ports: portsOf(design.top),
    checks: [check],
    ...(firstMismatch === undefined
      ? {}
      : {
          firstMismatch: {
            ...firstMismatch,
            oracle: String(firstMismatch.oracle),
            engine: String(firstMismatch.engine),
          },
        }),
    covers,
    files: [],
  };
  if (values.out !== undefined)
    writeFileSet(values.out, { 'sim.json': `${JSON.stringify(document, undefined, 2)}\n` }, 'sim.json');
  await terminal.result(colors =>
    columns(
      [
        ['circuit', loaded.reference],
        ['inputs', `${inputs.length}, drawn at random with seed ${values.seed}`],
        ['cycles', grouped(values.cycles)],
        ['compared', checkText(check)],
        ...covers.map(({ why, count }) => ['covered', `${grouped(count)} times: ${why}`] as const),
        ...(values.vcd === undefined ? [] : [['trace', values.vcd] as const]),
        ...(values.out === undefined ? [] : [['files', `${values.out}/`] as const]),
      ],
      colors.bold,
    ),
  );
  if (firstMismatch !== undefined) {
    const { port, cycle, oracle, engine } = firstMismatch;
    terminal.fail(enginesDiffer(port, cycle, oracle, engine));
  }
  return { document, exitStatus: mismatches === 0 ? 0 : 1 };
}
