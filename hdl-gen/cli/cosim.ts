import {
  type Comparison,
  compareWitnesses,
  differenceVcd,
  differenceWaveform,
  type Witness,
} from '../../sim/cosim/index.ts';
import type { Context, Outcome } from './command.ts';
import type { CosimDocument, OpinionDocument, OpinionName } from './cosim-document.ts';
import { chooseOpinions, type Heard, hear } from './cosim-opinions.ts';
import type { CosimSubject } from './cosim-subject.ts';
import { cosimTable } from './cosim-table.ts';
import { opinionsDiffer } from './diagnostics.ts';
import { writeFileSet } from './file-set.ts';
import type { CosimValues } from './options.ts';
import type { Progress } from './progress.ts';
import { chooseTarget } from './target.ts';

const traceFile = 'difference.vcd';

/** `hdl-gen cosim`: one stimulus to the circuit, the emitted Verilog and the synthesised netlist. */
export async function run(values: CosimValues, context: Context): Promise<Outcome> {
  const { terminal, interrupts, version } = context;
  const { device } = chooseTarget(values);
  const { heard: names, missing } = await chooseOpinions(values.with);
  const stop = new AbortController();
  const progress = terminal.progress();
  const restored = interrupts.onInterrupt(() => {
    progress.end();
    stop.abort();
  });
  const began = performance.now();
  let engineSeconds = 0;
  const { subject, others } = await (async () => {
    const made = await subjectOf(values, context, progress);
    engineSeconds = (performance.now() - began) / 1000;
    const { bench, stimulus } = made;
    const phases = new Map<OpinionName, string>();
    const onProgress = (name: OpinionName, phase: string, detail: string): void => {
      phases.set(name, phase);
      progress.update([...new Set(phases.values())].join(', '), detail);
    };
    const hearing = { bench, stimulus, seed: values.seed, device, signal: stop.signal, onProgress };
    const done = (name: OpinionName) => phases.delete(name);
    const all = names.map(name => hear(name, hearing).finally(() => done(name)));
    return { subject: made, others: await Promise.all(all) };
  })()
    .catch(error => {
      stop.abort();
      throw error;
    })
    .finally(() => {
      progress.end();
      restored();
    });

  const witnesses = [...subject.witnesses, ...others];
  const { circuit } = subject.design;
  const comparison = compareWitnesses(witnesses, circuit.outputs.length);
  const { first } = comparison;
  const waveform = first === undefined ? undefined : differenceWaveform(circuit, witnesses, first);
  const port = first === undefined ? '' : circuit.outputs[first.output]!.name;
  const document: CosimDocument = {
    schema: 'tercet.cosim/1',
    version,
    ...subject.document,
    seed: values.seed,
    cycles: subject.stimulus.inputs.cycles,
    opinions: opinionsOf(comparison, subject, others, engineSeconds),
    missing,
    ...(first === undefined
      ? {}
      : {
          firstMismatch: {
            cycle: first.cycle,
            port,
            sides: first.sides.map(side => ({
              names: side.names as readonly OpinionName[],
              value: String(side.claim),
            })),
            waveform: waveform!,
          },
        }),
    files: values.out === undefined || first === undefined ? [] : [traceFile],
  };
  if (values.out !== undefined)
    writeFileSet(values.out, filesOf(document, subject, witnesses, comparison), 'cosim.json');
  await terminal.result(colors => cosimTable(document, subject.what, values.out, colors));
  if (first === undefined) return { document, exitStatus: 0 };
  const mismatches = comparison.scores.reduce((sum, score) => sum + score.mismatches, 0);
  terminal.fail(opinionsDiffer(port, first.cycle, first.sides, mismatches));
  return { document, exitStatus: 1 };
}

async function subjectOf(values: CosimValues, context: Context, progress: Progress): Promise<CosimSubject> {
  const onProgress = (done?: number): void => {
    progress.update('simulating the circuit', '', done);
    progress.tick();
  };
  onProgress();
  if (values.circuit === undefined)
    return (await import('./cosim-array.ts')).arraySubject(values, context, onProgress);
  return (await import('./cosim-circuit.ts')).circuitSubject(values, context);
}

function opinionsOf(
  { scores }: Comparison,
  { about }: CosimSubject,
  heard: readonly Heard[],
  engineSeconds: number,
): OpinionDocument[] {
  return scores.map(score => {
    const name = score.name as OpinionName;
    const own = heard.find(other => other.name === name);
    const what = own?.what ?? about[name as keyof typeof about];
    const seconds = Math.round(1000 * (own?.seconds ?? engineSeconds)) / 1000;
    return { ...score, name, what, leftOut: own?.leftOut ?? 0, seconds };
  });
}

function filesOf(
  document: CosimDocument,
  { design, stimulus }: CosimSubject,
  witnesses: readonly Witness[],
  { first }: Comparison,
): Record<string, string> {
  const text = `${JSON.stringify(document, undefined, 2)}\n`;
  if (first === undefined) return { 'cosim.json': text };
  const trace: string[] = [];
  differenceVcd(design.circuit, stimulus, witnesses, first, piece => trace.push(piece));
  return { [traceFile]: trace.join(''), 'cosim.json': text };
}
