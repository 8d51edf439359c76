import { vcd } from '../../sim/index.ts';
import { elaborated, loadCircuit } from './circuit.ts';
import type { Context, Outcome } from './command.ts';
import { compareEngines } from './compare-engines.ts';
import { enginesDiffer } from './diagnostics.ts';
import type { CircuitSimDocument } from './documents.ts';
import { writeFileSet } from './file-set.ts';
import type { SimValues } from './options.ts';
import { portsOf } from './ports.ts';
import { growingFile } from './single-file.ts';
import { columns, grouped } from './table.ts';

/** `hdl-gen sim --circuit`: a user's circuit with random inputs, the compiled engine against the oracle. */
export async function run(values: SimValues, { terminal, interrupts, version }: Context): Promise<Outcome> {
  const loaded = await loadCircuit(values.circuit!);
  const design = interrupts.uncovered(() => elaborated(loaded));
  for (const warning of design.warnings) terminal.warn(warning);
  const trace = values.vcd === undefined ? undefined : growingFile(values.vcd, interrupts);
  const progress = terminal.progress();
  const restored = interrupts.onInterrupt(() => progress.end());
  const began = performance.now();
  const compared = await compareEngines(design, {
    cycles: values.cycles,
    seed: values.seed,
    trace: trace === undefined ? undefined : vcd(trace.write),
    onProgress(done) {
      progress.update('simulating', '', done);
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
  trace?.finish();

  const { mismatches, firstMismatch, covers } = compared;
  const document: CircuitSimDocument = {
    schema: 'tercet.sim/1',
    version,
    circuit: loaded.reference,
    seed: values.seed,
    cycles: values.cycles,
    seconds: (performance.now() - began) / 1000,
    ports: portsOf(design.top),
    checks: [
      {
        what: 'compiled engine against the oracle',
        cycles: compared.cycles,
        values: compared.values,
        mismatches,
      },
    ],
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
  const { inputs, outputs } = design.circuit;
  const verdict = mismatches === 0 ? 'all equal' : `${grouped(mismatches)} differ`;
  await terminal.result(colors =>
    columns(
      [
        ['circuit', loaded.reference],
        ['inputs', `${inputs.length}, drawn at random with seed ${values.seed}`],
        ['cycles', grouped(values.cycles)],
        ['compared', `${outputs.length} outputs in each cycle, compiled engine with oracle: ${verdict}`],
        ...covers.map(({ why, count }) => ['covered', `${grouped(count)} times: ${why}`] as const),
        ...(values.vcd === undefined ? [] : [['trace', values.vcd] as const]),
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
