import { Diagnostic } from '../diagnostic/index.ts';
import { ClockDomain } from '../hdl-gen/lang/index.ts';
import { type Bench, wrapperName, wrapperOf } from '../sim/cosim/index.ts';
import { createSimulation, waveform } from '../sim/index.ts';
import { ask, type FileSet, type SatAnswer, type SatTrace } from '../synth/index.ts';
import type { Counterexample, Finding } from './finding.ts';
import { shownInputs, stimulusOf } from './replay.ts';

/** How far is looked. */
export interface PropertyOptions {
  /** Cycles from power-up, and cycles that the induction may look ahead. */
  readonly cycles: number;
  readonly signal?: AbortSignal | undefined;
}

/** A cover of the emitted Verilog. */
export interface Cover {
  readonly why: string;
  /** The file and the line, from 0. */
  readonly file: string;
  readonly line: number;
}

/** As the emitter writes them: one on a line, with the reason behind it. */
const coverLine = /^( *)cover \((.*)\); \/\/ (.*)$/;
const assertLine = /^( *)assert \((.*)\); \/\/ (.*)$/;

/** A property that always holds, where another one is left out. */
const nothing = "assert (1'b1);";

/** How many assertions the Verilog has, assumptions included: one that is instantiated several times counts once. */
export function countAssertions({ files }: Bench): number {
  return Object.values(files)
    .flatMap(text => text.split('\n'))
    .filter(line => assertLine.test(line)).length;
}

/** The covers of the Verilog. */
export function coversOf({ files }: Bench): Cover[] {
  return Object.entries(files).flatMap(([file, text]) =>
    text.split('\n').flatMap((content, line) => {
      const why = coverLine.exec(content)?.[3];
      return why === undefined ? [] : [{ why, file, line }];
    }),
  );
}

/** Proves that no assertion and no assumption is ever broken, or finds inputs that break one. */
export async function proveAssertions(bench: Bench, options: PropertyOptions): Promise<Finding> {
  const files = changedLines(bench, line => line.replace(coverLine, `$1${nothing}`));
  const { answer, isQuiet, played } = await decide(
    bench,
    files,
    options,
    ({ broken }) => broken !== undefined,
  );
  if (answer.kind === 'proved')
    return provedOr(isQuiet, { status: 'proved', how: byInduction(answer.depth) });
  if (answer.kind === 'open') return bounded(answer.cycles);
  const { broken, waveform } = played!;
  const cycle = answer.trace.length - 1;
  const how = broken?.message ?? `broken in cycle ${cycle} by the solver, but ${notReplayed(bench)}`;
  return {
    status: 'refuted',
    how,
    counterexample: shown(bench, answer.trace, broken !== undefined, waveform),
  };
}

/**
 * Finds inputs that reach a cover without breaking an assertion on the way, where every simulation would stop; or proves
 * that there are none.
 */
export async function proveCover(bench: Bench, cover: Cover, options: PropertyOptions): Promise<Finding> {
  const files = changedLines(bench, (text, file, line) =>
    file === cover.file && line === cover.line
      ? text.replace(coverLine, '$1assert (!($2));')
      : text.replace(coverLine, `$1${nothing}`).replace(assertLine, '$1assume ($2);'),
  );
  const { answer, isQuiet, played } = await decide(bench, files, options, ({ reached }) =>
    reached.includes(cover.why),
  );
  if (answer.kind === 'proved')
    return provedOr(isQuiet, { status: 'refuted', how: `never reached, ${byInduction(answer.depth)}` });
  if (answer.kind === 'open') return { status: 'bounded', how: `not reached in ${answer.cycles} cycles` };
  const cycle = answer.trace.length - 1;
  return played!.reached.includes(cover.why)
    ? { status: 'proved', how: `reached in cycle ${cycle}, in our engine too` }
    : { status: 'bounded', how: `reached in cycle ${cycle} by the solver, but ${notReplayed(bench)}` };
}

/** What the engine does with the inputs of a trace. */
interface Played {
  /** The property that it finds broken. */
  readonly broken: Diagnostic | undefined;
  /** The covers that it reaches. */
  readonly reached: readonly string[];
  readonly waveform: string;
}

/**
 * Asks, and replays what is found. The Verilog of a module without resets of its own checks during a reset too, which
 * simulations do not: where the engine does not confirm the trace, the question is put again without any reset.
 */
async function decide(
  bench: Bench,
  files: FileSet,
  options: PropertyOptions,
  isConfirmed: (played: Played) => boolean,
): Promise<{ readonly answer: SatAnswer; readonly isQuiet: boolean; readonly played: Played | undefined }> {
  const round = async (isQuiet: boolean) => {
    const answer = await askFor(bench, files, { ...options, isQuiet });
    const played = answer.kind === 'refuted' ? play(bench, answer.trace) : undefined;
    return { answer, isQuiet, played };
  };
  const first = await round(false);
  return first.played === undefined || isConfirmed(first.played) ? first : round(true);
}

/** What is shown without resets only is no full proof. */
function provedOr(isQuiet: boolean, finding: Finding): Finding {
  return isQuiet ? { status: 'bounded', how: `${finding.how}, as long as no reset is 1` } : finding;
}

/** Why the engine may do something else: it draws what the solver may choose. */
function notReplayed({ deposits }: Bench): string {
  const where = 'not in our engine';
  return deposits.length === 0 ? where : `${where}, which draws what a memory holds at power-up`;
}

function byInduction(depth: number): string {
  return `by induction over ${depth === 1 ? '1 cycle' : `${depth} cycles`}`;
}

function bounded(cycles: number): Finding {
  return { status: 'bounded', how: `for all inputs in the first ${cycles} cycles` };
}

function changedLines(
  { files }: Bench,
  change: (text: string, file: string, line: number) => string,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(files).map(([file, text]) => [
      file,
      text
        .split('\n')
        .map((line, i) => change(line, file, i))
        .join('\n'),
    ]),
  );
}

function askFor(
  bench: Bench,
  files: FileSet,
  { cycles, signal, isQuiet }: PropertyOptions & { readonly isQuiet: boolean },
): Promise<SatAnswer> {
  const all: FileSet = { ...bench.models, ...files, 'tercet-wrapper.v': constrained(bench, isQuiet) };
  return ask({
    commands: [
      ...Object.keys(all).map(path => `read_verilog -formal "${path}"`),
      `hierarchy -check -top ${wrapperName}`,
      'proc',
      'flatten',
      'memory -nordff',
      'chformal -lower',
      'opt_clean',
    ],
    files: all,
    module: wrapperName,
    claims: ['-prove-asserts', '-set-assumes'],
    shown: bench.circuit.inputs.map((_, i) => `i${i}`),
    steps: cycles,
    byInduction: true,
    signal,
  });
}

/** The wrapper, with inputs that keep to their intervals: others cannot be given to the circuit. */
function constrained(bench: Bench, isQuiet: boolean): string {
  const { circuit } = bench;
  const resets = new Set(circuit.domains.flatMap(({ name }) => new ClockDomain(name).resetPort));
  const limits = circuit.inputs.map(({ name, net }, i) => {
    const { min, max, width, signed } = circuit.nets[net]!.interval;
    if (isQuiet && resets.has(name)) return `    assume (!i${i});`;
    const value = signed ? `$signed(i${i})` : `i${i}`;
    const literal = (limit: bigint): string =>
      `${width}'${signed ? 's' : ''}b${BigInt.asUintN(width, limit).toString(2)}`;
    return `    assume (${value} >= ${literal(min)} && ${value} <= ${literal(max)});`;
  });
  const block = limits.length === 0 ? '' : `  always @* begin\n${limits.join('\n')}\n  end\n`;
  return wrapperOf(bench).replace(/endmodule\n$/, `${block}endmodule\n`);
}

function play(bench: Bench, trace: SatTrace): Played {
  const { circuit } = bench;
  const simulation = createSimulation(circuit);
  const text = waveform({ signals: [...circuit.inputs, ...circuit.outputs].map(({ name }) => name) });
  const end = simulation.trace(text);
  let broken: Diagnostic | undefined;
  try {
    simulation.run(stimulusOf(bench, trace).inputs);
  } catch (error) {
    if (!(error instanceof Diagnostic)) throw error;
    broken = error;
  }
  end();
  const reached = simulation.covers().flatMap(({ why, count }) => (count > 0 ? [why] : []));
  return { broken, reached, waveform: text.toString() };
}

function shown(bench: Bench, trace: SatTrace, replayed: boolean, text: string): Counterexample {
  const { inputs } = stimulusOf(bench, trace);
  return { cycles: trace.length, inputs: shownInputs(inputs), replayed, waveform: text };
}
