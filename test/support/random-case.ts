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
import { type Cycle, firstDifference, type Outputs, randomStimulus, simulated } from './opinions.ts';
import { randomCircuit } from './random-circuit.ts';

/** A random circuit with its stimulus, and what each of the three simulators is given. */
export interface RandomCase {
  readonly design: Design;
  readonly stimulus: readonly Cycle[];
  /** Decides the power-up values that hardware does not define. */
  readonly seed: number;
  readonly forOracle: Circuit;
  readonly forEngine: Circuit;
  readonly forIcarus: readonly VerilogFile[];
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
  const stimulus = randomStimulus(circuit, cycles, new Draw(seed));
  return {
    design,
    stimulus,
    seed,
    forOracle: circuit,
    forEngine: circuit,
    forIcarus: emitVerilog(design),
  };
}

/** The first difference in each case that has one: between oracle, engine and, where it is there, Icarus. */
export async function differences(cases: readonly RandomCase[], withIcarus: boolean): Promise<string[]> {
  const runs = withIcarus ? runIcarus(cases.map(one => ({ ...one, verilog: one.forIcarus }))) : undefined;
  // Icarus has a process of its own, so these run beside it.
  const here = cases.map(({ forOracle, forEngine, stimulus, seed }) => ({
    oracle: simulated(forOracle, 'oracle', stimulus, seed),
    engine: simulated(forEngine, 'compiled', stimulus, seed),
  }));
  const icarus: readonly (Outputs | undefined)[] = (await runs) ?? cases.map(() => undefined);
  return cases.flatMap(
    ({ design }, i) => firstDifference(design.circuit, { ...here[i]!, icarus: icarus[i] }) ?? [],
  );
}
