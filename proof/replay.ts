import type { Interval } from '../hdl-gen/lang/index.ts';
import {
  type Bench,
  compareWitnesses,
  differenceWaveform,
  type Opinion,
  type Stimulus,
  Testimony,
  type Witness,
} from '../sim/cosim/index.ts';
import { createSimulation, type Records } from '../sim/index.ts';
import type { SatTrace } from '../synth/index.ts';
import type { Counterexample } from './finding.ts';

/** One side of a claim: what the solver says of it, and who can do it again. */
export interface ReplaySide {
  readonly name: string;
  /** What its outputs are called in the trace, before the names of the ports. */
  readonly mark: string;
  /** Our own engine, where this side is something that it runs by itself: it must say the same as the solver. */
  readonly own?: Opinion | undefined;
}

/**
 * Gives the inputs of a counterexample to our own engine, and shows what all say of the first output that differs.
 * It counts as replayed if the outputs differ, the engine says of each side that it can run what the solver says, and
 * the judge takes one of the sides.
 *
 * @param judge our own engine on the circuit, where neither side is the circuit itself: it tells which one is wrong.
 */
export async function replay(
  bench: Bench,
  trace: SatTrace,
  sides: readonly ReplaySide[],
  judge?: Opinion,
): Promise<Counterexample> {
  const { circuit } = bench;
  const inputs = stimulusOf(bench, trace);
  const claimed = sides.map(({ name, mark }) => ({ name, said: testimonyOf(bench, trace, mark) }));
  const witnesses: Witness[] = [...claimed];
  const agree = (a: Witness, b: Witness): boolean =>
    compareWitnesses([a, b], circuit.outputs.length).first === undefined;
  let replayed = true;
  for (const [i, { own }] of sides.entries()) {
    if (own === undefined) continue;
    const witness = { name: own.name, said: await own.run(inputs) };
    replayed &&= agree(claimed[i]!, witness);
    witnesses.push(witness);
  }
  if (judge !== undefined) {
    const witness = { name: judge.name, said: await judge.run(inputs) };
    replayed &&= claimed.some(side => agree(side, witness));
    witnesses.push(witness);
  }
  const { first } = compareWitnesses(witnesses, circuit.outputs.length);
  return {
    cycles: trace.length,
    inputs: shownInputs(inputs.inputs),
    replayed: replayed && first !== undefined,
    waveform: first === undefined ? '' : differenceWaveform(circuit, witnesses, first),
  };
}

/** The inputs of a trace, whose signals are named as those of the wrapper: `i0`, `i1` … */
export function stimulusOf({ circuit }: Bench, trace: SatTrace): Stimulus {
  const inputs = createSimulation(circuit).stimulus(trace.length);
  trace.forEach((values, cycle) => {
    circuit.inputs.forEach(({ name, net }, i) => {
      const { interval } = circuit.nets[net]!;
      inputs.set(name, cycle, valueFrom(values[`i${i}`], interval));
    });
  });
  return { inputs };
}

function testimonyOf(bench: Bench, trace: SatTrace, mark: string): Testimony {
  const { circuit } = bench;
  const layout = createSimulation(circuit).run(createSimulation(circuit).stimulus(0)).layout;
  const said = Testimony.silent(layout, trace.length);
  trace.forEach((values, cycle) => {
    circuit.outputs.forEach(({ net }, i) => {
      const bits = values[`${mark}o${i}`];
      if (bits !== undefined) said.set(i, cycle, valueFrom(bits, circuit.nets[net]!.interval));
    });
  });
  return said;
}

/** Binary digits as a value; what the solver leaves open is 0. */
function valueFrom(bits: string | undefined, interval: Interval): bigint {
  const value = BigInt(`0b${(bits ?? '0').replaceAll('x', '0')}`);
  return interval.signed ? BigInt.asIntN(interval.width, value) : value;
}

export function shownInputs(inputs: Records): Record<string, string>[] {
  return Array.from({ length: inputs.cycles }, (_, cycle) =>
    Object.fromEntries(inputs.layout.fields.map(field => [field.name, String(inputs.value(field, cycle))])),
  );
}
