import { createSimulation, type Records, type TraceSink } from '../../sim/index.ts';
import type { Design } from '../lang/index.ts';
import { breathe } from './interrupts.ts';
import { resetPorts } from './ports.ts';
import { Random } from './random.ts';

/** What a comparison found. */
export interface Comparison {
  readonly cycles: number;
  /** Values that were compared: outputs times cycles. */
  readonly values: number;
  readonly mismatches: number;
  readonly firstMismatch:
    | { readonly port: string; readonly cycle: number; readonly oracle: bigint; readonly engine: bigint }
    | undefined;
  readonly covers: readonly { readonly why: string; readonly count: number }[];
}

/** Cycles between two looks at the rest of the world. */
const blockCycles = 256;

/** A reset is 1 in the first cycle and then in one of this many. */
const resetRarity = 64;

/**
 * Runs a circuit on random inputs in the compiled engine and in the oracle, and compares every output in every
 * cycle.
 * @throws Diagnostic TCT-3003 or TCT-3004 where the circuit breaks one of its own promises.
 */
export async function compareEngines(
  design: Design,
  options: {
    readonly cycles: number;
    readonly seed: number;
    readonly trace?: TraceSink | undefined;
    readonly onProgress?: (done: number) => void;
  },
): Promise<Comparison> {
  const { cycles: total, seed, trace, onProgress } = options;
  const engine = createSimulation(design.circuit, { engine: 'compiled', seed });
  const oracle = createSimulation(design.circuit, { engine: 'oracle', seed });
  const endTrace = trace === undefined ? undefined : engine.trace(trace);
  const random = new Random(seed, 4);
  let mismatches = 0;
  let firstMismatch: Comparison['firstMismatch'];
  for (let from = 0; from < total; from += blockCycles) {
    const cycles = Math.min(blockCycles, total - from);
    const stimulus = engine.stimulus(cycles);
    drawInputs(design, stimulus, from === 0, random);
    const [seen, expected] = [engine.run(stimulus), oracle.run(stimulus)];
    for (let i = 0; i < cycles; i++) {
      for (const { name } of expected.layout.fields) {
        const [a, b] = [expected.get(name, i), seen.get(name, i)];
        if (a === b) continue;
        mismatches++;
        firstMismatch ??= { port: name, cycle: from + i, oracle: a, engine: b };
      }
    }
    onProgress?.((from + cycles) / total);
    await breathe();
  }
  endTrace?.();
  return {
    cycles: total,
    values: design.circuit.outputs.length * total,
    mismatches,
    firstMismatch,
    covers: engine.covers().map(({ why, count }) => ({ why, count })),
  };
}

/** Draws every input of every record; resets are rare, but for the first cycle of a run. */
export function drawInputs(
  { circuit, top }: Design,
  stimulus: Records,
  isStart: boolean,
  random: Random,
): void {
  const resets = new Set(resetPorts(top));
  for (const { name, net } of circuit.inputs) {
    const { interval } = circuit.nets[net]!;
    for (let cycle = 0; cycle < stimulus.cycles; cycle++) {
      const value = resets.has(name)
        ? Number((isStart && cycle === 0) || random.between(1, resetRarity) === 1)
        : random.within(interval);
      stimulus.set(name, cycle, value);
    }
  }
}
