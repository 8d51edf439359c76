import type { Diagnostic } from '../../diagnostic/index.ts';
import type { Print, Printed, PrintingSimulation } from '../../sim/index.ts';
import { markedTask, type SystemTask } from '../../synth/index.ts';
import { errorsReported } from './diagnostics.ts';
import { breathe } from './interrupts.ts';
import type { RunFrame } from './run-frame.ts';
import type { VerilogStimulus } from './verilog-ports.ts';

/** How a run of Verilog has ended. */
export interface VerilogRun {
  readonly cycles: number;
  /** Seconds of simulation. */
  readonly seconds: number;
  readonly outputs: Readonly<Record<string, bigint>>;
  readonly printed: string;
  /** What `$finish` or its like has ended, and where. */
  readonly stopped: { readonly by: string; readonly cycle: number; readonly at: string } | undefined;
  readonly failures: readonly Diagnostic[];
}

/** Cycles between two looks at the rest of the world. */
const blockCycles = 4096;

/** How `$error` and its like are shown. */
const labels = { fatal: 'FATAL', error: 'ERROR', warning: 'WARNING', info: 'INFO' } as const;

/** Runs Verilog to its last cycle, to its `$finish`, or to the first property that is broken. */
export async function runVerilog(
  running: PrintingSimulation,
  stimulus: VerilogStimulus,
  total: number,
  { trace, onProgress, print }: RunFrame,
): Promise<VerilogRun> {
  const { simulation } = running;
  const endTrace = trace === undefined ? undefined : simulation.trace(trace);
  const told = new Told();
  // It is compiled before the clock of the measurement runs.
  running.run(simulation.stimulus(0));
  let seconds = 0;
  let failure: Diagnostic | undefined;
  let isStopped = false;
  let outputs: VerilogRun['outputs'] = {};
  let made = 0;
  while (made < total && !isStopped && failure === undefined) {
    const records = simulation.stimulus(Math.min(blockCycles, total - made));
    stimulus.fill(records, made);
    const began = performance.now();
    const run = running.run(records);
    seconds += (performance.now() - began) / 1000;
    ({ failure, isStopped } = run);
    const text = told.take(run.printed);
    if (text !== '') await print(text);
    // Of the cycle in which it ends there is a record, but no edge.
    const last = run.cycles - (isStopped || failure !== undefined ? 0 : 1);
    const shown = simulation.circuit.outputs.filter(({ isHidden }) => isHidden !== true);
    outputs = Object.fromEntries(shown.map(({ name }) => [name, run.results.get(name, last)]));
    made += run.cycles;
    onProgress('simulating', made / total);
    await breathe();
  }
  if (!isStopped && failure === undefined) {
    const text = told.take(running.rest());
    if (text !== '') await print(text);
  }
  endTrace?.();
  const failures = [told.failure(), failure];
  return {
    cycles: made,
    seconds,
    outputs,
    printed: told.printed,
    stopped: told.stopped,
    failures: failures.filter(each => each !== undefined),
  };
}

/** Whether a print stands for a task that ends a run. */
export function stops({ parts: [first = ''] }: Print): boolean {
  const task = typeof first === 'string' ? markedTask(first)?.task : undefined;
  return task !== undefined && endsRun(task);
}

function endsRun(task: SystemTask): boolean {
  return task === 'finish' || task === 'stop' || task === 'fatal';
}

/** What the design has said so far, and what that means for the run. */
class Told {
  printed = '';
  stopped: VerilogRun['stopped'];
  #errors = 0;
  #first: { readonly says: string; readonly cycle: number; readonly source: string } | undefined;

  /** Takes what was printed, as far as the run goes. @returns the text to show. */
  take(printed: readonly Printed[]): string {
    let shown = '';
    for (const { cycle, text, source } of printed) {
      const marked = markedTask(text);
      if (marked === undefined) {
        shown += text;
        continue;
      }
      const { task, says } = marked;
      if (task !== 'finish' && task !== 'stop') shown += `${labels[task]}: ${source}: ${says}\n`;
      if (task === 'error' || task === 'fatal') {
        this.#errors++;
        this.#first ??= { says, cycle, source };
      }
      if (endsRun(task)) {
        this.stopped = { by: `$${task}`, cycle, at: source };
        break;
      }
    }
    this.printed += shown;
    return shown;
  }

  failure(): Diagnostic | undefined {
    if (this.#first === undefined) return undefined;
    const { says, cycle, source } = this.#first;
    return errorsReported(this.#errors, says, cycle, source);
  }
}
