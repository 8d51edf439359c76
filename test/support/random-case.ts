import { emitVerilog, type VerilogFile } from '../../hdl-gen/emit/index.ts';
import {
  type Design,
  elaborate,
  type Circuit as LanguageCircuit,
  type RecordShape,
  type SignalRecord,
} from '../../hdl-gen/lang/index.ts';
import type { Circuit } from '../../ir/index.ts';
import { Draw } from './draw.ts';
import { runIcarus } from './icarus.ts';
import { runNetlists } from './netlists.ts';
import { type Cycle, type Difference, firstDifference, randomStimulus, simulated } from './opinions.ts';
import { randomCircuit } from './random-circuit.ts';

/** A random circuit with its stimulus, and what each of the four simulators is given. */
export interface RandomCase {
  readonly design: Design;
  readonly stimulus: readonly Cycle[];
  /** Decides the power-up values that hardware does not define. */
  readonly seed: number;
  readonly forOracle: Circuit;
  readonly forEngine: Circuit;
  readonly forIcarus: readonly VerilogFile[];
  /** What is synthesised. */
  readonly forNetlist: readonly VerilogFile[];
}

/** Those that are heard beside the oracle and the engine. */
export interface Others {
  readonly icarus?: boolean;
  readonly netlist?: boolean;
}

/** What was found out about one case. */
export interface Verdict {
  readonly difference: Difference | undefined;
  /** Values of its outputs, and those of them of which the netlist says nothing: see `NetlistOutputs`. */
  readonly values: number;
  readonly leftOut: number;
}

/** Circuit number `seed`. */
export function randomCase(seed: number, cycles: number): RandomCase {
  return caseOf(randomCircuit(seed), seed, cycles);
}

/** Any circuit with a random stimulus. */
export function caseOf<I extends RecordShape, O extends SignalRecord>(
  of: LanguageCircuit<I, O>,
  seed: number,
  cycles: number,
): RandomCase {
  const design = elaborate(of);
  const { circuit } = design;
  const verilog = emitVerilog(design);
  return {
    design,
    stimulus: randomStimulus(circuit, cycles, new Draw(seed)),
    seed,
    forOracle: circuit,
    forEngine: circuit,
    forIcarus: verilog,
    forNetlist: verilog,
  };
}

/** Holds oracle, engine and the others against each other, in each case. */
export async function verdicts(cases: readonly RandomCase[], others: Others): Promise<Verdict[]> {
  const icarus = others.icarus ? runIcarus(cases.map(one => ({ ...one, verilog: one.forIcarus }))) : [];
  const netlist = others.netlist ? runNetlists(cases.map(one => ({ ...one, verilog: one.forNetlist }))) : [];
  // Icarus has a process of its own and Yosys a thread, so these run beside them.
  const here = cases.map(({ forOracle, forEngine, stimulus, seed }) => ({
    oracle: simulated(forOracle, 'oracle', stimulus, seed),
    engine: simulated(forEngine, 'compiled', stimulus, seed),
  }));
  const [fromIcarus, fromNetlist] = await Promise.all([icarus, netlist]);
  return cases.map(({ design: { circuit }, stimulus }, i) => ({
    difference: firstDifference(circuit, {
      ...here[i]!,
      icarus: fromIcarus[i],
      netlist: fromNetlist[i]?.outputs,
    }),
    values: circuit.outputs.length * stimulus.length,
    leftOut: fromNetlist[i]?.leftOut ?? 0,
  }));
}

/** The first difference in each case that has one, as text. */
export async function differences(cases: readonly RandomCase[], others: Others): Promise<string[]> {
  const all = await verdicts(cases, others);
  return all.flatMap(({ difference }) => difference?.text ?? []);
}
