/** Asks Yosys' SAT solver whether signals of a design can ever differ, by induction over time. */
import { toolOutputUnusable } from './diagnostics.ts';
import type { OnProgress } from './progress.ts';
import type { FileSet } from './tool.ts';
import { runYosys } from './yosys.ts';

/** What is to be proved. */
export interface Question {
  /** Makes one flat module, and nothing else, of the files. */
  readonly commands: readonly string[];
  readonly files: FileSet;
  /** Its name. */
  readonly module: string;
  /** Options of `sat` that say what always holds. */
  readonly claims: readonly string[];
  /** The signals whose values a counterexample tells. */
  readonly shown: readonly string[];
  /** Cycles from power-up that are looked at. */
  readonly steps: number;
  /** Whether it may also be proved for all time, by induction; else a counterexample is all that is looked for. */
  readonly byInduction: boolean;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: OnProgress | undefined;
}

/** The values of signals as binary digits, highest first; by name, for each cycle since power-up. */
export type SatTrace = readonly Readonly<Record<string, string>>[];

/** What came out of it. */
export type SatAnswer =
  /** The claims hold in every cycle: from power-up, and in each cycle that follows `depth` good ones. */
  | { readonly kind: 'proved'; readonly depth: number }
  /** They do not hold in the last cycle of the trace, which begins at power-up. */
  | { readonly kind: 'refuted'; readonly trace: SatTrace }
  /** They hold in the first `cycles` cycles, and no more is known. */
  | { readonly kind: 'open'; readonly cycles: number };

/**
 * Puts the question. Registers begin with their values at power-up; those without one, with any.
 * @throws Diagnostic TCT-4003, TCT-4008 and TCT-4009 as `runYosys`.
 */
export async function ask(question: Question): Promise<SatAnswer> {
  const { commands, files, module, claims, shown, steps, byInduction, signal, onProgress } = question;
  const induction = byInduction ? '-tempinduct' : '-tempinduct-baseonly';
  const options = [...claims, ...shown.map(name => `-show ${name}`)].join(' ');
  const { log } = await runYosys({
    script: [...commands, `sat ${induction} -maxsteps ${steps} ${options} ${module}`].join('; '),
    files,
    outputs: [],
    signal,
    onProgress,
  });
  return answerOf(log);
}

/** Reads what `sat` wrote. */
function answerOf(log: string): SatAnswer {
  const depth = [...log.matchAll(/^\[(?:base case|induction step) (\d+)\]/gm)].at(-1)?.[1];
  if (depth === undefined) throw toolOutputUnusable('Yosys', 'answer of sat');
  if (/^Induction step proven: SUCCESS!$/m.test(log)) return { kind: 'proved', depth: Number(depth) };
  if (!/model found for base case: FAIL!$/m.test(log)) return { kind: 'open', cycles: Number(depth) };
  const trace = Array.from({ length: Number(depth) }, (): Record<string, string> => ({}));
  const rows = log.slice(log.lastIndexOf('model found for base case'));
  for (const [, time, name, bits] of rows.matchAll(/^ +(\d+) \\(\S+) +\S+ +\S+ +([01x]+)$/gm)) {
    const values = trace[Number(time) - 1];
    if (values !== undefined) values[name!] = bits!;
  }
  return { kind: 'refuted', trace };
}
