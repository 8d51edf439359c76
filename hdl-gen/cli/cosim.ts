import {
  type Comparison,
  compareWitnesses,
  type Difference,
  differenceVcd,
  differenceWaveform,
  type Witness,
} from '../../sim/cosim/index.ts';
import type { Device } from '../../synth/index.ts';
import type { Context, Outcome } from './command.ts';
import type { CosimDocument, OpinionDocument, OpinionName } from './cosim-document.ts';
import { chooseOpinions, type Heard, hear, type VerilogOpinion } from './cosim-opinions.ts';
import type { CosimSubject } from './cosim-subject.ts';
import { cosimTable } from './cosim-table.ts';
import { opinionsDiffer } from './diagnostics.ts';
import { writeFileSet } from './file-set.ts';
import type { CosimValues } from './options.ts';
import type { Progress } from './progress.ts';
import { requireNoForm } from './streamed.ts';
import { chooseTarget } from './target.ts';

const traceFile = 'difference.vcd';

/** `hdl-gen cosim`: one stimulus to the circuit, the emitted Verilog and the synthesised netlist. */
export async function run(values: CosimValues, context: Context): Promise<Outcome> {
  const { terminal, version } = context;
  const { device } = chooseTarget(values);
  const { heard: names, missing } = await chooseOpinions(values.with);
  const { subject, heard, subjectSeconds } = await listen(values, context, names, device);
  for (const warning of heard.flatMap(({ warnings }) => warnings)) terminal.warn(warning);

  const witnesses = [...subject.witnesses, ...heard];
  const { circuit } = subject.design;
  const comparison = compareWitnesses(witnesses, circuit.outputs.length);
  const { scores, first } = comparison;
  const document: CosimDocument = {
    schema: 'tercet.cosim/1',
    version,
    ...subject.document,
    seed: values.seed,
    cycles: subject.stimulus.inputs.cycles,
    opinions: opinionsOf(comparison, subject, heard, subjectSeconds),
    missing,
    ...(first === undefined ? {} : { firstMismatch: mismatchOf(subject, witnesses, first) }),
    files: values.out === undefined || first === undefined ? [] : [traceFile],
  };
  if (values.out !== undefined) {
    const files = filesOf(document, subject, witnesses, first);
    writeFileSet(values.out, files, 'cosim.json');
  }
  await terminal.result(colors => cosimTable(document, subject.what, values.out, colors));
  if (first === undefined) return { document, exitStatus: 0 };
  const count = scores.reduce((sum, { mismatches }) => sum + mismatches, 0);
  terminal.fail(opinionsDiffer(circuit.outputs[first.output]!.name, first.cycle, first.sides, count));
  return { document, exitStatus: 1 };
}

/** Makes the stimulus, and then hears all at once; where one fails the others are stopped. */
async function listen(
  values: CosimValues,
  context: Context,
  names: readonly VerilogOpinion[],
  device: Device,
): Promise<{ subject: CosimSubject; heard: readonly Heard[]; subjectSeconds: number }> {
  const { terminal, interrupts } = context;
  const stop = new AbortController();
  const progress = terminal.progress();
  const restored = interrupts.onInterrupt(() => {
    progress.end();
    stop.abort();
  });
  try {
    const began = performance.now();
    const subject = await subjectOf(values, context, progress);
    const subjectSeconds = (performance.now() - began) / 1000;
    const { bench, stimulus } = subject;
    const phases = new Map<OpinionName, string>();
    const onProgress = (name: OpinionName, phase: string, detail: string): void => {
      phases.set(name, phase);
      progress.update([...new Set(phases.values())].join(', '), detail);
    };
    const hearing = { bench, stimulus, seed: values.seed, device, signal: stop.signal, onProgress };
    const all = names.map(name => hear(name, hearing).finally(() => phases.delete(name)));
    return { subject, heard: await Promise.all(all), subjectSeconds };
  } catch (error) {
    stop.abort();
    throw error;
  } finally {
    progress.end();
    restored();
  }
}

async function subjectOf(values: CosimValues, context: Context, progress: Progress): Promise<CosimSubject> {
  const onProgress = (done?: number): void => {
    progress.update('simulating the circuit', '', done);
    progress.tick();
  };
  onProgress();
  if (values.circuit === undefined && values.arch === 'hardwired')
    return (await import('./cosim-hardwired.ts')).hardwiredSubject(values, context);
  requireNoForm(values);
  if (values.circuit === undefined)
    return (await import('./cosim-array.ts')).arraySubject(values, context, onProgress);
  return (await import('./cosim-circuit.ts')).circuitSubject(values, context);
}

function opinionsOf(
  { scores }: Comparison,
  { about }: CosimSubject,
  heard: readonly Heard[],
  subjectSeconds: number,
): OpinionDocument[] {
  return scores.map(score => {
    const name = score.name as OpinionName;
    const own = heard.find(other => other.name === name);
    const what = own?.what ?? about[name as keyof typeof about];
    const seconds = Math.round(1000 * (own?.seconds ?? subjectSeconds)) / 1000;
    return { ...score, name, what, leftOut: own?.leftOut ?? 0, seconds };
  });
}

function mismatchOf(
  { design: { circuit } }: CosimSubject,
  witnesses: readonly Witness[],
  first: Difference,
): NonNullable<CosimDocument['firstMismatch']> {
  return {
    cycle: first.cycle,
    port: circuit.outputs[first.output]!.name,
    sides: first.sides.map(({ names, claim }) => ({
      names: names as readonly OpinionName[],
      value: String(claim),
    })),
    waveform: differenceWaveform(circuit, witnesses, first),
  };
}

function filesOf(
  document: CosimDocument,
  { design, stimulus }: CosimSubject,
  witnesses: readonly Witness[],
  first: Difference | undefined,
): Record<string, string> {
  const text = `${JSON.stringify(document, undefined, 2)}\n`;
  if (first === undefined) return { 'cosim.json': text };
  const trace: string[] = [];
  differenceVcd(design.circuit, stimulus, witnesses, first, piece => trace.push(piece));
  return { [traceFile]: trace.join(''), 'cosim.json': text };
}
