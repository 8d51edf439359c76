import type { VerilogFile } from '../../hdl-gen/emit/index.ts';
import type { Design } from '../../hdl-gen/lang/index.ts';
import type { Circuit, Interval } from '../../ir/index.ts';
import type { Claim } from '../../sim/cosim/index.ts';
import { createSimulation } from '../../sim/index.ts';
import type { Draw } from './draw.ts';

/** What happens to a circuit in one cycle. */
export interface Cycle {
  /** The values of all inputs of the flat circuit, in its order. */
  readonly inputs: readonly bigint[];
  /** The domains that have an edge at the end of the cycle. */
  readonly domains: readonly string[];
}

/** A design that is to run as Verilog. The names of its modules must differ from those of every other design. */
export interface VerilogCase {
  readonly design: Design;
  readonly verilog: readonly VerilogFile[];
  readonly stimulus: readonly Cycle[];
  /** Decides the power-up values that hardware does not define. */
  readonly seed: number;
}

/** What one simulator says: for each cycle the outputs of the flat circuit, in its order. */
export type Outputs = readonly (readonly Claim[])[];

/** The first place where two opinions differ. */
export interface Difference {
  readonly cycle: number;
  /** The output and who says what, as text. */
  readonly text: string;
}

/** Random inputs, with a reset now and then, and random edges where there are several domains. */
export function randomStimulus(circuit: Circuit, cycles: number, draw: Draw): Cycle[] {
  const names = circuit.domains.map(({ name }) => name);
  return draw.times(cycles, () => ({
    inputs: circuit.inputs.map(({ name, net }) =>
      name === 'rst' || name.endsWith('_rst')
        ? BigInt(draw.oneIn(8))
        : draw.value(circuit.nets[net]!.interval),
    ),
    domains: names.length === 1 ? names : names.filter(() => !draw.oneIn(3)),
  }));
}

/** The outputs in every cycle, just before its edge. */
export function simulated(
  circuit: Circuit,
  engine: 'oracle' | 'compiled',
  stimulus: readonly Cycle[],
  seed: number,
): bigint[][] {
  const simulation = createSimulation(circuit, { engine, seed });
  return stimulus.map(({ inputs, domains }) => {
    inputs.forEach((value, i) => {
      simulation.set(circuit.inputs[i]!.name, value);
    });
    const outputs = circuit.outputs.map(({ name }) => simulation.get(name));
    simulation.step(1, { domains });
    return outputs;
  });
}

/** The first place where an opinion differs from the first one; undefined where they agree. */
export function firstDifference(
  circuit: Circuit,
  opinions: Readonly<Record<string, Outputs | undefined>>,
): Difference | undefined {
  const [first, ...others] = Object.entries(opinions).filter(([, outputs]) => outputs !== undefined);
  const [firstName, expected] = first!;
  for (const [cycle, values] of expected!.entries()) {
    for (const [i, value] of values.entries()) {
      for (const [name, outputs] of others) {
        const other = outputs![cycle]![i];
        if (other === undefined || other === value) continue;
        const output = circuit.outputs[i]!.name;
        const text = `circuit '${circuit.name}', output '${output}', cycle ${cycle}: ${firstName} says ${value}, ${name} says ${other}`;
        return { cycle, text };
      }
    }
  }
  return undefined;
}

/** The integer that the bits of a vector stand for. */
export function fromBits(bits: bigint, { signed, width }: Interval): bigint {
  return signed ? BigInt.asIntN(width, bits) : BigInt.asUintN(width, bits);
}
