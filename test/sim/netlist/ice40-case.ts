import { createSimulation, netlistCircuit } from '../../../sim/index.ts';
import type { Draw } from '../../support/draw.ts';

/** One port of a cell under test. */
export interface CellPort {
  readonly name: string;
  readonly width: number;
  /** A pin goes both ways: the world outside pulls it weakly to what the stimulus says. */
  readonly kind: 'input' | 'clock' | 'output' | 'pin';
  /** Draws a value of the input; all values are equally likely without it. */
  readonly draw?: ((draw: Draw, record: number) => bigint) | undefined;
}

/** A cell with its parameters, each a text of binary digits. */
export interface CellCase {
  readonly type: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly ports: readonly CellPort[];
  /** nextpnr's cells have a port for each bit of a vector. */
  readonly isDivided?: boolean;
}

/** What happens next: the inputs change, later some clocks do, all in the same direction. */
export interface StimulusRecord {
  readonly inputs: Readonly<Record<string, bigint>>;
  /** The levels of all clocks afterwards. */
  readonly clocks: Readonly<Record<string, 0 | 1>>;
}

/** The values of the outputs and the pins after the inputs have changed, as bits with the highest first. */
export type Seen = Readonly<Record<string, string>>;

/** Random inputs, and edges of some of the clocks: sometimes of none, so that inputs have pulses between two edges. */
export function stimulusOf({ ports }: CellCase, records: number, draw: Draw): StimulusRecord[] {
  const clocks = ports.filter(({ kind }) => kind === 'clock');
  const inputs = ports.filter(({ kind }) => kind === 'input' || kind === 'pin');
  const levels: Record<string, 0 | 1> = Object.fromEntries(clocks.map(({ name }) => [name, 0]));
  return draw.times(records, record => {
    const to = draw.pick([0, 1] as const);
    for (const { name } of clocks) if (!draw.oneIn(3)) levels[name] = to;
    return {
      inputs: Object.fromEntries(
        inputs.map(({ name, width, draw: own }) => [name, own?.(draw, record) ?? anyValue(draw, width)]),
      ),
      clocks: { ...levels },
    };
  });
}

function anyValue(draw: Draw, width: number): bigint {
  return draw.times(width, () => draw.below(2)).reduce((value, bit) => 2n * value + BigInt(bit), 0n);
}

/** The netlist that has the cell alone, with a port for each of the cell's. */
export function netlistOf({ type, parameters, ports, isDivided = false }: CellCase): object {
  let next = 2;
  const bits = new Map(ports.map(({ name, width }) => [name, Array.from({ length: width }, () => next++)]));
  const connections = ports.flatMap(({ name, width }): [string, number[]][] =>
    isDivided && width > 1
      ? bits.get(name)!.map((bit, i) => [`${name}_${i}`, [bit]])
      : [[name, bits.get(name)!]],
  );
  const direction = { input: 'input', clock: 'input', output: 'output', pin: 'inout' };
  return {
    creator: 'a test',
    modules: {
      top: {
        attributes: { top: '1' },
        ports: Object.fromEntries(
          ports.map(({ name, kind }) => [name, { direction: direction[kind], bits: bits.get(name) }]),
        ),
        cells: { cell: { type, parameters, attributes: {}, connections: Object.fromEntries(connections) } },
        netnames: Object.fromEntries(
          ports.map(({ name }) => [name, { hide_name: 0, bits: bits.get(name), attributes: {} }]),
        ),
      },
    },
  };
}

/** What the cell does in a simulation of its netlist. */
export function simulatedCell(
  one: CellCase,
  stimulus: readonly StimulusRecord[],
  options: { readonly engine?: 'compiled' | 'oracle'; readonly json?: string } = {},
): Seen[] {
  const { engine = 'compiled', json = JSON.stringify(netlistOf(one)) } = options;
  const { circuit } = netlistCircuit(json);
  const simulation = createSimulation(circuit, { engine });
  const isInput = new Set(circuit.inputs.map(({ name }) => name));
  const isOutput = new Set(circuit.outputs.map(({ name }) => name));
  const domains = new Set(circuit.domains.map(({ name }) => name));
  const levels: Record<string, 0 | 1> = {};
  return stimulus.map(({ inputs, clocks }) => {
    for (const [name, value] of Object.entries(inputs)) if (isInput.has(name)) simulation.set(name, value);
    const seen = one.ports.flatMap(({ name, kind, width }): [string, string][] => {
      if (kind === 'output') return [[name, binary(simulation.get(name), width)]];
      if (kind !== 'pin') return [];
      const isDriven = isOutput.has(`${name}_out`) && simulation.get(`${name}_enable`) === 1n;
      return [[name, binary(isDriven ? simulation.get(`${name}_out`) : inputs[name]!, 1)]];
    });
    const edges = Object.entries(clocks).filter(([name, level]) => level !== (levels[name] ?? 0));
    const names = edges.map(([name, level]) => (level === 1 ? name : `${name}_falling`));
    simulation.step(1, { domains: names.filter(name => domains.has(name)) });
    Object.assign(levels, clocks);
    return Object.fromEntries(seen);
  });
}

function binary(value: bigint, width: number): string {
  return value.toString(2).padStart(width, '0');
}
